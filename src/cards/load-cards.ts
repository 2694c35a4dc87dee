import { hash } from 'node:crypto'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import type { Problem } from '../errors.js'
import type { CardPack, CompiledCard } from './card-pack.js'
import type { CardSource, EveryCard, OverrideReasons, SourceList } from './card-source.js'
import { citedSources, compileCard } from './compile-card.js'
import type { CompileContext, Report } from './compile-texts.js'
import { switchedOn } from './compile-rows.js'
import { nameFix } from './nearest-name.js'
import { readParameters } from './read-parameters.js'
import type { CardFolder, Content } from './load-content.js'
import { readSite, type Site } from './site.js'
import { readYaml, schemaProblems, type ContentFile } from './yaml-file.js'

/** What the pack needs from the settings. */
export interface PackOptions {
  mode: 'production' | 'development'
  canonicalBase: string
  /** Version of the service; absent: taken from the content itself. */
  version?: string
  /** Launch URL of the SMART app, where one is configured. */
  smartLaunchUrl?: string
}

/** The pack with everything that is wrong in the content, each thing once; it may run only without problems. */
export interface LoadedCards {
  pack: CardPack
  site: Site
  problems: readonly Problem[]
}

/**
 * Compiles and checks all content: parameters, site, sources, reasons, cards.
 *
 * Shape: pure; `load-content.ts` reads the disk before. All problems are listed, not only the first.
 */
export function loadCards(content: Content, options: PackOptions): LoadedCards {
  const ajv = formats.default(new Ajv({ allErrors: true, strictRequired: false, allowUnionTypes: true }))
  const { canonicalBase } = options
  const { site, problems: siteProblems } = readSite(content.site, ajv.compile(content.siteSchema as object))
  const read = readParameters(readYaml(content.parameters), site, canonicalBase)
  const problems: Problem[] = [...siteProblems, ...read.problems]
  const shared = (file: ContentFile): unknown => {
    const yaml = readYaml(file)
    problems.push(...yaml.problems)
    return yaml.value ?? {}
  }
  const parameterTexts = new Map(
    Object.entries(read.parameters).map(([name, value]) => [name, String(value)] as const),
  )
  const context: CompileContext = {
    parameters: read.parameters,
    parameterTexts,
    sources: filledSources(shared(content.sources) as SourceList, parameterTexts),
    overrideReasons: shared(content.overrideReasons) as OverrideReasons,
    everyCard: shared(content.everyCard) as EveryCard,
    canonicalBase,
  }
  if (problems.some(({ file }) => !file.endsWith('site.yaml'))) {
    return { pack: packOf([], context, content, options, site, new Map()), site, problems }
  }
  const validate = ajv.compile(content.cardSchema as object)
  const validateCases = ajv.compile(content.casesSchema as object)
  const switchedOff = new Map<string, string>()
  const cards: CompiledCard[] = []
  for (const folder of content.folders) {
    const yaml = readYaml(folder.card)
    const wrong = schemaProblems(yaml, validate)
    problems.push(...wrong)
    if (folder.cases) problems.push(...schemaProblems(readYaml(folder.cases), validateCases))
    if (wrong.length > 0) continue
    const report: Report = (path, says, fix) =>
      problems.push({ file: yaml.file, line: yaml.lineOf(path), says, fix })
    const source = yaml.value as CardSource
    if (source.id !== folder.kind)
      report(['id'], `is not the folder's name "${folder.kind}"`, 'make them equal')
    cards.push(compileCard(source, hash('sha256', folder.card.content, 'hex'), context, report))
    problems.push(...evidenceProblems(folder, source))
    if (!switchedOn(source.switch, ['switch'], context, report)) {
      const reason = site.parameters.get(source.switch ?? '')?.reason
      switchedOff.set(source.id, reason ?? `${String(source.switch)} is off`)
    }
  }
  cards.sort((a, b) => a.order - b.order)
  problems.push(...acrossCards(cards), ...siteCards(site, cards, switchedOff))
  return { pack: packOf(cards, context, content, options, site, switchedOff), site, problems: once(problems) }
}

const filledSources = (sources: SourceList, parameterTexts: ReadonlyMap<string, string>): SourceList => {
  const filled = (text: string) =>
    text.replace(/\{([\w.]+)\}/gu, (braces, name: string) => parameterTexts.get(name) ?? braces)
  return Object.fromEntries(
    Object.entries(sources).map(([key, source]) => [
      key,
      { ...source, label: filled(source.label), url: filled(source.url) },
    ]),
  )
}

/** Each cited source has its heading in evidence.md: "## ABM36" or "## ABM36: …". */
function evidenceProblems({ kind, evidence }: CardFolder, source: CardSource): readonly Problem[] {
  const file = `cards/${kind}/evidence.md`
  if (!evidence) return [{ file, says: 'does not exist', fix: 'write one heading per source' }]
  const headings = new Set(
    evidence.content.split('\n').flatMap((line) => /^##\s+([A-Z][A-Z0-9]+)\b/u.exec(line)?.[1] ?? []),
  )
  return citedSources(source)
    .filter((key) => !headings.has(key))
    .map((key) => ({ file, says: `has no heading for the source ${key}`, fix: `add "## ${key}"` }))
}

function acrossCards(cards: readonly CompiledCard[]): readonly Problem[] {
  const kinds = cards.map(({ kind }) => kind)
  return cards.flatMap((card, place) => {
    const file = `cards/${card.kind}/card.yaml`
    const twin = cards[place - 1]
    const same =
      twin?.order === card.order
        ? [{ file, says: `has the same order as "${twin.kind}"`, fix: 'give each card its own place' }]
        : []
    const replaced = card.rows
      .flatMap(({ replaces }) => replaces)
      .filter((kind) => !kinds.includes(kind))
      .map((kind) => ({
        file,
        says: `replaces the unknown card "${kind}"`,
        fix: nameFix(kind, kinds, 'cards/'),
      }))
    return [...same, ...replaced]
  })
}

function siteCards(
  site: Site,
  cards: readonly CompiledCard[],
  switchedOff: Map<string, string>,
): readonly Problem[] {
  const problems: Problem[] = []
  for (const [kind, { shown, reason, line }] of site.cards) {
    const at = { file: site.file, line }
    const card = cards.find((one) => one.kind === kind)
    if (!card) {
      const kinds = cards.map((one) => one.kind)
      problems.push({ ...at, says: `unknown card "${kind}"`, fix: nameFix(kind, kinds, 'cards/') })
    } else if (!shown) {
      switchedOff.set(kind, reason ?? 'switched off by the site')
      if (card.redFlag && reason === undefined) {
        const says = `switches off the red-flag card "${kind}" without a recorded reason`
        problems.push({ ...at, says, fix: `write ${kind}: { shown: false, reason: … }` })
      }
    }
  }
  return problems
}

function packOf(
  cards: readonly CompiledCard[],
  { parameters, everyCard, sources, overrideReasons }: CompileContext,
  content: Content,
  { mode, canonicalBase, version, smartLaunchUrl }: PackOptions,
  { acceptedDrafts }: Site,
  switchedOff: ReadonlyMap<string, string>,
): CardPack {
  const files = [
    content.parameters,
    content.sources,
    content.overrideReasons,
    content.everyCard,
    ...content.folders.map(({ card }) => card),
    ...content.codes,
    ...(content.site ? [content.site] : []),
  ]
  const fileHashes = new Map(files.map((file) => [file.file, hash('sha256', file.content, 'hex')]))
  const whole = hash('sha256', [...fileHashes.values()].join('\n'), 'hex')
  return {
    version: version ?? whole.slice(0, 12),
    hash: whole,
    fileHashes,
    canonicalBase,
    ...(smartLaunchUrl !== undefined && { smartLaunchUrl }),
    cards,
    parameters,
    everyCard,
    sources,
    overrideReasons,
    draftsAccepted: mode === 'development' || acceptedDrafts !== undefined,
    ...(acceptedDrafts && { acceptedDrafts }),
    switchedOff,
  }
}

/** Texts of the card are compiled for each variant; what is wrong with them is said once. */
const once = (problems: readonly Problem[]): readonly Problem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

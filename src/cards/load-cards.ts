import { hash } from 'node:crypto'
import type { ValidateFunction } from 'ajv'
import type { Problem } from '../errors.js'
import type { CardPack, CompiledCard } from './card-pack.js'
import type { CardSource } from './card-source.js'
import { acrossCards, evidenceProblems, siteSwitches } from './check-across.js'
import { compileCard } from './compile-card.js'
import { switchedOn } from './compile-rows.js'
import { concept } from './compile-suggestions.js'
import type { CompileContext, Report } from './compile-texts.js'
import { schemaCheck } from './content-schemas.js'
import { fileHash } from './file-hash.js'
import { answerFiles, type CardFolder, type Content } from './load-content.js'
import { readSharedFiles } from './shared-files.js'
import { readSite, type Site } from './site.js'
import { readYaml, schemaProblems } from './yaml-file.js'

/** What the pack needs from the settings. */
export interface PackOptions {
  mode: 'production' | 'development'
  canonicalBase: string
  /** Version of the service; absent: taken from the content itself. */
  version?: string
  /** Launch URL of the SMART app, where one is configured. */
  smartLaunchUrl?: string
}

/** The pack and everything that is wrong in the content, each thing once; it may run only without problems. */
export interface LoadedCards {
  /** Absent when a file that all cards share is malformed. */
  pack?: CardPack
  site: Site
  problems: readonly Problem[]
}

/**
 * Compiles and checks all content that answers stand on: parameters, site, sources, reasons, cards.
 *
 * Shape: pure; `load-content.ts` reads the disk before. All problems are listed, not only the first.
 */
export function loadCards(content: Content, options: PackOptions): LoadedCards {
  const { schemas } = content
  const { site, problems: siteProblems } = readSite(content.site, schemas)
  const shared = readSharedFiles(content, site, options.canonicalBase)
  const problems: Problem[] = [...siteProblems, ...shared.problems]
  const { context } = shared
  if (!context) return { site, problems }

  const validate = schemaCheck(schemas, 'card')
  const cards = content.folders
    .flatMap((folder) => loadCard(folder, validate, context, problems) ?? [])
    .sort((a, b) => a.order - b.order)
  const switches = siteSwitches(site, cards)
  problems.push(...acrossCards(cards), ...switches.problems)
  const switchedOff = new Map([...parameterSwitches(cards, site, context), ...switches.off])
  return { pack: packOf(cards, context, content, options, site, switchedOff), site, problems: once(problems) }
}

/** One card, if its file has the shape of a card; what is wrong with its folder goes to `problems`. */
function loadCard(
  folder: CardFolder,
  validate: ValidateFunction,
  context: CompileContext,
  problems: Problem[],
): CompiledCard | undefined {
  const yaml = readYaml(folder.card)
  const wrong = schemaProblems(yaml, validate)
  problems.push(...wrong)
  if (wrong.length > 0) return undefined
  const report: Report = (path, says, fix) => {
    problems.push({ file: yaml.file, line: yaml.lineOf(path), says, fix })
  }
  const source = yaml.value as CardSource
  if (source.id !== folder.kind)
    report(['id'], `is not the folder's name "${folder.kind}"`, 'make them equal')
  switchedOn(source.switch, ['switch'], context, report)
  problems.push(...evidenceProblems(folder, source))
  return compileCard(source, fileHash(folder.card), context, report)
}

/** Kinds whose own switch is off, with the reason the site recorded. */
const parameterSwitches = (
  cards: readonly CompiledCard[],
  site: Site,
  { parameterTexts }: CompileContext,
): readonly (readonly [string, string])[] =>
  cards.flatMap(({ kind, source: { switch: name } }) =>
    name !== undefined && parameterTexts.get(name) === 'false'
      ? [[kind, site.parameters.get(name)?.reason ?? `${name} is off`] as const]
      : [],
  )

function packOf(
  cards: readonly CompiledCard[],
  { parameters, everyCard, sources, overrideReasons }: CompileContext,
  content: Content,
  { mode, canonicalBase, version, smartLaunchUrl }: PackOptions,
  { acceptedDrafts }: Site,
  switchedOff: ReadonlyMap<string, string>,
): CardPack {
  const fileHashes = new Map(answerFiles(content).map((file) => [file.file, fileHash(file)]))
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
    stageReasons: new Map(
      Object.entries(everyCard.stage_reasons).map(([stage, reason]) => [stage, concept(reason)]),
    ),
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

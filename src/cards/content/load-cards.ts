import { hash } from 'node:crypto'
import type { ValidateFunction } from 'ajv'
import type { FileProblem } from '../../errors.js'
import type { CardPack, CompiledCard } from '../card-pack.js'
import type { CardSource } from '../card-source.js'
import { acrossCards, evidenceProblems, siteSwitches } from './check-across.js'
import { compileCard } from './compile-card.js'
import { switchedOn } from './compile-rows.js'
import { concept } from './compile-suggestions.js'
import type { CompileContext, ReportProblem } from './compile-texts.js'
import { schemaCheck } from './content-schemas.js'
import { fileHash } from './file-hash.js'
import { answerFiles, type CardFolder, type Content } from './load-content.js'
import { readSharedFiles } from './shared-files.js'
import { readSite, type Site } from './site.js'
import { readYaml, schemaProblems } from './yaml-file.js'

/** The settings that the pack depends on. */
export interface PackOptions {
  mode: 'production' | 'development'
  canonicalBase: string
  /** The version of the service; without it the content is named by its hash. */
  version?: string
  /** The launch URL of the SMART app, where one is configured. */
  smartLaunchUrl?: string
}

/** The pack and the problems of the content, each once; the pack may run only without problems. */
export interface LoadedCards {
  /** The pack; absent when a file that all cards share is malformed. */
  pack?: CardPack
  site: Site
  problems: readonly FileProblem[]
}

/**
 * Compiles and checks all content that answers depend on: parameters, site, sources, reasons, cards.
 *
 * Shape: pure; `load-content.ts` reads the disk first. All problems are listed.
 */
export function loadCards(content: Content, options: PackOptions): LoadedCards {
  const { schemas } = content
  const { site, problems: siteProblems } = readSite(content.site, schemas)
  const shared = readSharedFiles(content, site, options.canonicalBase)
  const problems: FileProblem[] = [...siteProblems, ...shared.problems]
  const { context } = shared
  if (!context) return { site, problems }

  const validate = schemaCheck(schemas, 'card')
  const cards = content.folders
    .flatMap((folder) => loadCard(folder, validate, context, problems) ?? [])
    .sort((a, b) => a.order - b.order)
  const switches = siteSwitches(site, cards)
  problems.push(...acrossCards(cards), ...switches.problems)
  const switchedOff = new Map([...parameterSwitches(cards, site, context), ...switches.off])
  const pack: CardPack = {
    ...identityOf(content, options.version),
    ...settingsOf(options, site),
    ...sharedOf(context),
    cards,
    switchedOff,
  }
  return { pack, site, problems: once(problems) }
}

/** Compiles one card, if its file has the shape of a card; `problems` takes the problems of its folder. */
function loadCard(
  folder: CardFolder,
  validate: ValidateFunction,
  context: CompileContext,
  problems: FileProblem[],
): CompiledCard | undefined {
  const yaml = readYaml(folder.card)
  const wrong = schemaProblems(yaml, validate)
  problems.push(...wrong)
  if (wrong.length > 0) return undefined
  const report: ReportProblem = (path, says, fix) => {
    problems.push({ file: yaml.file, line: yaml.lineOf(path), says, fix })
  }
  const source = yaml.value as CardSource
  if (source.id !== folder.kind)
    report(['id'], `is not the folder's name "${folder.kind}"`, 'make them equal')
  switchedOn(source.switch, ['switch'], context, report)
  problems.push(...evidenceProblems(folder, source))
  return compileCard(source, fileHash(folder.card), context, report)
}

/** The kinds whose own switch is off, each with the reason that the site recorded. */
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

/** The hash of each file and of all files; without a version of its own the content is named by its hash. */
function identityOf(content: Content, version?: string): Pick<CardPack, 'version' | 'hash' | 'fileHashes'> {
  const fileHashes = new Map(answerFiles(content).map((file) => [file.file, fileHash(file)]))
  const whole = hash('sha256', [...fileHashes.values()].join('\n'), 'hex')
  return { version: version ?? whole.slice(0, 12), hash: whole, fileHashes }
}

const settingsOf = (
  { mode, canonicalBase, smartLaunchUrl }: PackOptions,
  { acceptedDrafts }: Site,
): Pick<CardPack, 'canonicalBase' | 'smartLaunchUrl' | 'draftsAccepted' | 'acceptedDrafts'> => ({
  canonicalBase,
  ...(smartLaunchUrl !== undefined && { smartLaunchUrl }),
  draftsAccepted: mode === 'development' || acceptedDrafts !== undefined,
  ...(acceptedDrafts && { acceptedDrafts }),
})

const sharedOf = ({
  parameters,
  everyCard,
  sources,
  overrideReasons,
}: CompileContext): Pick<
  CardPack,
  'parameters' | 'everyCard' | 'stageReasons' | 'sources' | 'overrideReasons'
> => ({
  parameters,
  everyCard,
  stageReasons: new Map(
    Object.entries(everyCard.stage_reasons).map(([stage, reason]) => [stage, concept(reason)]),
  ),
  sources,
  overrideReasons,
})

/** Each problem once: texts of the card are compiled for each variant, so their problems occur again and again. */
const once = (problems: readonly FileProblem[]): readonly FileProblem[] => [
  ...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values(),
]

import { stages } from '../../assess/stages.js'
import type { FileProblem } from '../../errors.js'
import type { EveryCard, OverrideReasons, SourceList } from '../card-source.js'
import type { CompileContext } from './compile-texts.js'
import { schemaCheck, type SchemaName } from './content-schemas.js'
import { forbiddenIn } from './forbidden-phrases.js'
import type { Content } from './load-content.js'
import { nameFix } from './nearest-name.js'
import { readParameters } from './read-parameters.js'
import type { Site } from './site.js'
import { readYaml, schemaProblems, type ContentFile, type YamlFile } from './yaml-file.js'

/** The files that all cards share, read and checked; there is no context when one of them is malformed. */
export interface SharedFiles {
  context?: CompileContext
  problems: readonly FileProblem[]
}

/** Reads parameters, sources, override reasons and the words of every card, under the settings of the site. */
export function readSharedFiles(content: Content, site: Site, canonicalBase: string): SharedFiles {
  const malformed: FileProblem[] = []
  const checked = (file: ContentFile, schema: SchemaName): YamlFile => {
    const yaml = readYaml(file)
    malformed.push(...schemaProblems(yaml, schemaCheck(content.schemas, schema)))
    return yaml
  }
  const parameterFile = checked(content.parameters, 'parameters')
  const sources = checked(content.sources, 'sources')
  const reasons = checked(content.overrideReasons, 'override-reasons')
  const everyCard = checked(content.everyCard, 'every-card')
  if (malformed.length > 0) return { problems: malformed }

  const { parameters, problems } = readParameters(parameterFile, site, canonicalBase)
  const parameterTexts = new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
  const context: CompileContext = {
    parameters,
    parameterTexts,
    sources: filledSources(sources.value as SourceList, parameterTexts),
    overrideReasons: reasons.value as OverrideReasons,
    everyCard: everyCard.value as EveryCard,
    canonicalBase,
  }
  return {
    context,
    problems: [
      ...problems,
      ...reasonProblems(reasons),
      ...stageProblems(everyCard),
      ...wordProblems(everyCard),
    ],
  }
}

/** Fills parameters into labels and links, which name a parameter in single braces: `{policy.url}`. */
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

/** Checks that each reason maps to a listed HL7 category, and that every card offers only listed reasons. */
function reasonProblems({ file, value, lineOf }: YamlFile): readonly FileProblem[] {
  const { hl7, reasons, every_card, no_fact } = value as OverrideReasons
  const unmapped = Object.entries(reasons)
    .filter(([, reason]) => !Object.hasOwn(hl7, reason.hl7))
    .map(([code, reason]) => ({
      file,
      line: lineOf(['reasons', code]),
      says: `${code} maps to the unlisted category "${reason.hl7}"`,
      fix: 'use a category of "hl7"',
    }))
  const unknown = every_card
    .filter((code) => !Object.hasOwn(reasons, code))
    .map((code) => ({
      file,
      line: lineOf(['every_card']),
      says: `every_card offers the unknown "${code}"`,
      fix: 'list it in "reasons"',
    }))
  const unlisted = no_fact
    .filter((code) => !Object.hasOwn(reasons, code) && !Object.hasOwn(hl7, code))
    .map((code) => ({
      file,
      line: lineOf(['no_fact']),
      says: `no_fact names the unknown "${code}"`,
      fix: 'list it in "reasons" or "hl7"',
    }))
  return [...unmapped, ...unknown, ...unlisted]
}

/** Each stage has a reason for the orders that it suggests, and nothing else has. */
function stageProblems({ file, value, lineOf }: YamlFile): readonly FileProblem[] {
  const named = Object.keys((value as EveryCard).stage_reasons)
  const line = lineOf(['stage_reasons'])
  const lacking = stages
    .filter((stage) => !named.includes(stage))
    .map((stage) => ({ file, line, says: `stage_reasons lacks "${stage}"`, fix: 'add it' }))
  const unknown = named
    .filter((name) => !stages.some((stage) => stage === name))
    .map((name) => ({
      file,
      line: lineOf(['stage_reasons', name]),
      says: `stage_reasons has the unknown stage "${name}"`,
      fix: nameFix(name, stages, 'src/assess/stages.ts'),
    }))
  return [...lacking, ...unknown]
}

/** Checks the words of every card by the same rules as the words of one card. */
function wordProblems({ file, value, lineOf }: YamlFile): readonly FileProblem[] {
  const { on_chart, could_not_run, ...rest } = value as EveryCard
  const lines: readonly (readonly [string, string])[] = [
    ...Object.values(on_chart).map((text) => ['on_chart', text] as const),
    ...Object.values(could_not_run).map((text) => ['could_not_run', text] as const),
    ...Object.entries(rest).flatMap(([key, text]) =>
      typeof text === 'string' ? [[key, text] as const] : [],
    ),
  ]
  return lines.flatMap(([key, text]) =>
    forbiddenIn(text).map((says) => ({ file, line: lineOf([key]), says, fix: 'reword it' })),
  )
}

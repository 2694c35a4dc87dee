import type { Problem } from '../errors.js'
import type { EveryCard, OverrideReasons, SourceList } from './card-source.js'
import type { CompileContext } from './compile-texts.js'
import { schemaCheck, type SchemaName } from './content-schemas.js'
import { forbiddenIn } from './forbidden-phrases.js'
import type { Content } from './load-content.js'
import { readParameters } from './read-parameters.js'
import type { Site } from './site.js'
import { readYaml, schemaProblems, type ContentFile, type YamlFile } from './yaml-file.js'

/** The files that all cards share, read and checked; no context when one of them has not the shape it must have. */
export interface SharedFiles {
  context?: CompileContext
  problems: readonly Problem[]
}

/** Reads parameters, sources, override reasons and the words of every card, under the settings of the site. */
export function readSharedFiles(content: Content, site: Site, canonicalBase: string): SharedFiles {
  const malformed: Problem[] = []
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
  return { context, problems: [...problems, ...reasonProblems(reasons), ...wordProblems(everyCard)] }
}

/** Labels and links may name a parameter in single braces: `{policy.url}`. */
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

/** Each reason maps to a listed HL7 category, and what every card offers is listed. */
function reasonProblems({ file, value, lineOf }: YamlFile): readonly Problem[] {
  const { hl7, reasons, every_card } = value as OverrideReasons
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
  return [...unmapped, ...unknown]
}

/** The words of every card obey the same rules as those of one card. */
function wordProblems({ file, value, lineOf }: YamlFile): readonly Problem[] {
  const { does_not_apply, could_not_run, ...rest } = value as EveryCard
  const lines: readonly (readonly [string, string])[] = [
    ...does_not_apply.map((text) => ['does_not_apply', text] as const),
    ...Object.values(could_not_run).map((text) => ['could_not_run', text] as const),
    ...Object.entries(rest).flatMap(([key, text]) =>
      typeof text === 'string' ? [[key, text] as const] : [],
    ),
  ]
  return lines.flatMap(([key, text]) =>
    forbiddenIn(text).map((says) => ({ file, line: lineOf([key]), says, fix: 'reword it' })),
  )
}

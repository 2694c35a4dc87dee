import type { Parameters } from '../../assess/parameters.js'
import type { OverrideReasons, SourceChoice, SourceList, Wording, EveryCard } from '../card-source.js'
import { forbiddenIn, forbiddenInSummary } from './forbidden-phrases.js'
import { againstVoice } from './house-voice.js'
import { nameFix } from './nearest-name.js'
import { longestSummary } from '../choose/render-card.js'
import { compileTemplate, longestText, placeholderNames, type Template } from '../template.js'
import type { Path } from './yaml-file.js'

/** Notes one problem of the file that is being compiled, at a path in the file. */
export type ReportProblem = (path: Path, says: string, fix: string) => void

/** A report for a part of the file, below a path. */
export const below =
  (report: ReportProblem, part: Path): ReportProblem =>
  (path, says, fix) =>
    report([...part, ...path], says, fix)

/** Everything that cards are compiled with and that stands outside their own folders. */
export interface CompileContext {
  parameters: Parameters
  /** The parameters as text, by name, for placeholders. */
  parameterTexts: ReadonlyMap<string, string>
  /** The sources, with parameters filled into labels and links. */
  sources: SourceList
  overrideReasons: OverrideReasons
  everyCard: EveryCard
  canonicalBase: string
}

/** Compiles a text under the parameters in force; every alternative is checked, also those that are not in force. */
export function compileWording(
  wording: Wording,
  path: Path,
  context: CompileContext,
  report: ReportProblem,
): Template {
  if (typeof wording === 'string') return compileText(wording, path, context, report)
  const { by = '', ...choices } = wording
  const compiled = new Map(
    Object.entries(choices).map(([value, text]) => [
      value,
      compileText(text, [...path, value], context, report),
    ]),
  )
  const value = context.parameterTexts.get(by)
  if (value === undefined)
    report(
      path,
      `unknown parameter "${by}"`,
      nameFix(by, context.parameterTexts.keys(), 'cards/parameters.yaml'),
    )
  const chosen = compiled.get(value ?? '')
  if (value !== undefined && !chosen) report(path, `has no text for ${by} = ${value}`, `add "${value}: …"`)
  return chosen ?? { texts: [''], slots: [] }
}

/** Compiles one text of a card, and checks for unknown placeholders and forbidden phrases. */
export function compileText(
  text: string,
  path: Path,
  context: CompileContext,
  report: ReportProblem,
): Template {
  const { template, problems } = compileTemplate(text, context.parameterTexts)
  for (const { placeholder, says } of problems) {
    const names = [...placeholderNames, ...context.parameterTexts.keys()]
    report(path, says, nameFix(placeholder, names, 'card values and cards/parameters.yaml'))
  }
  for (const says of forbiddenIn(text)) report(path, says, 'reword it: no card says so (clinical 1.4 and 6)')
  for (const { found, say } of againstVoice(text)) report(path, `says "${found}"`, `say ${say}`)
  // A ">" inside a text is plain ("> 24 h"); at the start of a line Markdown reads a quotation.
  if (/<|^\s*>|[\r\n]/u.test(text))
    report(path, 'has HTML signs or a line break', 'write one line of plain Markdown')
  return template
}

/**
 * Compiles a summary and checks it: one sentence, short enough with the longest values, without chart text. `report`
 * notes problems at the path of the summary.
 */
export function compileSummary(
  kind: string,
  summary: Wording,
  context: CompileContext,
  report: ReportProblem,
): Template {
  const texts = typeof summary === 'string' ? [summary] : Object.values({ ...summary, by: '' })
  for (const text of texts) {
    for (const says of forbiddenInSummary(kind, text)) {
      if (!forbiddenIn(text).includes(says)) report([], says, 'reword the summary (clinical 6, common rules)')
    }
  }
  const template = compileWording(summary, [], context, report)
  const length = longestText(template)
  if (length > longestSummary) {
    const says =
      length === Number.POSITIVE_INFINITY
        ? 'holds a value without a longest length'
        : `can become ${length} characters long`
    report([], says, `shorten it to ${longestSummary} with the longest values filled in`)
  }
  return template
}

/** The keys of the sources that the parameters in force choose. */
export function chosenSources(
  source: SourceChoice,
  path: Path,
  context: CompileContext,
  report: ReportProblem,
): readonly string[] {
  for (const key of sourceKeys(source)) {
    if (!Object.hasOwn(context.sources, key)) {
      report(
        path,
        `unknown source "${key}"`,
        nameFix(key, Object.keys(context.sources), 'cards/sources.yaml'),
      )
    }
  }
  if (typeof source === 'string') return [source]
  if (isList(source)) return source
  const { by = '', ...choices } = source
  const chosen = choices[context.parameterTexts.get(by) ?? '']
  if (chosen === undefined)
    report(path, `has no source for the value of "${by}"`, 'add one for each of its choices')
  return chosen === undefined ? [] : [chosen]
}

const isList = (source: SourceChoice): source is readonly string[] => Array.isArray(source)

/** Every source key that a card or variant can choose. */
export function sourceKeys(source: SourceChoice): readonly string[] {
  if (typeof source === 'string') return [source]
  if (isList(source)) return source
  return Object.entries(source).flatMap(([key, value]) => (key === 'by' ? [] : [value]))
}

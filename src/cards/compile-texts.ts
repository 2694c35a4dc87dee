import type { Parameters } from '../assess/parameters.js'
import type { OverrideReasons, SourceList, Wording, EveryCard } from './card-source.js'
import { forbiddenIn, forbiddenInSummary } from './forbidden-phrases.js'
import { nameFix } from './nearest-name.js'
import { longestSummary } from './render-card.js'
import { compileTemplate, longestText, placeholderNames, type Template } from './template.js'
import type { Path } from './yaml-file.js'

/** Notes one problem of the file being compiled, at a path in it. */
export type Report = (path: Path, says: string, fix: string) => void

/** What cards are compiled against: everything that is not in the card's own folder. */
export interface CompileContext {
  parameters: Parameters
  /** The parameters as text, by name, for placeholders. */
  parameterTexts: ReadonlyMap<string, string>
  /** Labels and links filled in. */
  sources: SourceList
  overrideReasons: OverrideReasons
  everyCard: EveryCard
  canonicalBase: string
}

/** A text as it stands under the parameters in force; every alternative is checked, also those not in force. */
export function compileWording(
  wording: Wording,
  path: Path,
  context: CompileContext,
  report: Report,
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

/** One text of a card, checked for unknown placeholders and for what no card may say. */
export function compileText(text: string, path: Path, context: CompileContext, report: Report): Template {
  const { template, problems } = compileTemplate(text, context.parameterTexts)
  for (const { placeholder, says } of problems) {
    const names = [...placeholderNames, ...context.parameterTexts.keys()]
    report(path, says, nameFix(placeholder, names, 'card values and cards/parameters.yaml'))
  }
  for (const says of forbiddenIn(text)) report(path, says, 'reword it: no card says so (clinical 1.4 and 6)')
  // A > inside is plain ("> 24 h"); at the start of a line it would be a quotation.
  if (/<|^\s*>|[\r\n]/u.test(text))
    report(path, 'has HTML signs or a line break', 'write one line of plain Markdown')
  return template
}

/** A summary: one sentence, short enough with the longest values, without chart text. */
export function compileSummary(
  kind: string,
  text: string,
  path: Path,
  context: CompileContext,
  report: Report,
): Template {
  const template = compileText(text, path, context, report)
  for (const says of forbiddenInSummary(kind, text)) {
    if (!forbiddenIn(text).includes(says)) report(path, says, 'reword the summary (clinical 6, common rules)')
  }
  const length = longestText(template)
  if (length > longestSummary) {
    const says =
      length === Number.POSITIVE_INFINITY
        ? 'holds a value without a longest length'
        : `can become ${length} characters long`
    report(path, says, `shorten it to ${longestSummary} with the longest values filled in`)
  }
  return template
}

/** The key of the source under the parameters in force. */
export function chosenSource(source: Wording, path: Path, context: CompileContext, report: Report): string {
  for (const key of sourceKeys(source)) {
    if (!Object.hasOwn(context.sources, key)) {
      report(
        path,
        `unknown source "${key}"`,
        nameFix(key, Object.keys(context.sources), 'cards/sources.yaml'),
      )
    }
  }
  if (typeof source === 'string') return source
  const { by = '', ...choices } = source
  const chosen = choices[context.parameterTexts.get(by) ?? '']
  if (chosen === undefined)
    report(path, `has no source for the value of "${by}"`, 'add one for each of its choices')
  return chosen ?? ''
}

/** Every source key that a wording can choose. */
export const sourceKeys = (source: Wording): readonly string[] =>
  typeof source === 'string'
    ? [source]
    : Object.entries(source).flatMap(([key, value]) => (key === 'by' ? [] : [value]))

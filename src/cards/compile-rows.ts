import { findingNames, type FindingName } from '../assess/finding-names.js'
import { parameterTypes } from './parameter-types.js'
import type { ParameterName } from '../assess/parameters.js'
import type { CompiledRow } from './card-pack.js'
import type { CardSource, RowSource } from './card-source.js'
import { compileWording, type CompileContext, type Report } from './compile-texts.js'
import { nameFix } from './nearest-name.js'
import type { Path } from './yaml-file.js'

const allNames: readonly string[] = Object.keys(findingNames)
const isFinding = (name: string): name is FindingName => Object.hasOwn(findingNames, name)

/** The rows of a card that its switches leave in, with every name checked. */
export function compileRows(
  source: CardSource,
  context: CompileContext,
  report: Report,
): readonly CompiledRow[] {
  const variants = Object.keys(source.variants)
  const seen = new Set<string>()
  return source.show_when.flatMap((row, place) => {
    const path: Path = ['show_when', place]
    if (seen.has(row.row))
      report([...path, 'row'], `has the row "${row.row}" twice`, 'give each row its own name')
    seen.add(row.row)
    const compiled = compileRow(row, path, variants, context, report)
    return switchedOn(row.switch, [...path, 'switch'], context, report) ? [compiled] : []
  })
}

/** Is a switch, named by a boolean parameter, on? No switch is on. */
export function switchedOn(
  name: string | undefined,
  path: Path,
  context: CompileContext,
  report: Report,
): boolean {
  if (name === undefined) return true
  if (!Object.hasOwn(parameterTypes, name) || parameterTypes[name as ParameterName] !== 'boolean') {
    report(path, `"${name}" is no boolean parameter`, 'name a true/false entry of cards/parameters.yaml')
    return true
  }
  return context.parameterTexts.get(name) === 'true'
}

function compileRow(
  row: RowSource,
  path: Path,
  variants: readonly string[],
  context: CompileContext,
  report: Report,
): CompiledRow {
  const names = (part: 'all' | 'any' | 'none'): readonly FindingName[] =>
    (row[part] ?? []).filter((name, place): name is FindingName => {
      if (isFinding(name)) return true
      const fix = nameFix(name, allNames, 'src/assess/finding-names.ts')
      report([...path, part, place], `unknown finding "${name}"`, fix)
      return false
    })
  const [all, any, none] = [names('all'), names('any'), names('none')]
  const aboutDraft = [...all, ...any].some((name) => findingNames[name] === 'draft')
  if (aboutDraft && row.on.includes('patient-view')) {
    report(
      [...path, 'on'],
      'asks about a draft order on patient-view',
      'name only order-select and order-sign',
    )
  }
  const variantPlace = (name: string, key: string): number => {
    const place = variants.indexOf(name)
    if (place < 0)
      report([...path, key], `unknown variant "${name}"`, nameFix(name, variants, 'variants of this card'))
    return Math.max(0, place)
  }
  const variant = variantPlace(row.variant, 'variant')
  const textOnly = row.variant_if_text_only
  if (textOnly !== undefined && row.indicator !== 'critical') {
    report([...path, 'variant_if_text_only'], 'is only for critical rows', 'remove it')
  }
  return {
    id: row.row,
    on: row.on,
    all,
    any,
    none,
    reasons: [...all, ...any],
    indicator: row.indicator,
    variant,
    textOnlyVariant: textOnly === undefined ? variant : variantPlace(textOnly, 'variant_if_text_only'),
    replaces: row.replaces ?? [],
    because: compileWording(row.because, [...path, 'because'], context, report),
    aboutDraft,
  }
}

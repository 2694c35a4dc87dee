import { findingNames } from '../../assess/finding-names.js'
import { parameterTypes } from './parameter-types.js'
import type { ParameterName } from '../../assess/parameters.js'
import type { CompiledRow } from '../card-pack.js'
import type { CardSource, RowSource } from '../card-source.js'
import { compileCondition } from './compile-condition.js'
import { below, compileWording, type CompileContext, type ReportProblem } from './compile-texts.js'
import { nameFix } from './nearest-name.js'
import type { Path } from './yaml-file.js'

/** Compiles the rows of a card whose switches are on, and checks every name. */
export function compileRows(
  source: CardSource,
  context: CompileContext,
  report: ReportProblem,
): readonly CompiledRow[] {
  const variants = Object.keys(source.variants)
  const seen = new Set<string>()
  return source.show_when.flatMap((row, place) => {
    const reportRow = below(report, ['show_when', place])
    if (seen.has(row.row)) reportRow(['row'], `has the row "${row.row}" twice`, 'give each row its own name')
    seen.add(row.row)
    const compiled = compileRow(row, variants, context, reportRow)
    return switchedOn(row.switch, ['switch'], context, reportRow) ? [compiled] : []
  })
}

/** Is the switch, named by a boolean parameter, on? A row without a switch is on. */
export function switchedOn(
  name: string | undefined,
  path: Path,
  context: CompileContext,
  report: ReportProblem,
): boolean {
  if (name === undefined) return true
  if (!Object.hasOwn(parameterTypes, name) || parameterTypes[name as ParameterName] !== 'boolean') {
    report(path, `"${name}" is no boolean parameter`, 'name a true/false entry of cards/parameters.yaml')
    return true
  }
  return context.parameterTexts.get(name) === 'true'
}

/** Compiles one row; `report` notes problems at the path of the row. */
function compileRow(
  row: RowSource,
  variants: readonly string[],
  context: CompileContext,
  report: ReportProblem,
): CompiledRow {
  const conditions = (part: 'all' | 'any' | 'none') =>
    (row[part] ?? []).flatMap((source, place) => compileCondition(source, below(report, [part, place])))
  const [all, any, none] = [conditions('all'), conditions('any'), conditions('none')]
  const aboutDraft = [...all, ...any].some(({ findings }) =>
    findings.some((name) => findingNames[name] === 'draft'),
  )
  if (aboutDraft && row.on.includes('patient-view')) {
    report(['on'], 'asks about a draft order on patient-view', 'name only order-select and order-sign')
  }
  const variantPlace = (name: string, key: string): number => {
    const place = variants.indexOf(name)
    if (place < 0)
      report([key], `unknown variant "${name}"`, nameFix(name, variants, 'variants of this card'))
    return Math.max(0, place)
  }
  const variant = variantPlace(row.variant, 'variant')
  const textOnly = row.variant_if_text_only
  if (textOnly !== undefined && row.indicator !== 'critical') {
    report(['variant_if_text_only'], 'is only for critical rows', 'remove it')
  }
  return {
    id: row.row,
    on: row.on,
    all,
    any,
    none,
    indicator: row.indicator,
    variant,
    textOnlyVariant: textOnly === undefined ? variant : variantPlace(textOnly, 'variant_if_text_only'),
    replaces: row.replaces ?? [],
    aloneOn: row.alone_on ?? [],
    besideAlone: row.beside_alone ?? false,
    because: compileWording(row.because, ['because'], context, report),
    aboutDraft,
  }
}

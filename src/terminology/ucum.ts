import { parseUnit, ucum } from '@atomic-ehr/ucum'

/** Converts a number from one unit into another. */
export type Convert = (value: number) => number

/**
 * A unit that others are converted into, and the unit symbols, without prefixes, that may stand in those others.
 *
 * Shape: of each group of `needs` a symbol must be there; symbols of `may` can be.
 */
export interface UcumTarget {
  unit: string
  needs: readonly (readonly string[])[]
  may?: readonly string[]
}

/** An expression as the library parses it: a symbol, a number, or such expressions put together. */
interface Expression {
  atom?: string
  left?: Expression
  right?: Expression
  operand?: Expression
  expression?: Expression
}

// The package names its types in a way that Node's resolution does not find.
const parse = parseUnit as unknown as (unit: string) => { ast?: Expression; errors: readonly unknown[] }

const longestUnit = 40
const printable = /^[\x21-\x7e]+$/
const annotationForUnit = /(^|[./(])\{[^{}]*\}(?=$|[./)])/g
const annotation = /\{[^{}]*\}/g

/** A unit without its words in braces, which mean nothing: "{Beats}/min" is "1/min", "mg/L{CRP}" is "mg/L". */
const withoutAnnotations = (unit: string): string =>
  unit.includes('{') ? unit.replace(annotationForUnit, '$11').replace(annotation, '') : unit

function atomsOf(expression: Expression | undefined, atoms = new Set<string>()): ReadonlySet<string> {
  if (!expression) return atoms
  if (expression.atom !== undefined) atoms.add(expression.atom)
  for (const part of [expression.left, expression.right, expression.operand, expression.expression])
    atomsOf(part, atoms)
  return atoms
}

const fits = (atoms: ReadonlySet<string>, { needs, may = [] }: UcumTarget): boolean =>
  needs.every((group) => group.some((atom) => atoms.has(atom))) &&
  [...atoms].every((atom) => may.includes(atom) || needs.some((group) => group.includes(atom)))

/** Cuts the float error of a factor, so that 10*3/uL is exactly 10*9/L. */
const exact = (value: number): number => Number(value.toPrecision(12))

/** Rounds to three decimals, so that the float error of a conversion never decides a threshold. */
const threeDecimals = (value: number): number => Math.round(value * 1000) / 1000

const asIs: Convert = (value) => value

/**
 * The conversion of a UCUM unit into a target; undefined for what is no UCUM unit, or none of the same kind.
 *
 * Units:  a number in the same unit stays as it is; every other one is rounded to three decimals.
 * Edge:   the library takes arbitrary units for numbers and moles for a count, so the symbols are checked here first.
 * Source: https://ucum.org/ucum, ADR 0141
 */
export function ucumConversion(written: string, target: UcumTarget): Convert | undefined {
  const unit = withoutAnnotations(written)
  if (unit.length > longestUnit || !printable.test(unit)) return undefined
  try {
    const { ast, errors } = parse(unit)
    if (errors.length > 0 || !fits(atomsOf(ast), target)) return undefined
    const offset = exact(ucum.convert(0, unit, target.unit))
    const factor = exact(ucum.convert(1, unit, target.unit) - offset)
    if (!Number.isFinite(offset) || !Number.isFinite(factor)) return undefined
    return factor === 1 && offset === 0 ? asIs : (value) => threeDecimals(value * factor + offset)
  } catch {
    return undefined // the library throws for a unit that it cannot convert
  }
}

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { ParameterName, Parameters } from '../../src/assess/parameters.js'

/** One parameter moved by one step, and how: "fever.threshold 38.1". */
export interface Nudge {
  name: string
  parameter: ParameterName
  parameters: Parameters
}

interface Entry {
  value: unknown
  unit: string
}

/** A step that a clinician would call the next value. By unit; a parameter of its own stands first. */
const stepOf = new Map<string, number>([
  ['a', 1],
  ['d', 1],
  ['h', 1],
  ['min', 1],
  ['Cel', 0.1],
  ['/min', 1],
  ['10*9/L', 1],
  ['mm[Hg]', 1],
  ['%', 1],
  ['mmol/L', 0.1],
  ['mg/dL', 0.1],
  ['1', 1],
])

const choicesOf = (value: boolean): readonly boolean[] => [!value]

/**
 * Every number of `cards/parameters.yaml` one step up and one step down, and every switch the other way.
 *
 * Edge: outside the safe range too: the range is for sites, the steps are for the cases.
 */
export function parameterNudges(parameters: Parameters): readonly Nudge[] {
  const entries = parse(readFileSync('cards/parameters.yaml', 'utf8')) as Record<ParameterName, Entry>
  return Object.entries(entries).flatMap(([name, { value, unit }]) => {
    const parameter = name as ParameterName
    return nudged(value, unit).map((other) => ({
      name: `${parameter} ${String(other)}`,
      parameter,
      parameters: { ...parameters, [parameter]: other },
    }))
  })
}

function nudged(value: unknown, unit: string): readonly (number | boolean)[] {
  if (typeof value === 'boolean') return choicesOf(value)
  if (typeof value !== 'number') return []
  const step = stepOf.get(unit)
  if (step === undefined) throw new Error(`no step for the unit ${unit}`)
  return [value + step, value - step].map((each) => Math.round(each * 10) / 10)
}

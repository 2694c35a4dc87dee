import { readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import type { ParameterName, Parameters } from '../../src/assess/parameters.js'
import { readContent } from '../../src/cards/content/load-content.js'
import { problemLine } from '../../src/errors.js'
import type { Library } from '../../src/service/library.js'
import { checkLibrary } from '../../src/service/load-library.js'

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
  ['wk', 1],
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
  ['lines', 1],
])

/**
 * Every number of `cards/parameters.yaml` one step up and one step down, and every switch the other way.
 *
 * Edge: outside the safe range too: the range is for sites, the steps are for the cases. Below nothing there is no step.
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
  if (typeof value === 'boolean') return [!value]
  if (typeof value !== 'number') return []
  const step = stepOf.get(unit)
  if (step === undefined) throw new Error(`no step for the unit ${unit}`)
  return [value + step, value - step].filter((each) => each >= 0).map((each) => Math.round(each * 10) / 10)
}

const content = readContent('cards')

/** The whole library, loaded with one parameter changed in its file, whatever its safe range. */
export function withParameter({ parameter, parameters }: Nudge): Library {
  const entries = parse(content.parameters.content) as Record<ParameterName, Entry & { range?: unknown }>
  const { range: _range, ...entry } = entries[parameter]
  const value = parameters[parameter]
  const changed = { ...entries, [parameter]: { ...entry, value, ...rangeAround(value) } }
  const file = { ...content.parameters, content: stringify(changed) }
  const { library, problems } = checkLibrary(
    { ...content, parameters: file },
    { mode: 'development', canonicalBase: 'https://cds.example.org' },
  )
  if (!library) throw new Error(problems.map(problemLine).join('\n'))
  return library
}

const rangeAround = (value: unknown): object =>
  typeof value === 'number' ? { range: [value, value + 1] } : {}

import { ProtocolError } from '../errors.js'
import { isObject } from '../gather/fhir-shape.js'

/**
 * The answers of the one-minute breast check.
 *
 * Units:   temperature in °C, redness in cm across, pain 0–10, onset in hours before now.
 * Missing: a question without an answer has no member.
 */
export interface BreastCheck {
  side: 'left' | 'right' | 'both'
  feeding?: boolean
  onsetHours?: number
  rednessCm?: number
  lump?: boolean
  fluctuance?: boolean
  peauDOrange?: boolean
  thickening?: boolean
  colourChange?: boolean
  warmth?: boolean
  nippleRetraction?: boolean
  temperature?: number
  pain?: number
  course?: 'improved' | 'not-improved' | 'worse'
}

const switches = [
  ...['feeding', 'lump', 'fluctuance', 'peauDOrange', 'thickening', 'colourChange', 'warmth'],
  'nippleRetraction',
] as const

/** The range of each number; both ends belong to the range. */
const numbers = {
  onsetHours: [0, 2160],
  rednessCm: [0, 30],
  temperature: [30, 45],
  pain: [0, 10],
} as const

const refused = (path: string): ProtocolError =>
  new ProtocolError('PROTOCOL_FIELD_INVALID', 'This is not an answer to the question.', `check.${path}`)

/**
 * Checks and reads the answers.
 *
 * Throws: `ProtocolError` (400) that names the question, never the answer.
 */
export function parseCheck(value: unknown): BreastCheck {
  if (!isObject(value)) throw refused('')
  const { side, course } = value
  if (side !== 'left' && side !== 'right' && side !== 'both') throw refused('side')
  if (course !== undefined && course !== 'improved' && course !== 'not-improved' && course !== 'worse')
    throw refused('course')
  const given: Record<string, boolean | number> = {}
  for (const name of switches) {
    const answer = value[name]
    if (answer === undefined) continue
    if (typeof answer !== 'boolean') throw refused(name)
    given[name] = answer
  }
  for (const [name, [least, most]] of Object.entries(numbers)) {
    const answer = value[name]
    if (answer === undefined) continue
    if (typeof answer !== 'number' || !(answer >= least && answer <= most)) throw refused(name)
    given[name] = answer
  }
  return { side, ...given, ...(course !== undefined && { course }) }
}

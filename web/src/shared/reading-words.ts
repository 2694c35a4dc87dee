import type { TextFinding } from '../../../src/facts/text-read.js'
import { asWords } from './words.js'

/** "erythema, left: present", "course improved: present": what was read in a text, in words. */
export function readingWords({
  term,
  value,
  side,
  state,
  possible,
}: Pick<TextFinding, 'term' | 'value' | 'side' | 'state' | 'possible'>): string {
  const what = asWords(value === undefined ? term : `${term} ${value}`)
  const where = side === undefined ? '' : `, ${side}`
  return `${what}${where}: ${state}${possible === true ? ', possible' : ''}`
}

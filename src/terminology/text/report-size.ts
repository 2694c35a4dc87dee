import type { Document, Mention } from './document.js'
import { entryOf } from './phrases.js'
import { hitsWithin } from './sentence-hits.js'

const joiners = new Set(['x', '×', '*', 'by'])
const millimetre = 0.1

/**
 * The size of a finding: the largest diameter of the measure that stands nearest to it in its sentence.
 *
 * Units:   cm.
 * Missing: undefined when its sentence has no measure.
 */
export function sizeOf(mention: Mention, document: Document): number | undefined {
  const { tokens, sentences } = document
  const sentence = sentences[mention.sentence]
  if (!sentence) return undefined
  const distance = (at: number): number => (at >= mention.last ? at - mention.last : mention.first - at)
  const [unit] = hitsWithin(sentence.first, sentence.last, document)
    .filter((hit) => entryOf(hit, 'unit') && /^[cm]m/.test(tokens[hit.first]?.text ?? ''))
    .sort((one, other) => distance(one.first) - distance(other.first))
  if (!unit) return undefined
  const diameters: number[] = []
  for (let at = unit.first - 1; at >= sentence.first; at--) {
    const token = tokens[at]
    if (token?.kind === 'number') diameters.push(Number(token.text))
    else if (!joiners.has(token?.text ?? '') && !/^[cm]m/.test(token?.text ?? '')) break
  }
  if (diameters.length === 0) return undefined
  const largest = Math.max(...diameters)
  return tokens[unit.first]?.text.startsWith('m') ? Math.round(largest * millimetre * 100) / 100 : largest
}

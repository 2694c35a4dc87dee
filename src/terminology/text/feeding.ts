import type { Mention } from './document.js'
import { readDocument } from './read-document.js'
import type { KindReader } from './reading.js'

/**
 * Reads the answer to how the infant is fed: `feeds` is present when the woman feeds or removes her own milk, absent when she does not.
 *
 * Edge:    a denial counts only directly before or behind the word of feeding ("no problems breastfeeding" is feeding); a word of
 *          feeding that is left decides ("formula only at night, pumping"). Plans and the past say nothing.
 * Missing: no reading for an answer that is neither.
 * Source:  clinical changes C10
 */
export const readFeeding: KindReader = ({ text }, words) => {
  const document = readDocument(text, words, { name: true })
  const said = document.mentions.filter(isOfNow)
  const found = said.find(({ target }) => target === 'feeds') ?? said[0]
  if (!found) return { readings: [], document }
  const { target, start, end, rule, why } = found
  const state = target === 'feeds' ? 'present' : 'absent'
  return { readings: [{ term: 'feeds', state, start, end, rule, why }], document }
}

/** "Mother", "baby" and the like name nobody else here: the question is about the two of them. */
const isOfNow = ({ assertion }: Mention): boolean => {
  const { hypothetical, historical, planned, instructed } = assertion
  return !hypothetical && !historical && !planned && !instructed
}

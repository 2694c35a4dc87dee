import type { Mention } from './document.js'
import { readDocument } from './read-document.js'
import type { KindReader } from './reading.js'

/**
 * Reads the words of an allergy: classes of antibiotics, kinds of reactions, and whether the allergy is taken back.
 *
 * Shape:   each term is a target of `cards/words/every/allergy.yaml`; `absent` for what the text denies or says of somebody else.
 * Edge:    a reaction of the past is one still.
 * Missing: no reading for a text that names only a medicine.
 * Source:  clinical changes C28
 */
export const readAllergyWords: KindReader = ({ text }, words) => {
  const document = readDocument(text, words, { name: true })
  return {
    readings: document.mentions.map((mention) => ({
      term: mention.target,
      state: isSaid(mention) ? 'present' : 'absent',
      start: mention.start,
      end: mention.end,
      rule: mention.rule,
      why: mention.why,
    })),
    document,
  }
}

const isSaid = ({ assertion }: Mention): boolean => {
  const { state, denied, otherPerson, resolved, retracted, hypothetical, planned, instructed } = assertion
  const isOpen = hypothetical || planned || instructed
  return state !== 'absent' && !denied && !otherPerson && !resolved && !retracted && !isOpen
}

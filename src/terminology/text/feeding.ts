import type { Document, Mention } from './document.js'
import { readDocument } from './read-document.js'
import type { KindReader, Reading } from './reading.js'

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
  return { readings: feedingIn(document.mentions.filter(isOfNow)), document }
}

/**
 * Reads what a note says of feeding in passing, with `feeds` as `readFeeding` gives it.
 *
 * Edge:    only words that mean feeding anywhere count, said of the patient and her infant, and without doubt; staff who nurse, pus that is
 *          expressed, and a medicine that is safe in breastfeeding say nothing.
 * Missing: no reading for a note that says neither.
 * Source:  clinical changes C14
 */
export const readFeedingInNote: KindReader = ({ text }, words) => {
  const document = readDocument(text, words)
  return { readings: feedingIn(document.mentions.filter(isOfHerNow), isNoInNote), document }
}

function feedingIn(
  said: Document['mentions'],
  isNo: (mention: Mention) => boolean = isWordOfNo,
): readonly Reading[] {
  const found = said.find((mention) => !isNo(mention)) ?? said[0]
  if (!found) return []
  const { start, end, rule, why } = found
  return [{ term: 'feeds', state: isNo(found) ? 'absent' : 'present', start, end, rule, why }]
}

const isWordOfNo = ({ target }: Mention): boolean => target === 'feeds-not'

/** A line of a form in a note says no as well ("Breastfeeding: no"). */
const isNoInNote = (mention: Mention): boolean =>
  isWordOfNo(mention) || (mention.assertion.state === 'absent' && mention.rule.startsWith('value-'))

/** "Mother", "baby" and the like name nobody else here: the question is about the two of them. */
const isOfNow = ({ assertion }: Mention): boolean => {
  const { hypothetical, historical, planned, instructed } = assertion
  return !hypothetical && !historical && !planned && !instructed
}

const isOfHerNow = (mention: Mention): boolean => {
  const { target, assertion, rule } = mention
  const { otherPerson, possible, denied, retracted } = assertion
  const ofOthers = otherPerson && !ofInfant.has(rule)
  return target !== inAnswer && isOfNow(mention) && !ofOthers && !possible && !denied && !retracted
}

const inAnswer = 'feeds-in-answer'

/** The lists of words that name the infant, who is fed. */
const ofInfant: ReadonlySet<string> = new Set(['other-person-infant', 'other-person-infant-behind'])

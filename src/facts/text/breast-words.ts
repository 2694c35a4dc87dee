import { wordsOf, type Sentence } from './tokens.js'

/** Words that name the breast or nipple; "mastitis" does, as inflammation of the breast. */
export const breastWords = [
  'breast',
  'breasts',
  'nipple',
  'nipples',
  'areola',
  'areolar',
  'mastitis',
] as const

const breastWord: ReadonlySet<string> = new Set(breastWords)
const stem = /breast|nipple|areola|mastitis/i
const notTheOrgan = /^(?:milk|feed.*|fed|pump.*)$/

/** Does the word at a place name the breast as an organ, and not in "breast milk" or "breast feeding"? */
export const namesBreastAt = (sentence: Sentence, at: number): boolean =>
  breastWord.has(sentence[at] ?? '') && !notTheOrgan.test(sentence[at + 1] ?? '')

/** Does a short name, such as a display, name the breast or nipple? */
export function textNamesBreast(
  text: string | undefined,
  wordsIn: (text: string) => Sentence = wordsOf,
): boolean {
  if (text === undefined || !stem.test(text)) return false
  const words = wordsIn(text)
  return words.some((_, at) => namesBreastAt(words, at))
}

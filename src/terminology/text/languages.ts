import type { Sentence } from './document.js'
import type { Hit } from './phrases.js'
import type { Token } from './tokens.js'
import type { Words } from './words.js'

/** The language of a script that is no Latin one. */
export const otherScript = 'und'

/**
 * The language of a sentence when it is not the one of the words.
 *
 * Edge:    a word that the lists also know speaks for neither; a sentence is foreign when the words of one language are as many as the
 *          known ones. A word within a longer phrase of the lists ("non tender") speaks for none.
 * Missing: undefined for a sentence in the language of the words, and for one without a telling word.
 */
export function languageOf(
  { first, last }: Pick<Sentence, 'first' | 'last'>,
  tokens: readonly Token[],
  words: Words,
  hits: readonly Hit[],
): string | undefined {
  let counts: Map<string, number> | undefined
  for (let at = first; at < last; at++) {
    const token = tokens[at]
    if (token?.kind !== 'word') continue
    const languages = isOtherScript(token.text) ? [otherScript] : words.table.get(token.text)
    if (!languages || languages.includes(words.language) || hits.some((hit) => isWithin(at, hit))) continue
    counts ??= new Map()
    for (const language of languages) counts.set(language, (counts.get(language) ?? 0) + 1)
  }
  if (!counts) return undefined
  const [language, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))
  return count >= knownWords(first, last, tokens, words) ? language : undefined
}

const isWithin = (at: number, { first, last }: Hit): boolean => first <= at && at < last && last - first > 1

function knownWords(
  first: number,
  last: number,
  tokens: readonly Token[],
  { phrases, table, language }: Words,
): number {
  let known = 0
  for (let at = first; at < last; at++) {
    const token = tokens[at]
    if (token?.kind !== 'word') continue
    const languages = table.get(token.text)
    if (languages ? languages.includes(language) : phrases.knownWords.numbersOf(token.text)) known++
  }
  return known
}

/** Is the word written beyond Latin letters with their extensions? */
export const isOtherScript = (word: string): boolean =>
  word.charCodeAt(0) > 0x024f && !isLatinExtra(word.charCodeAt(0))
const isLatinExtra = (code: number): boolean => code >= 0x1e00 && code <= 0x1eff

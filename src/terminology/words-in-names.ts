/** Does a text hold one of some words? */
export type WordFinder = (text: string) => boolean

/**
 * Makes the search for words in names: displays, body sites, short texts.
 *
 * Shape: each word is letters and digits without accents; a text must hold the whole word, in any letter case, or with a
 *        `*` at an end of the word one that begins or ends so.
 */
export function wordFinder(words: readonly string[]): WordFinder {
  const written = words.map((word) => word.replaceAll('*', '[\\p{L}\\p{N}]{0,30}')).join('|')
  const wholeWord = new RegExp(`(?<![\\p{L}\\p{N}])(?:${written})(?![\\p{L}\\p{N}])`, 'iu')
  return (text) => wholeWord.test(text)
}

/**
 * Does a name mean breast or nipple?
 *
 * Edge: "mastitis" does, as inflammation of the breast; "non-breast", "breast milk" and "breast feeding" do not.
 */
export const textNamesBreast: WordFinder = (text) => breastStem.test(text) && breastWord.test(text)

/** A fast first check, because most names hold none of these stems. */
const breastStem = /breast|nipple|areola|mastitis/i

const breastWord =
  /(?<![\p{L}\p{N}])(?<!(?<![\p{L}\p{N}])non[^\p{L}\p{N},?:.!;\n\r]{0,3})(?:breasts?|nipples?|areolar?|mastitis)(?![\p{L}\p{N}])(?![^\p{L}\p{N},?:]*(?:(?:milk|fed)(?![\p{L}\p{N}])|feed|pump))/iu

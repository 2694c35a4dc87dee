/** Longest text read, in characters; what follows the last whole sentence before it is left out. */
export const textLimit = 20_000

/** Words and marks of one sentence: words in lower case without accents, and the marks "," "?" ":". */
export type Sentence = readonly string[]

const token =
  /(?:r\/o|h\/o|i&d)(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:(?<=\p{N})[.,](?=\p{N})[\p{L}\p{N}]+)*|[,?:.!;\n\r]/gu
const sentenceEnd = new Set(['.', '!', ';', '\n', '\r'])
const marks = new Set([',', '?', ':'])

/**
 * Cuts prose into sentences of plain words (step 1 of reading text).
 *
 * Shape:   apostrophes are spaces, "n't" is "not", "non-tender" and "non tender" are the one word "nontender".
 * Edge:    a dot between digits is part of the number; `partial` says that text beyond the limit was left out.
 * Source:  clinical section 2.9 step 1.
 */
export function sentencesOf(text: string): { sentences: readonly Sentence[]; partial: boolean } {
  const partial = text.length > textLimit
  const sentences: string[][] = []
  let words: string[] = []
  let non = false
  for (const [found] of plain(partial ? text.slice(0, textLimit) : text).matchAll(token)) {
    if (sentenceEnd.has(found)) {
      if (words.length > 0) sentences.push(words)
      words = []
      non = false
    } else if (found === 'non') non = true
    else {
      words.push(non && !marks.has(found) ? `non${found}` : found)
      non = false
    }
  }
  if (words.length > 0 && !partial) sentences.push(words)
  return { sentences, partial }
}

const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/\bcan['’ʼ`´]t\b/gu, 'cannot')
    .replace(/n['’ʼ`´]t\b/gu, ' not')
    .replace(/['’ʼ`´]/gu, ' ')

/** The words of a short name, in one list: for medicines, body sites and displays, where sentences do not matter. */
export const wordsOf = (text: string): readonly string[] => sentencesOf(text).sentences.flat()

import { SlipFinder } from './slips.js'

/** The number of a word, stem or mark in the phrases of the lists. */
export type WordNumber = number

/** All words of the lists: which numbers a word of a text has. */
export interface KnownWords {
  /** The numbers of the word: its own, and those of the stems it begins with, else of its ending; undefined for a word that no list has. */
  numbersOf: (word: string) => readonly WordNumber[] | undefined
  /** The numbers of every word, stem and ending that the word resembles: at least those that `numbersOf` gives, whatever other words the lists have. */
  allNumbersOf: (word: string) => readonly WordNumber[]
}

/** Words of fewer letters are taken as written. */
const shortestSlip = 6
const stemKey = 3
/** A shorter stem, like an ending, names a family ("cef*"); a word that may be a slip of a word of the lists is no member. */
const longStem = 5

/** Collects the words of all phrases, then answers for words of texts. */
export class KnownWordsBuilder {
  private readonly numbers = new Map<string, WordNumber>()

  /** The number of a word, of a stem that ends in "*", or of an ending that begins with it. */
  numberOf(piece: string): WordNumber {
    const known = this.numbers.get(piece)
    if (known !== undefined) return known
    this.numbers.set(piece, this.numbers.size)
    return this.numbers.size - 1
  }

  /**
   * The words known so far, ready to answer.
   *
   * Edge: a word of `shortestSlip` letters or more that no list has is taken for a word of the lists that differs by one letter
   *       left out, added, exchanged or swapped with its neighbour, and begins with the same letter.
   */
  build(): KnownWords {
    const stems = new Map<string, { stem: string; number: WordNumber }[]>()
    const words = new Map<string, WordNumber[]>()
    const endings: { ending: string; number: WordNumber }[] = []
    for (const [piece, number] of this.numbers) {
      if (piece.length > stemKey && piece.startsWith('*')) endings.push({ ending: piece.slice(1), number })
      else if (piece.length > stemKey && piece.endsWith('*')) {
        const stem = piece.slice(0, -1)
        const key = stem.slice(0, stemKey)
        stems.set(key, [...(stems.get(key) ?? []), { stem, number }])
      } else words.set(piece, [number])
    }
    const stemsOf = (
      word: string,
      shortest: number,
      found: WordNumber[] | undefined,
    ): WordNumber[] | undefined => {
      const near = stems.get(word.slice(0, stemKey))
      if (!near) return found
      for (const { stem, number } of near)
        if (stem.length >= shortest && word.startsWith(stem)) (found ??= []).push(number)
      return found
    }
    for (const [word, numbers] of words) stemsOf(word, stemKey, numbers)
    const slips = new SlipFinder([...words.keys()].filter((word) => word.length >= shortestSlip))
    return {
      numbersOf: (word) => {
        const known = words.get(word)
        if (known) return known
        if (word.length < stemKey) return undefined
        const byStem = stemsOf(word, longStem, undefined)
        if (byStem) return byStem
        const meant = word.length < shortestSlip - 1 ? undefined : slips.meantBy(word)
        if (meant !== undefined) return words.get(meant)
        let byFamily = stemsOf(word, stemKey, undefined)
        for (const { ending, number } of endings) if (word.endsWith(ending)) (byFamily ??= []).push(number)
        return byFamily
      },
      allNumbersOf: (word) => {
        const found = [...(words.get(word) ?? [])]
        if (word.length < stemKey) return found
        stemsOf(word, stemKey, found)
        if (word.length >= shortestSlip - 1)
          for (const meant of slips.allMeantBy(word)) found.push(...(words.get(meant) ?? []))
        for (const { ending, number } of endings) if (word.endsWith(ending)) found.push(number)
        return found
      },
    }
  }
}

/** Do two words differ by exactly one slip: a letter left out, added or exchanged, or two neighbours swapped? */
export function isOneSlip(one: string, other: string): boolean {
  if (one.length > other.length) return isOneSlip(other, one)
  if (other.length - one.length > 1) return false
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  if (one.length < other.length) return one.slice(at) === other.slice(at + 1)
  if (one.slice(at + 1) === other.slice(at + 1)) return at < one.length
  const swapped = one[at] === other[at + 1] && one[at + 1] === other[at]
  return swapped && one.slice(at + 2) === other.slice(at + 2)
}

/** A word with the letters it has, one bit each. */
interface Candidate {
  word: string
  letters: number
}

/** One slip changes at most two of the letters that a word has. */
const mostOtherLetters = 2

/** Finds the listed word that a mistyped word may mean; both begin with the same letter. */
export class SlipFinder {
  /** Candidates by first letter and length. */
  private readonly candidates = new Map<number, Candidate[]>()

  constructor(words: readonly string[]) {
    for (const word of words) {
      const key = keyOf(word, word.length)
      const known = this.candidates.get(key)
      const candidate = { word, letters: lettersOf(word) }
      if (known) known.push(candidate)
      else this.candidates.set(key, [candidate])
    }
  }

  /**
   * The listed word that differs by one slip; undefined when there is none.
   *
   * Edge: of several, a word with one letter more wins, because most slips leave a letter out ("absess").
   */
  meantBy(word: string): string | undefined {
    return this.allMeantBy(word)[0]
  }

  /** All listed words that differ by one slip, longest first. */
  allMeantBy(word: string): readonly string[] {
    const letters = lettersOf(word)
    const meant: string[] = []
    for (let length = word.length + 1; length >= word.length - 1; length--)
      for (const candidate of this.candidates.get(keyOf(word, length)) ?? [])
        if (ones(candidate.letters ^ letters) <= mostOtherLetters && isOneSlip(word, candidate.word))
          meant.push(candidate.word)
    return meant
  }
}

const longestWord = 64

const keyOf = (word: string, length: number): number =>
  word.charCodeAt(0) * longestWord + Math.min(length, longestWord - 1)

function lettersOf(word: string): number {
  let letters = 0
  for (let at = 0; at < word.length; at++) letters |= 1 << (word.charCodeAt(at) & 31)
  return letters
}

/** How many bits are set. */
function ones(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}

/** The texts of one call: how much of them may still be read, and what was read of them already. */
export interface CallTexts {
  /** The answer to a question about a text, worked out once. */
  once: <Answer>(question: string, text: string, answer: () => Answer) => Answer
  /** The text, if enough of the budget is left for the whole of it; else nothing. */
  whole: (text: string, question?: string) => string
  /** Was a text left out since `takeUnread` was called last? */
  takeUnread: () => boolean
  /** What a quick look at a text finds, worked out once; it costs nothing of the budget. */
  look: <Answer>(text: string, answer: () => Answer) => Answer
  /** How much work the texts were so far, as a number of characters read. */
  work: () => number
}

/** Looking through so many characters takes as long as reading one. */
const lookedForOneRead = 4

/**
 * Counts the characters of the texts of one call, and reads no more of them than `most`.
 *
 * Edge:    a text that was read before is read again, for the same question, at no cost.
 * Missing: the first text for which there is no reading left, and every new one after it, is empty; `takeUnread` tells of it.
 */
export function callTexts(most: number): CallTexts {
  const answers = new Map<string, Map<string, unknown>>()
  const paid = new Map<string, Set<string>>()
  let left = most
  let looked = 0
  let exhausted = false
  let leftOut = false
  const once = <Answer>(question: string, text: string, answer: () => Answer): Answer => {
    const known = entryOf(answers, question, () => new Map<string, unknown>())
    if (!known.has(text)) known.set(text, answer())
    return known.get(text) as Answer
  }
  return {
    once,
    look: (text, answer) =>
      once('look', text, () => {
        looked += text.length
        return answer()
      }),
    whole(text, question = '') {
      const known = entryOf(paid, question, () => new Set<string>())
      if (known.has(text)) return text
      exhausted ||= text.length > left
      if (exhausted) {
        leftOut = true
        return ''
      }
      known.add(text)
      left -= text.length
      return text
    },
    takeUnread() {
      const was = leftOut
      leftOut = false
      return was
    },
    work: () => most - left + looked / lookedForOneRead,
  }
}

/** The entry of a key, made when the key is new. */
function entryOf<Key, Value>(entries: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = entries.get(key)
  if (known !== undefined) return known
  const made = make()
  entries.set(key, made)
  return made
}

import { readSentence } from './read-sentence.js'
import type { Lexicon } from './lexicon.js'
import type { ReadTerm } from './terms.js'
import { sentencesOf, type Sentence } from './tokens.js'

/** A sentence and what is known of its words, whoever asks. */
export interface ReadSentence {
  words: Sentence
  terms: readonly ReadTerm[]
}

/** Prose as far as it was read. */
export interface ReadProse {
  sentences: readonly ReadSentence[]
  partial: boolean
}

/** How texts are read: what each of them says, for all who ask. */
export interface Texts {
  /** Every sentence of a short text: the name of something. */
  names: (text: string) => readonly ReadSentence[]
  /** The words of a short text, in one list. */
  words: (text: string) => Sentence
  /** The sentences of a long text that hold a word of ours. */
  prose: (text: string) => ReadProse
  /** The answer to a question about a text, worked out once. */
  once: <Answer>(question: string, text: string, answer: () => Answer) => Answer
  /** The text, if there is reading left for the whole of it by this question; else nothing. */
  whole: (text: string, question?: string) => string
}

const unread: readonly never[] = []
const unreadProse: ReadProse = { sentences: unread, partial: false }

/**
 * Reads texts without remembering them, and as many as are asked for: at start, and for one text alone.
 *
 * Edge: a text that is longer than `textLimit` is read up to it, and `partial` says so.
 */
export function plainTexts(lexicon: Lexicon): Texts {
  const read = (text: string): ReadProse => {
    const { sentences, partial } = sentencesOf(text)
    return { partial, sentences: sentences.map((words) => ({ words, terms: readSentence(words, lexicon) })) }
  }
  return {
    names: (text) => read(text).sentences,
    words: (text) => sentencesOf(text).sentences.flat(),
    prose: (text) => {
      const kept = lexicon.scan.kept(text)
      return kept === '' ? unreadProse : read(kept)
    },
    once: (_question, _text, answer) => answer(),
    whole: (text) => text,
  }
}

/** The texts of one call. */
export interface CallTexts extends Texts {
  /** Was a text left out since this was asked last? */
  takeUnread: () => boolean
  /** How many characters were read, a text once for each question about it. */
  charactersRead: () => number
}

/**
 * Reads the texts of one call: each once, whoever points at it, and no more characters than `most`.
 *
 * Edge:    of prose only the sentences that hold a word of ours count; a text that holds none costs one look.
 * Missing: the first text for which there is no reading left, and those after it, say nothing; `takeUnread` tells of it.
 */
export function callTexts(lexicon: Lexicon, most: number): CallTexts {
  const plain = plainTexts(lexicon)
  const answers = new Map<string, Map<string, unknown>>()
  let left = most
  let exhausted = false
  let leftOut = false
  const once: Texts['once'] = <Answer>(question: string, text: string, answer: () => Answer): Answer => {
    let known = answers.get(question)
    if (!known) {
      known = new Map<string, unknown>()
      answers.set(question, known)
    }
    const before = known.get(text) as Answer | undefined
    if (before !== undefined) return before
    const answered = answer()
    known.set(text, answered)
    return answered
  }
  /** As `once`, until the first text for which there is no reading left; what was left out is not remembered. */
  const paid = <Answer>(question: string, text: string, answer: () => Answer, otherwise: Answer): Answer => {
    const known = answers.get(question)?.has(text) === true
    exhausted ||= !known && text.length > left
    if (!known && exhausted) {
      leftOut = true
      return otherwise
    }
    if (!known) left -= text.length
    return once(question, text, answer)
  }
  return {
    once,
    names: (text) => paid('names', text, () => plain.names(text), unread),
    words: (text) => paid('words', text, () => plain.words(text), unread),
    whole: (text, question = 'whole') => paid(question, text, () => text, ''),
    charactersRead: () => most - left,
    prose: (text) => {
      if (exhausted && answers.get('kept')?.has(text) !== true) {
        leftOut ||= lexicon.scan.holds(text)
        return unreadProse
      }
      const kept = once('kept', text, () => lexicon.scan.kept(text))
      return kept === '' ? unreadProse : paid('prose', kept, () => plain.prose(kept), unreadProse)
    },
    takeUnread: () => {
      const was = leftOut
      leftOut = false
      return was
    },
  }
}

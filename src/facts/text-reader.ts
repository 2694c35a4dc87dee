import { budgets } from '../protocol/limits.js'
import { readText } from '../terminology/text/read-text.js'
import type { AskedText, TextKind } from '../terminology/text/reading.js'
import type { TextWords } from '../terminology/text/text-words.js'
import type { CallTexts } from './call-texts.js'
import type { ResourceRef } from './facts.js'
import { mostTexts, textRead, type NoteReading, type TextRead } from './text-read.js'

/** Reads texts of one call: each once, whoever points at it, within the budget of the call. */
export type CallReader = (asked: AskedText) => NoteReading

/** Makes the reader of the texts of one resource, and notes for an auditor how each was read. */
export type ResourceTexts = (source: ResourceRef) => CallReader

const nothing: NoteReading = { readings: [], language: 'en', unread: [], partial: false }
const oneEndlessSentence: NoteReading = { ...nothing, partial: true }

/**
 * Makes the reader of texts of one call.
 *
 * Shape:   the first texts that say anything are put into `noted`.
 * Edge:    a text that holds none of our words costs one look and nothing of the budget; the answer to a question counts always.
 *          A report is read whatever it holds: a category alone is a result.
 * Missing: a text for which there is no reading left says nothing; `texts.takeUnread` tells of it.
 */
export function callReader(words: TextWords, texts: CallTexts, noted: TextRead[]): ResourceTexts {
  const holds = (text: string, kind: TextKind): boolean =>
    text.length > budgets.lookLength.most || texts.look(text, () => words.look.kindsIn(text)).has(kind)
  const readOnce: CallReader = (asked) => {
    const { kind, about = '', modality = '' } = asked
    if (kind !== 'report' && !holds(asked.text, kind) && !holds(about, kind)) return nothing
    const partial = asked.text.length > budgets.textLength.most
    const text = partial ? wholeSentences(asked.text) : asked.text
    if (partial && text === '') return oneEndlessSentence
    if (texts.whole(text, `whole ${kind}`) === '') return nothing
    return texts.once(`${kind} ${modality}: ${about}`, text, () => ({
      ...readText({ ...asked, text }, words),
      partial,
    }))
  }
  return (source) => {
    const known = new Set<NoteReading>()
    return (asked) => {
      const said = readOnce(asked)
      if (known.has(said) || noted.length >= mostTexts) return said
      known.add(said)
      const note = textRead(source, asked.kind, said)
      if (note) noted.push(note)
      return said
    }
  }
}

function wholeSentences(text: string): string {
  const begun = text.slice(0, budgets.textLength.most)
  return begun.slice(0, Math.max(begun.lastIndexOf('. '), begun.lastIndexOf('\n')) + 1)
}

import type { Document } from './document.js'
import { kindReaders } from './kinds.js'
import type { AskedText, Reading, TextReading, Unread } from './reading.js'
import type { TextWords } from './text-words.js'
import type { Words } from './words.js'

/**
 * Reads one text of a kind, in the languages whose words there are.
 *
 * Shape:   the first language that has words for this kind of text reads all of it; another one is asked when sentences of it are
 *          found.
 * Missing: sentences in a language that is not read come out as `unread`.
 */
export function readText(asked: AskedText, { byLanguage }: TextWords): TextReading {
  const reader = kindReaders[asked.kind]
  const [first, ...others] = [...byLanguage].flatMap(([code, kinds]) => {
    const those = kinds.get(asked.kind)
    return those ? [{ code, words: those }] : []
  })
  if (!reader || !first) return { readings: [], language: [...byLanguage.keys()][0] ?? 'en', unread: [] }
  const read = reader(asked, first.words)
  const found = new Set(read.document.foreign.map(({ language }) => language))
  const { named, gestation } = read
  const ofCondition = { ...(named && { named }), ...(gestation && { gestation }) }
  if (found.size === 0)
    return { readings: read.readings, language: first.code, unread: read.unread ?? [], ...ofCondition }
  const also = others
    .filter(({ code }) => found.has(code))
    .map((other) => within(reader(asked, other.words), read.document, other.code))
  const readable = new Set([first.code, ...others.map(({ code }) => code)])
  return {
    readings: [...read.readings, ...also.flatMap(({ readings }) => readings)],
    language: languageOfText(read.document, first.words),
    unread: [
      ...(read.unread ?? []),
      ...also.flatMap(({ unread }) => unread ?? []),
      ...unreadStretches(read.document, readable),
    ],
    ...ofCondition,
  }
}

/** Of what a language reads in a text, what stands in sentences of that language. */
function within<Read extends { readings: readonly Reading[]; unread?: readonly Unread[] }>(
  read: Read,
  { foreign }: Document,
  code: string,
): Read {
  const stretches = foreign.filter(({ language }) => language === code)
  const isIn = ({ start = 0 }: { start?: number }): boolean =>
    stretches.some((stretch) => start >= stretch.start && start < stretch.end)
  return { ...read, readings: read.readings.filter(isIn), unread: (read.unread ?? []).filter(isIn) }
}

const languageOfText = ({ foreign, sentences }: Document, words: Words): string =>
  foreign.length * 2 >= sentences.length ? (foreign[0]?.language ?? words.language) : words.language

const unreadStretches = (document: Document, readable: ReadonlySet<string>): readonly Unread[] =>
  document.foreign
    .filter(({ language }) => !readable.has(language))
    .map(({ start, end, language }) => ({
      start,
      end,
      why: `not read: this text is in another language (${language})`,
    }))

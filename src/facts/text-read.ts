import type { Side } from '../terminology/concepts.js'
import type { Reading, TextKind, TextReading, Unread } from '../terminology/text/reading.js'

/** One thing that was read in a text of the chart. */
export interface TextFinding {
  term: string
  state: Reading['state']
  side?: Side
  value?: string | number
  possible?: boolean
  /** Where it stands in the text. Units: UTF-16 units, `to` is not counted. */
  from?: number
  to?: number
  /** The rule of the reader that decided. */
  rule?: string
}

/**
 * How one text of the chart was read, for an auditor who holds the chart; no rule of the medicine reads it.
 *
 * Privacy: positions and the service's own names, no chart text.
 */
export interface TextRead {
  /** The resource that holds the text, such as "Observation/abc". */
  source: string
  kind: TextKind
  found: readonly TextFinding[]
  /** Stretches that seem to say something and were not understood. */
  unread: readonly { from?: number; to?: number; why: string }[]
  /** The text was longer than is read, or more was found than is kept. */
  cut?: true
}

/** What one text of a call was read as. */
export interface NoteReading extends TextReading {
  /** The text was longer than is read at most; what follows was not read. */
  partial: boolean
}

/** Kinds of texts in which sentences are read; the other kinds are names, and their facts say what a name was taken for. */
const kindsWithSentences: ReadonlySet<TextKind> = new Set(['exam', 'report', 'order'])

/** The most texts of a call, and the most findings of a text, that are kept for an auditor. */
export const mostTexts = 20
const mostFindings = 20

const findingOf = ({ term, state, side, value, possible, rule, ...place }: Reading): TextFinding => ({
  term,
  state,
  ...(side !== undefined && { side }),
  ...(value !== undefined && { value }),
  ...(possible && { possible }),
  ...placeOf(place),
  ...(rule !== undefined && { rule }),
})

const placeOf = ({ start, end }: Pick<Unread, 'start' | 'end'>): { from?: number; to?: number } => ({
  ...(start !== undefined && { from: start }),
  ...(end !== undefined && { to: end }),
})

/**
 * How a text was read, for an auditor.
 *
 * Missing: undefined for a name, and for a text in which nothing was read and nothing was not understood.
 * Privacy: positions and names of the service, no chart text.
 */
export function textRead(source: string, kind: TextKind, said: NoteReading): TextRead | undefined {
  const { readings, unread, partial } = said
  if (!kindsWithSentences.has(kind) || readings.length + unread.length === 0) return undefined
  return {
    source,
    kind,
    found: readings.slice(0, mostFindings).map(findingOf),
    unread: unread.slice(0, mostFindings).map(({ why, ...place }) => ({ ...placeOf(place), why })),
    ...((partial || readings.length > mostFindings) && { cut: true as const }),
  }
}

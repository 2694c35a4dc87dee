import type { Reading, TextReading } from '../../../src/terminology/text/reading.js'
import { readingWords } from '../shared/reading-words.js'

type State = Reading['state']

/** A stretch of the text, with what was read of it; none for the text between. */
export interface Stretch {
  text: string
  state?: State
  /** The terms that were read here, in words. */
  says: readonly string[]
}

interface Mark {
  start: number
  end: number
  state: State
  says: string
}

const weight: Readonly<Record<State, number>> = { unreadable: 2, present: 1, absent: 0 }

const marksOf = ({ readings, unread }: TextReading): readonly Mark[] =>
  [
    ...readings.map((reading) => ({ ...reading, says: readingWords(reading) })),
    ...unread.map(({ start, end, why }) => ({ start, end, state: 'unreadable' as const, says: why })),
  ].flatMap(({ start, end, state, says }) =>
    start === undefined || end === undefined || end <= start ? [] : [{ start, end, state, says }],
  )

/**
 * Cuts a text where what was read begins and ends.
 *
 * Edge: where readings overlap, the stretch says all of them, and has the gravest state.
 */
export function stretchesOf(text: string, read: TextReading): readonly Stretch[] {
  const marks = marksOf(read)
  const cuts = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((at) => at <= text.length)
    .sort((one, other) => one - other)
  return cuts.slice(1).map((until, index): Stretch => {
    const from = cuts[index] ?? 0
    const here = marks.filter(({ start, end }) => start <= from && until <= end)
    const [gravest] = [...here].sort((one, other) => weight[other.state] - weight[one.state])
    return {
      text: text.slice(from, until),
      ...(gravest && { state: gravest.state }),
      says: here.filter(({ end }) => end === until).map(({ says }) => says),
    }
  })
}

/** The text as it was typed, with its terms marked by state. */
export function MarkedText({ text, read }: { text: string; read: TextReading }) {
  return (
    <p class="read-text">
      {stretchesOf(text, read).map(({ text: part, state, says }, at) =>
        state === undefined ? (
          part
        ) : (
          <mark key={at} class={state}>
            {part}
            {says.length > 0 && <small> {says.join('; ')}</small>}
          </mark>
        ),
      )}
    </p>
  )
}

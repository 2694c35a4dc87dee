import type { MarkView, TimelineView } from '../../../src/workbench/views.js'

const hour = 3_600_000
const day = 24 * hour

/** How much of the course is on screen. */
export type Stretch = 'episode' | 'fortnight' | 'all'

/** The ends of the axis of time, in milliseconds. */
export interface Range {
  from: number
  to: number
}

/**
 * The stretch of time to draw.
 *
 * Edge: always holds the 72 h line and now, with some room at both ends.
 */
export function rangeOf(view: TimelineView, stretch: Stretch): Range {
  const { now, lines, marks, bars, temperatures, pains } = view
  const starts = [
    ...lines.filter(({ kind }) => kind !== 'now').map(({ at }) => at),
    ...[...temperatures, ...pains].map(({ at }) => at),
    ...marks.map(({ at }) => at),
    ...bars.map(({ from }) => from),
  ]
  const furthest = { episode: 6 * day, fortnight: 14 * day, all: Infinity }[stretch]
  const first = Math.min(now - 12 * hour, ...starts.filter((at) => at >= now - furthest))
  const last = Math.max(now, ...lines.map(({ at }) => at).filter((at) => at < now + 4 * day))
  const room = Math.max(2 * hour, (last - first) * 0.04)
  return { from: first - room, to: last + room }
}

/** Where a moment stands on the axis, in percent. */
export const percentOf = (at: number, { from, to }: Range): number =>
  Math.round(((at - from) / (to - from)) * 1e6) / 1e4

/** One lane of marks: everything of one name. */
export interface Lane {
  name: string
  marks: readonly MarkView[]
}

const baseName = (what: string): string =>
  what
    .replace(/^diagnosis: /, '')
    .replace(/ recorded absent.*$|,.*$| \((?:active|on-hold|completed|in-progress|other)\)$/g, '')

/** The marks in lanes: signs first, then diagnoses, then imaging and orders; each name has its own. */
export function lanesOf(marks: readonly MarkView[]): readonly Lane[] {
  const lanes = new Map<string, MarkView[]>()
  for (const kind of ['signs', 'diagnoses', 'care'] as const)
    for (const mark of marks.filter(({ lane }) => lane === kind)) {
      const name = kind === 'care' ? 'imaging and orders' : baseName(mark.what)
      lanes.set(name, [...(lanes.get(name) ?? []), mark])
    }
  return [...lanes].map(([name, own]) => ({ name, marks: own }))
}

/** Is any of it on screen? */
export const isWithin = (from: number, until: number | undefined, range: Range): boolean =>
  (until ?? from) >= range.from && from <= range.to

import { daysInMs, hoursInMs, type Instant } from '../../units/units.js'
import type { Breast } from './breasts.js'
import { breastSigns } from './signs/signs-of-breast.js'
import type { Stretch } from '../stretches.js'
import type { Timeline } from '../timeline.js'

/** A gap in antibiotic cover that ended an episode. */
export interface EndingGap {
  /** The end of the cover before the gap. */
  coverEnd: Instant
  /**
   * The moment from which records belong to the new episode: the end of cover, or the last record of recovery in the
   * gap.
   */
  settledBy: Instant
}

/**
 * Finds the last gap longer than `episode.gapDays` that ended an earlier episode; undefined when all cover belongs to
 * one episode.
 *
 * Edge:   a gap of exactly `episode.gapDays` is no gap. A gap that runs to now is judged without its last 72 h.
 * Source: clinical 4.1, table of gaps
 */
export function gapEnds(
  timeline: Timeline,
  breast: Breast,
  stretches: readonly Stretch[],
): EndingGap | undefined {
  const { now, parameters } = timeline
  const longest = daysInMs(parameters['episode.gapDays'])
  let ending: EndingGap | undefined
  for (const [index, { to }] of stretches.entries()) {
    const next = stretches[index + 1]
    if ((next?.from ?? now) - to <= longest) continue
    const records = recordsWithin(timeline, breast, to, next?.from ?? now - hoursInMs(72))
    if (!records.ongoing || records.settledAt !== undefined) {
      ending = { coverEnd: to, settledBy: records.settledAt ?? to }
    }
  }
  return ending
}

/**
 * The records of this breast, or of no side, inside a gap.
 *
 * Shape: `ongoing` when a sign is present or the course was recorded as not improved or worse; `settledAt` is the last
 *        record that an earlier sign is absent or that the breast, and not its pain or fever alone, improved.
 */
function recordsWithin(
  { signs, course }: Timeline,
  breast: Breast,
  after: Instant,
  before: Instant,
): { ongoing: boolean; settledAt?: Instant } {
  let ongoing = false
  let settledAt: Instant | undefined
  const settled = (at: Instant): void => {
    settledAt = Math.max(settledAt ?? at, at)
  }
  for (const name of breastSigns) {
    let wasPresent = false
    for (const { fact, at } of signs.get(name) ?? []) {
      if (at >= before) break
      if (!breast.includesUnspecifiedSide(fact.side) || fact.generic === true) continue
      const inside = at > after
      if (fact.state === 'present') {
        wasPresent = true
        ongoing ||= inside
      }
      if (fact.state === 'absent' && wasPresent && inside) settled(at)
    }
  }
  for (const { fact, at } of course) {
    if (at <= after || at >= before || !breast.includesUnspecifiedSide(fact.side)) continue
    if (fact.says !== 'improved') ongoing = true
    else if (fact.of !== 'pain' && fact.of !== 'fever') settled(at)
  }
  return { ongoing, ...(settledAt !== undefined && { settledAt }) }
}

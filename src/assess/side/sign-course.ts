import type { Side } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import type { SignRecord } from './pain-score.js'
import type { Dated } from './timeline.js'

/** One sign of one breast over time. */
export interface SignCourse {
  /** All records, oldest first. */
  records: readonly Dated<SignRecord>[]
  /** Records of its presence since it was last recorded absent, oldest first. */
  run: readonly Dated<SignRecord>[]
  lastAbsent?: Instant
  /** Set when the newest record says unknown. */
  unknownAt?: Instant
}

const nothing: SignCourse = { records: [], run: [] }

/**
 * The records of one sign that belong to a breast, and the run of presence that is still open.
 *
 * Edge: the newest present or absent record wins; a record that says unknown changes neither.
 */
export function signCourse(
  records: readonly Dated<SignRecord>[] | undefined,
  belongs: (side: Side) => boolean,
): SignCourse {
  const own = records?.filter(({ fact }) => belongs(fact.side)) ?? []
  const newest = own.at(-1)
  if (!newest) return nothing
  let lastAbsent: Instant | undefined
  let run: Dated<SignRecord>[] = []
  for (const record of own) {
    if (record.fact.state === 'present') run.push(record)
    if (record.fact.state !== 'absent') continue
    lastAbsent = record.at
    run = []
  }
  return {
    records: own,
    run,
    ...(lastAbsent !== undefined && { lastAbsent }),
    ...(newest.fact.state === 'unknown' && { unknownAt: newest.at }),
  }
}

/** First record of the run that is still open. */
export const firstOf = (course: SignCourse): Dated<SignRecord> | undefined => course.run[0]

/** Newest record of presence, if the sign still counts as current: not older than `since`. */
export function currentOf(course: SignCourse, since: Instant): Dated<SignRecord> | undefined {
  const newest = course.run.at(-1)
  return newest && newest.at >= since ? newest : undefined
}

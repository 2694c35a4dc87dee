import type { Side } from '../../../terminology/concepts.js'
import type { Instant } from '../../../units/units.js'
import type { SignRecord } from '../../pain-score.js'
import type { Dated } from '../../dating.js'

/** The records of one sign of one breast over time. */
export interface SignCourse {
  /** All records, oldest first. */
  records: readonly Dated<SignRecord>[]
  /** The records of presence since the last record of absence, oldest first. */
  run: readonly Dated<SignRecord>[]
  lastAbsent?: Instant
  /** The time of the newest record, if that record says unknown. */
  unknownAt?: Instant
}

const nothing: SignCourse = { records: [], run: [] }

/**
 * Collects the records of one sign that belong to a breast, and the run of presence that is still open.
 *
 * Edge: the newest present or absent record decides; a record of unknown changes neither.
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

/** The first record of the run that is still open. */
export const firstOf = (course: SignCourse): Dated<SignRecord> | undefined => course.run[0]

/** The newest record of presence, if the sign is current: not older than `since`. */
export function currentOf(course: SignCourse, since: Instant): Dated<SignRecord> | undefined {
  const newest = course.run.at(-1)
  return newest && newest.at >= since ? newest : undefined
}

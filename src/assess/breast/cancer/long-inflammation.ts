import type { SignName } from '../../../terminology/concepts.js'
import { daysInMs, type Instant } from '../../../units/units.js'
import type { SignRecord } from '../../pain-score.js'
import { instantOf, type Dated } from '../../dating.js'
import { isOnOther } from '../breasts.js'
import { isIn, mastitisSets } from '../diagnosis-sets.js'
import { courseOf } from '../signs/sign-finding.js'
import { currentSince, skinSigns } from '../signs/signs-of-breast.js'
import type { Workup } from '../workup.js'

/** The signs of rule R7: redness, colour change, warmth and swelling. */
export const longSigns: readonly SignName[] = [...skinSigns, 'swelling']

/** Records of one illness have no longer gap than this, and an older diagnosis says nothing of its start. */
const gapDays = 42
/** No start lies further back. */
const oldestDays = 180

/** Is the record about this breast alone? Signs of both breasts, as on the third day after birth, say nothing of R7. */
const isOwn = ({ breast }: Workup, { fact }: Dated<SignRecord>): boolean =>
  fact.side !== 'both' && breast.owns(fact.side)

/** The signs of rule R7 that are current on this breast and not on the other one, by their newest records. */
export function ownLongSigns(workup: Workup): readonly Dated<SignRecord>[] {
  const { breast, timeline } = workup
  return longSigns.flatMap((name) => {
    const since = currentSince(name, timeline.parameters, timeline.now)
    const newest = courseOf(breast.courses, name).run.findLast((record) => isOwn(workup, record))
    const elsewhere = timeline.signs
      .get(name)
      ?.some(({ fact, at }) => at >= since && fact.state === 'present' && isOnOther(breast, fact.side))
    return newest && newest.at >= since && elsewhere !== true ? [newest] : []
  })
}

/**
 * The start of the redness, colour change, warmth or swelling of this breast alone: the earliest record, stated start or onset of a
 * mastitis.
 *
 * Edge:    a gap of more than 42 days between two records begins anew, and so does a record after the signs were gone or better. A mastitis
 *          counts up to 42 days after its onset; nothing before the last 180 days counts.
 * Missing: undefined without a current sign of this breast alone.
 * Source:  clinical changes C19
 */
export function longStart(workup: Workup): Instant | undefined {
  const { timeline, breast } = workup
  if (ownLongSigns(workup).length === 0) return undefined
  const { now } = timeline
  const oldest = now - daysInMs(oldestDays)
  const over = lastOver(workup)
  const records = longSigns
    .flatMap((name) => courseOf(breast.courses, name).records)
    .filter((record) => record.fact.state === 'present' && isOwn(workup, record) && record.at > over)
    .sort((one, other) => one.at - other.at)
  let start = now
  for (const { fact, at } of records.toReversed()) {
    if (start - at > daysInMs(gapDays) && fact.began === undefined) break
    start = Math.min(start, at)
  }
  for (const problem of workup.diagnoses.problems) {
    const onset = isIn(problem, mastitisSets) ? instantOf(problem.when, now) : undefined
    if (onset !== undefined && onset > over && now - onset <= daysInMs(gapDays))
      start = Math.min(start, onset)
  }
  return Math.max(start, oldest)
}

/**
 * The last moment at which the signs of this breast were over: a sign that was there is recorded absent while none of them is recorded present,
 * or the illness is said to be better.
 */
function lastOver({ timeline, breast }: Workup): Instant {
  const records = longSigns
    .flatMap((name) => courseOf(breast.courses, name).records)
    .sort((one, other) => one.at - other.at)
  const open = new Set<SignName>()
  let over = -Infinity
  for (const { fact, at } of records) {
    if (fact.state === 'present') open.add(fact.sign)
    if (fact.state !== 'absent' || !open.delete(fact.sign)) continue
    const stillThere = records.some((other) => other.at === at && other.fact.state === 'present')
    if (!stillThere) over = at
  }
  const better = timeline.course.findLast(
    ({ fact }) =>
      fact.says === 'improved' && fact.of === undefined && breast.includesUnspecifiedSide(fact.side),
  )
  return Math.max(over, better?.at ?? -Infinity)
}

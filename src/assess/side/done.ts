import type { CareItem, CareNeed, ImagingResult } from '../../facts/facts.js'
import { daysInMs, hoursInMs, type Instant } from '../../units/units.js'
import { speaksOf } from '../views.js'
import { verdict, type Evidence, type Finding } from '../finding.js'
import { ofCare, ofCulture, ofImaging } from './describe.js'
import { isDone, lastDrainage } from './drainage.js'
import type { Dated } from './timeline.js'
import type { Workup } from './workup.js'

/** Something ordered or done, and when. */
export interface Done {
  at: Instant
  evidence: Evidence
}

/**
 * Orders of the last `orders.suppressDays` and procedures of this episode that meet a need on this breast or on no
 * stated side (clinical 8).
 *
 * Edge:    an order exactly `orders.suppressDays` old counts; what was done up to 72 h before the episode belongs to
 *          it. Without an episode what is as new as a current result counts.
 * Missing: an order without a date does not count; lists that could not be read leave it absent.
 */
export function doneFor(workup: Workup, needs: readonly CareNeed[]): readonly Done[] {
  const { timeline, breast } = workup
  const ordered = timeline.now - daysInMs(timeline.parameters['orders.suppressDays'])
  const since = episodeSince(workup)
  return timeline.care.flatMap(({ fact, at }) => {
    if (!needs.includes(fact.need) || !speaksOf(breast.side, fact.side)) return []
    const counts = isOrdered(fact) ? at >= ordered : isDone(fact) && at >= since
    return counts ? [{ at, evidence: ofCare(fact) }] : []
  })
}

/** Requested and neither revoked nor cancelled. */
const isOrdered = ({ kind, status }: CareItem): boolean =>
  kind === 'order' && (status === 'active' || status === 'on-hold' || status === 'completed')

/** From here on what was done belongs to this episode. */
export function episodeSince({ timeline, current }: Workup): Instant {
  if (current.from !== undefined) return current.from - hoursInMs(72)
  return timeline.now - daysInMs(timeline.parameters['currency.resultDays'])
}

/** Ultrasounds ordered, done or reported; a mammogram never counts as one. */
export function ultrasoundsDone(workup: Workup): readonly Done[] {
  const since = episodeSince(workup)
  const reported = reportsOf(workup).filter(({ fact, at }) => fact.modality === 'ultrasound' && at >= since)
  return [
    ...doneFor(workup, ['ultrasound']),
    ...reported.map(({ fact, at }) => ({ at, evidence: ofImaging(fact) })),
  ]
}

const reportsOf = ({ timeline, breast }: Workup): readonly Dated<ImagingResult>[] =>
  timeline.imaging.filter(({ fact }) => speaksOf(breast.side, fact.side))

/** Cultures ordered, taken or reported. */
export function culturesDone(workup: Workup): readonly Done[] {
  const since = episodeSince(workup)
  return [...doneFor(workup, ['culture']), ...cultureReports(workup).filter(({ at }) => at >= since)]
}

function cultureReports({ timeline, breast }: Workup): readonly Done[] {
  return timeline.cultures
    .filter(({ fact }) => speaksOf(breast.side, fact.side))
    .map(({ fact, at }) => ({ at, evidence: ofCulture(fact) }))
}

/** Ordered, and no culture reported since: only then is its result still to come. */
export function culturePending(workup: Workup): Finding {
  const reports = cultureReports(workup)
  const pending = doneFor(workup, ['culture']).filter(
    (order) => !reports.some((report) => report.at >= order.at),
  )
  return found(pending, 'a culture is under way', 'no culture under way')
}

/** Any of these, as a finding. */
export const found = (done: readonly Done[], whenPresent: string, whenAbsent: string): Finding =>
  verdict(
    done.length > 0,
    whenPresent,
    whenAbsent,
    done.map(({ evidence }) => evidence),
  )

/** As `found`, but only what happened at or after a moment; absent when there is no such moment. */
export const foundSince = (
  done: readonly Done[],
  since: Instant | undefined,
  whenPresent: string,
  whenAbsent: string,
): Finding => found(since === undefined ? [] : done.filter(({ at }) => at >= since), whenPresent, whenAbsent)

/**
 * Drainage that is on its way or done since the newest ultrasound with a collection.
 *
 * Edge: an open order counts whatever came first; a drainage before that ultrasound does not, the collection is back.
 */
export function drainageOrdered(workup: Workup): Finding {
  const scan = workup.imaging.current.findLast(
    ({ fact }) => fact.reading === 'abscess' || fact.reading === 'collection',
  )
  const done = doneFor(workup, ['drainage', 'incision'])
  const open = new Set(
    workup.timeline.care
      .filter(({ fact }) => fact.kind === 'order' && (fact.status === 'active' || fact.status === 'on-hold'))
      .map(({ fact }) => fact.source),
  )
  const counting = done.filter(
    ({ at, evidence }) => open.has(evidence.source) || at >= (scan?.at ?? -Infinity),
  )
  return found(counting, 'drainage ordered or done', 'no drainage ordered')
}

/** Ultrasound ordered or done since the last drainage. */
export function ultrasoundSinceDrainage(workup: Workup, ultrasounds: readonly Done[]): Finding {
  return foundSince(
    ultrasounds,
    lastDrainage(workup)?.at,
    'ultrasound ordered or done since the drainage',
    'no ultrasound since a drainage',
  )
}

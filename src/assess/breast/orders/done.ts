import type { CareItem } from '../../../facts/facts.js'
import type { CareNeed } from '../../../facts/care-need.js'
import { daysInMs, hoursInMs, type Instant } from '../../../units/units.js'
import type { SetId } from '../../../terminology/code-book.js'
import { inputOf, inputs, type Inputs } from '../../definition.js'
import { speaksOf } from '../../views.js'
import { verdict, type Evidence, type Finding } from '../../finding.js'
import { ofCare } from '../describe.js'
import { isDone } from './drainage.js'
import { episodeInputs } from '../episode.js'
import type { Workup } from '../workup.js'

/** The inputs of open orders that meet a need. */
export const openOrderInputs = (...sets: readonly SetId[]): Inputs => ({
  facts: ['care'],
  sets,
  parameters: ['orders.suppressDays'],
})

/** The inputs of the moment from which procedures and results belong to this episode. */
export const sinceEpisodeInputs = inputs(episodeInputs, inputOf('currency.resultDays'))

/** The inputs of orders and procedures that meet a need. */
export const orderInputs = (...sets: readonly SetId[]): Inputs =>
  inputs(openOrderInputs(...sets), sinceEpisodeInputs)

/** The words on limits for every finding about orders and procedures. */
export const orderEdge =
  'An order exactly the limit old counts, one of the other breast does not. What was done up to 72 h before the episode ' +
  'belongs to it; cancelled and revoked orders never count.'

/** An order, a procedure or a result, and its moment. */
export interface Done {
  at: Instant
  evidence: Evidence
  /** An order that is active or on hold. */
  open?: boolean
  /** A report that could not be read. */
  unread?: boolean
}

/**
 * Finds the orders of the last `orders.suppressDays`, and the procedures of this episode, that meet a need on this
 * breast or on no stated side (clinical 8).
 *
 * Edge:    an order exactly `orders.suppressDays` old counts; a procedure up to 72 h before the episode belongs to the
 *          episode. Without an episode a procedure counts while a result of its age would be current.
 * Missing: an order without a date does not count; unread lists leave the finding absent.
 */
export function doneFor(workup: Workup, needs: readonly CareNeed[]): readonly Done[] {
  const { timeline, breast } = workup
  const ordered = timeline.now - daysInMs(timeline.parameters['orders.suppressDays'])
  const since = episodeSince(workup)
  return timeline.care.flatMap(({ fact, at }) => {
    if (!needs.includes(fact.need) || !speaksOf(breast.side, fact.side)) return []
    const counts = isOrdered(fact) ? at >= ordered : isDone(fact) && at >= since
    return counts ? [{ at, evidence: ofCare(fact), open: isOpen(fact) }] : []
  })
}

/** Is this an order that is still to be carried out? */
const isOpen = ({ kind, status }: CareItem): boolean =>
  kind === 'order' && (status === 'active' || status === 'on-hold')

/** Is this an order that was neither revoked nor cancelled? */
const isOrdered = ({ kind, status }: CareItem): boolean =>
  kind === 'order' && (status === 'active' || status === 'on-hold' || status === 'completed')

/** The moment from which procedures belong to this episode. */
export function episodeSince({ timeline, episode }: Workup): Instant {
  if (episode.from !== undefined) return episode.from - hoursInMs(72)
  return timeline.now - daysInMs(timeline.parameters['currency.resultDays'])
}

/** Is at least one of these on record? */
export const found = (done: readonly Done[], whenPresent: string, whenAbsent: string): Finding =>
  verdict(
    done.length > 0,
    whenPresent,
    whenAbsent,
    done.map(({ evidence }) => evidence),
  )

/**
 * Is at least one of these on record from `since` on? Absent when `since` is undefined.
 *
 * Edge: an open order counts whatever its time.
 */
export const foundSince = (
  done: readonly Done[],
  since: Instant | undefined,
  whenPresent: string,
  whenAbsent: string,
): Finding =>
  found(
    since === undefined ? [] : done.filter(({ at, open }) => open === true || at >= since),
    whenPresent,
    whenAbsent,
  )

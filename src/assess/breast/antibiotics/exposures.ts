import type { Medicine } from '../../../facts/facts.js'
import { daysInMs, hoursInMs, type Instant } from '../../../units/units.js'
import type { Inputs } from '../../definition.js'
import { absent, cannotTell, present, type Finding } from '../../finding.js'
import { type PatientView } from '../../views.js'
import { ofMedicine } from '../describe.js'
import { dosesOf, type Doses } from './doses.js'
import type { Exposure } from './exposure.js'
import type { Timeline } from '../../timeline.js'
import { bySource, instantOf } from '../../dating.js'

/** The inputs of exposure to antibiotics; the table of antibiotics names the ingredients. */
export const exposureInputs: Inputs = {
  facts: ['medicines', 'births'],
  sets: [],
  parameters: ['antibiotic.openEndDays', 'antibiotic.completedDays'],
}

/** Systemic antibiotics as exposures, by start: of the chart, or those for one breast. */
export interface Exposures {
  list: readonly Exposure[]
  /** Why there may be more exposures than the list has. */
  doubt?: { why: string; at: Instant }
  /** Does one of the list cover now? */
  coveredNow: Finding
}

/** The antibiotics of the chart, and whether any antibiotic covers now, also one for something else than the breast. */
export interface ChartExposures extends Exposures {
  coveredForAnyReason: Finding
}

const counting = {
  administration: new Set<Medicine['status']>(['in-progress', 'completed']),
  statement: new Set<Medicine['status']>(['active', 'completed']),
  request: new Set<Medicine['status']>(['active', 'completed', 'stopped']),
}

/** Is this record one of a systemic antibiotic that was taken? Its time is judged elsewhere. */
const isTaken = ({ kind, status, cover, noExposure }: Medicine): boolean =>
  (cover === 'appropriate' || cover === 'other') &&
  (noExposure === undefined || noExposure === 'other-reason') &&
  counting[kind].has(status)

interface Started {
  medicine: Medicine
  from: Instant
}

/**
 * Turns antibiotic records into exposures (clinical 4.2).
 *
 * Edge:    a start known only as a date is the latest moment of that date up to now, so that hours are never too many.
 *          A start ahead of now by at most the clock skew counts as now.
 * Missing: an active antibiotic without a start, or medicines that could not be read, leave a doubt.
 */
export function antibioticExposures(timeline: Timeline, { deliveredAt }: PatientView): ChartExposures {
  const taken = timeline.facts.medicines.filter(isTaken)
  const counted = taken.filter(({ noExposure }) => noExposure === undefined)
  const isForBirth = ({ medicine, from }: Started): boolean =>
    medicine.reason !== 'breast' && deliveredAt !== undefined && from <= deliveredAt + hoursInMs(24)
  const list = exposuresOf(
    startedAmong(counted, timeline).filter((one) => !isForBirth(one)),
    timeline,
  )
  const anyReason = exposuresOf(startedAmong(taken, timeline), timeline)
  const doubt = doubtOf(timeline, counted)
  return {
    list,
    ...(doubt && { doubt }),
    coveredNow: coveringNow(list, timeline.now, doubt),
    coveredForAnyReason: coveringNow(anyReason, timeline.now, doubtOf(timeline, taken)),
  }
}

/** The antibiotics with a start that is not in the future, by start. */
function startedAmong(medicines: readonly Medicine[], { now, parameters }: Timeline): readonly Started[] {
  const skew = parameters['time.futureSkewMinutes'] * 60_000
  return medicines
    .flatMap((medicine): Started[] => {
      const { start } = medicine
      return start && start.earliest <= now + skew ? [{ medicine, from: instantOf(start, now) }] : []
    })
    .sort((one, other) => one.from - other.from || bySource(one.medicine, other.medicine))
}

function exposuresOf(started: readonly Started[], timeline: Timeline): readonly Exposure[] {
  const orders = started.filter(({ medicine }) => medicine.kind !== 'administration')
  const doses = dosesOf(
    started.filter(({ medicine }) => medicine.kind === 'administration'),
    timeline.now,
  )
  const ordered = orders.flatMap((order) => exposureOfOrder(order, orders, doses, timeline))
  const writing = orders.map(({ from }) => ({ from, to: from }))
  return [...ordered, ...doses.exposures([...ordered, ...writing])].sort(
    (one, other) => one.from - other.from || bySource(one.medicine, other.medicine),
  )
}

/** Does one of these antibiotics cover now? Cannot be told when there may be more antibiotics than these. */
export function coveringNow(list: readonly Exposure[], now: Instant, doubt: Exposures['doubt']): Finding {
  const covering = list.filter(({ to }) => to >= now)
  if (covering.length > 0)
    return present('an antibiotic covers now', ...covering.map(({ medicine }) => ofMedicine(medicine)))
  return doubt ? cannotTell(doubt.why) : absent('no antibiotic covers now')
}

function doubtOf({ facts, now, unreadable }: Timeline, medicines: readonly Medicine[]): Exposures['doubt'] {
  const undated = medicines.find(
    ({ start, status }) => !start && (status === 'active' || status === 'in-progress'),
  )
  if (facts.reads.medicationRequests.state === 'unreadable') {
    return { why: 'medication requests could not be read', at: now }
  }
  if (undated) return { why: 'start of an antibiotic not recorded', at: now }
  return unreadable.get('medicine')
}

/**
 * The exposure of one order or statement; its start moves to the nearest first dose of the same ingredient.
 *
 * Edge: what a stopped order had supplied does not count (clinical changes, 4.2).
 */
function exposureOfOrder(
  order: Started,
  orders: readonly Started[],
  doses: Doses,
  { now, parameters }: Timeline,
): Exposure[] {
  const { medicine, from: written } = order
  const from =
    medicine.kind === 'request' ? (doses.firstNear(medicine.ingredients, written) ?? written) : written
  const isStopped = medicine.status === 'stopped'
  const recorded = medicine.end?.latest ?? (isStopped ? undefined : endOfSupply(medicine, from))
  if (isStopped && (recorded === undefined || recorded > now)) {
    const next = nextStart(order, orders, doses)
    return next !== undefined && next - from <= daysInMs(10)
      ? [{ medicine, from, to: Math.max(from, next), anyOnly: true }]
      : []
  }
  const assumed = medicine.status === 'active' ? 'antibiotic.openEndDays' : 'antibiotic.completedDays'
  const to = recorded ?? from + daysInMs(parameters[assumed])
  return [{ medicine, from, to: Math.max(from, to), anyOnly: false }]
}

/** The end of what was dispensed, counted from the start. */
const endOfSupply = ({ supplyDays }: Medicine, from: Instant): Instant | undefined =>
  supplyDays === undefined ? undefined : from + daysInMs(supplyDays)

/** The start of the next antibiotic after a stopped one: a later order, or a dose of another ingredient. */
function nextStart(
  { medicine, from }: Started,
  orders: readonly Started[],
  doses: Doses,
): Instant | undefined {
  const later = orders.find((order) => order.from > from)
  const starts = [later?.from, doses.firstOfOther(medicine.ingredients, from)].flatMap((start) => start ?? [])
  return starts.length > 0 ? Math.min(...starts) : undefined
}

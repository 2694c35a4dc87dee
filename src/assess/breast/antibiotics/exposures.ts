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

/** All systemic antibiotics of the chart as exposures, by start, whatever their reason. */
export interface Exposures {
  list: readonly Exposure[]
  /** Why there may be more exposures than the list has. */
  doubt?: { why: string; at: Instant }
  /** Does a systemic antibiotic cover now? */
  coveredNow: Finding
}

const counting = {
  administration: new Set<Medicine['status']>(['in-progress', 'completed']),
  statement: new Set<Medicine['status']>(['active', 'completed']),
  request: new Set<Medicine['status']>(['active', 'completed', 'stopped']),
}

/** Can this record mean exposure to an antibiotic? Its time is judged elsewhere. */
const counts = ({ kind, status, cover, noExposure }: Medicine): boolean =>
  (cover === 'appropriate' || cover === 'other') && noExposure === undefined && counting[kind].has(status)

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
export function antibioticExposures(timeline: Timeline, { deliveredAt }: PatientView): Exposures {
  const { facts, now, parameters } = timeline
  const skew = parameters['time.futureSkewMinutes'] * 60_000
  const counted = facts.medicines.filter(counts)
  const started = counted.flatMap((medicine): Started[] => {
    if (!medicine.start || medicine.start.earliest > now + skew) return []
    const from = instantOf(medicine.start, now)
    const birthCover = deliveredAt !== undefined && from <= deliveredAt + hoursInMs(24)
    return birthCover && medicine.reason !== 'breast' ? [] : [{ medicine, from }]
  })
  started.sort((one, other) => one.from - other.from || bySource(one.medicine, other.medicine))
  const orders = started.filter(({ medicine }) => medicine.kind !== 'administration')
  const doses = dosesOf(
    started.filter(({ medicine }) => medicine.kind === 'administration'),
    now,
  )
  const ordered = orders.flatMap((order) => exposureOfOrder(order, orders, doses, timeline))
  const writing = orders.map(({ from }) => ({ from, to: from }))
  const list = [...ordered, ...doses.exposures([...ordered, ...writing])]
  list.sort((one, other) => one.from - other.from || bySource(one.medicine, other.medicine))
  const undated = counted.find(
    ({ start, status }) => !start && (status === 'active' || status === 'in-progress'),
  )
  const doubt = doubtOf(timeline, undated)
  const covering = list.filter(({ to }) => to >= now)
  return {
    list,
    ...(doubt && { doubt }),
    coveredNow:
      covering.length > 0
        ? present('an antibiotic covers now', ...covering.map(({ medicine }) => ofMedicine(medicine)))
        : doubt
          ? cannotTell(doubt.why)
          : absent('no antibiotic covers now'),
  }
}

function doubtOf({ facts, now, unreadable }: Timeline, undated?: Medicine): Exposures['doubt'] {
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

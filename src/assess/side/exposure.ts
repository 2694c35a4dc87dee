import type { Medicine } from '../../facts/facts.js'
import { daysInMs, hoursInMs, type Instant } from '../../units/units.js'
import { absent, cannotTell, present, type Finding } from '../finding.js'
import { latestBy, type PatientView } from '../views.js'
import { ofMedicine } from './describe.js'
import { dosesOf, type Doses } from './doses.js'
import { bySource, type Timeline } from './timeline.js'

/** A stretch of time under one antibiotic from one source. */
export interface Exposure {
  medicine: Medicine
  from: Instant
  /** Recorded or assumed end; may lie after now. */
  to: Instant
  /** An order stopped without an end: it runs `hoursAny` only (clinical 4.2). */
  anyOnly: boolean
}

/** All systemic antibiotics of the chart, as exposures sorted by start, whatever they were for. */
export interface Exposures {
  list: readonly Exposure[]
  /** Why there may be more than the list says. */
  doubt?: { why: string; at: Instant }
  /** A systemic antibiotic covers now. */
  coveredNow: Finding
}

const counting = {
  administration: new Set<Medicine['status']>(['in-progress', 'completed']),
  statement: new Set<Medicine['status']>(['active', 'completed']),
  request: new Set<Medicine['status']>(['active', 'completed', 'stopped']),
}

/** An antibiotic whose record can mean exposure; time is judged elsewhere. */
const counts = ({ kind, status, cover, noExposure }: Medicine): boolean =>
  (cover === 'appropriate' || cover === 'other') && noExposure === undefined && counting[kind].has(status)

interface Started {
  medicine: Medicine
  from: Instant
}

/**
 * Turns antibiotic records into stretches of time (clinical 4.2).
 *
 * Edge:    a start known only as a date is its latest moment not after now, so hours are never over-counted; one ahead
 *          by no more than the clock skew is now.
 * Missing: an active antibiotic without a start, or medicines that could not be read, leave a doubt.
 */
export function exposures(timeline: Timeline, { deliveredAt }: PatientView): Exposures {
  const { facts, now, parameters } = timeline
  const skew = parameters['time.futureSkewMinutes'] * 60_000
  const counted = facts.medicines.filter(counts)
  const started = counted.flatMap((medicine): Started[] => {
    if (!medicine.start || medicine.start.earliest > now + skew) return []
    const from = Math.min(latestBy(medicine.start, now), now)
    const birthCover = deliveredAt !== undefined && from <= deliveredAt + hoursInMs(24)
    return birthCover && medicine.reason !== 'breast' ? [] : [{ medicine, from }]
  })
  started.sort((one, other) => one.from - other.from || bySource(one.medicine, other.medicine))
  const orders = started.filter(({ medicine }) => medicine.kind !== 'administration')
  const doses = dosesOf(
    started.filter(({ medicine }) => medicine.kind === 'administration'),
    now,
  )
  const ordered = orders.flatMap((order, index) => exposureOfOrder(order, index, orders, doses, timeline))
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

/** The stretch of one order or statement; its start moves to the first dose of the same ingredient nearby. */
function exposureOfOrder(
  { medicine, from: written }: Started,
  index: number,
  orders: readonly Started[],
  doses: Doses,
  { now, parameters }: Timeline,
): Exposure[] {
  const from =
    medicine.kind === 'request' ? (doses.firstNear(medicine.ingredients, written) ?? written) : written
  const recorded = medicine.end
    ? medicine.end.latest
    : medicine.supplyDays !== undefined
      ? from + daysInMs(medicine.supplyDays)
      : undefined
  if (medicine.status === 'stopped' && (recorded === undefined || recorded > now)) {
    const next = nextStart(written, index, orders, doses, medicine)
    return next !== undefined && next - from <= daysInMs(10)
      ? [{ medicine, from, to: Math.max(from, next), anyOnly: true }]
      : []
  }
  const assumed = medicine.status === 'active' ? 'antibiotic.openEndDays' : 'antibiotic.completedDays'
  const to = recorded ?? from + daysInMs(parameters[assumed])
  return [{ medicine, from, to: Math.max(from, to), anyOnly: false }]
}

/** Start of the next antibiotic after a stopped one: another order, or a dose of another ingredient. */
function nextStart(
  from: Instant,
  index: number,
  orders: readonly Started[],
  doses: Doses,
  { ingredients }: Medicine,
): Instant | undefined {
  let next = index + 1
  while (orders[next]?.from === from) next += 1
  const starts = [orders[next]?.from, doses.firstOfOther(ingredients, from)].flatMap((start) => start ?? [])
  return starts.length > 0 ? Math.min(...starts) : undefined
}

import { hoursInMs, type Instant } from '../../../units/units.js'
import type { Cover } from '../../views.js'
import type { Evidence } from '../../finding.js'
import { nameOf, startsOf } from '../describe.js'
import type { Episode } from '../episode.js'
import type { Exposure } from './exposure.js'
import type { Exposures } from './exposures.js'
import { mrsaInputs, type Mrsa } from './mrsa.js'
import { totalHours, union, type Stretch } from '../../stretches.js'
import type { Timeline } from '../../timeline.js'
import { inputOf, inputs } from '../../definition.js'
import { episodeInputs } from '../episode.js'

/** The inputs of the hours of cover. */
export const hoursInputs = inputs(episodeInputs, inputOf('antibiotic.gapHours'))

/** The inputs of the hours of appropriate cover. */
export const appropriateHoursInputs = inputs(hoursInputs, mrsaInputs)

/** The inputs of the earliest moment of failure. */
export const failureInputs = inputs(episodeInputs, inputOf('response.dueHours'))

/** The hours of cover of one episode, with the facts that explain them. */
export interface AntibioticCover extends Cover {
  /** The earliest moment of failure: `A1` plus `response.dueHours`. */
  failureFrom?: Instant
  /** The start of each antibiotic of this episode, as evidence. */
  started: readonly Evidence[]
  /** The stretches of cover by any antibiotic, and by appropriate ones. */
  stretches: { any: readonly Stretch[]; apt: readonly Stretch[] }
  /** The antibiotics of this episode that cover now. */
  covering: readonly Exposure[]
}

/**
 * Adds up the hours of antibiotic cover in this episode: by any antibiotic, and by appropriate ones (clinical 4.2).
 *
 * Units:   hours; overlaps count once, gaps up to `antibiotic.gapHours` count as covered, longer gaps do not.
 * Edge:    exactly `response.dueHours` is due, exactly `response.lateHours` is late. A switch of antibiotic does not
 *          start the hours again.
 * Missing: `unreadable` says why there may be more cover than was read.
 */
export function antibioticCover(
  timeline: Timeline,
  current: Episode,
  all: Exposures,
  resistance: Mrsa,
): AntibioticCover {
  const { now, parameters } = timeline
  const bridge = hoursInMs(parameters['antibiotic.gapHours'])
  const any = union(current.exposures, now, bridge)
  const appropriate = union(
    current.exposures.filter((exposure) => runsApt(exposure, resistance)),
    now,
    bridge,
  )
  const hoursAny = totalHours(any)
  const [firstAny, firstApt] = [any[0]?.from, appropriate[0]?.from]
  const covering = current.exposures.filter(({ to }) => to >= now)
  const first = current.exposures[0]
  const unreadable = doubtFor(current, all)
  const counted = [...new Set(current.exposures.map(({ medicine }) => medicine))]
  return {
    hoursAny,
    hoursApt: totalHours(appropriate),
    ...(firstAny !== undefined && {
      firstAny,
      failureFrom: firstAny + hoursInMs(parameters['response.dueHours']),
    }),
    ...(firstApt !== undefined && { firstApt }),
    window: windowOf(firstAny, hoursAny, parameters),
    coversNow: covering.length > 0,
    covering,
    stretches: { any, apt: appropriate },
    counted,
    started: startsOf(counted),
    ...(first && { firstDrug: nameOf(first.medicine) }),
    ...(unreadable !== undefined && { unreadable }),
  }
}

function runsApt({ medicine, anyOnly }: Exposure, { mrsa, covers }: Mrsa): boolean {
  if (anyOnly || medicine.cover !== 'appropriate') return false
  return mrsa.verdict !== 'present' || covers(medicine)
}

function windowOf(
  start: Instant | undefined,
  hoursAny: number,
  parameters: Timeline['parameters'],
): Cover['window'] {
  if (start === undefined) return 'none'
  if (hoursAny < parameters['response.dueHours']) return 'early'
  return hoursAny < parameters['response.lateHours'] ? 'due' : 'late'
}

/** Why there may be more cover in this episode; an unread medicine from before the episode is no doubt. */
function doubtFor({ from }: Episode, { doubt }: Exposures): string | undefined {
  if (!doubt) return undefined
  return from !== undefined && doubt.at < from - hoursInMs(72) ? undefined : doubt.why
}

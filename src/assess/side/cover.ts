import { hoursInMs, type Instant } from '../../units/units.js'
import type { Cover } from '../views.js'
import type { Evidence } from '../finding.js'
import { nameOf, startsOf } from './describe.js'
import type { Episode } from './episode.js'
import type { Exposure, Exposures } from './exposure.js'
import type { Mrsa } from './mrsa.js'
import { totalHours, union } from './stretches.js'
import type { Timeline } from './timeline.js'

/** The two clocks, and what they need to be explained. */
export interface Clocks extends Cover {
  /** `A1` + `response.dueHours`: failure cannot have begun earlier. */
  failureFrom?: Instant
  /** When each antibiotic of this episode was started, for the reasons of findings. */
  started: readonly Evidence[]
  /** Cover that holds now, of this episode. */
  covering: readonly Exposure[]
}

/**
 * Hours of antibiotic cover in this episode: by any antibiotic, and by appropriate ones (clinical 4.2).
 *
 * Units:   hours; overlaps count once, gaps up to `antibiotic.gapHours` count as covered, longer ones do not.
 * Edge:    exactly `response.dueHours` is due, exactly `response.lateHours` is late. A switch restarts no clock.
 * Missing: `unreadable` says why there may be more cover than was read.
 */
export function cover(timeline: Timeline, current: Episode, all: Exposures, resistance: Mrsa): Clocks {
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

/** A medicine that could not be read matters unless it is older than anything this episode looks at. */
function doubtFor({ from }: Episode, { doubt }: Exposures): string | undefined {
  if (!doubt) return undefined
  return from !== undefined && doubt.at < from - hoursInMs(72) ? undefined : doubt.why
}

import type { CareItem } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import { absent, present, type Finding } from '../finding.js'
import { drainageWindow } from './course-window.js'
import { ofCare } from './describe.js'
import { isCollection } from './imaging.js'
import { readings } from './readings.js'
import type { Dated } from './timeline.js'
import type { Workup } from './workup.js'

/**
 * The newest drainage or incision that was done on this breast, at most `episode.maxDays` ago.
 *
 * Edge:    an older one belongs to an illness that is over.
 * Missing: a procedure without a time cannot be placed and is left out.
 */
export function lastDrainage({ timeline, breast }: Workup): Dated<CareItem> | undefined {
  const oldest = timeline.now - daysInMs(timeline.parameters['episode.maxDays'])
  return timeline.care.findLast(
    ({ fact, at }) => at >= oldest && isDrainage(fact) && isDone(fact) && breast.hears(fact.side),
  )
}

export const isDrainage = ({ need }: CareItem): boolean => need === 'drainage' || need === 'incision'

/** A procedure that was done, or is being done. */
export const isDone = ({ kind, status }: CareItem): boolean =>
  kind === 'procedure' && (status === 'completed' || status === 'in-progress')

/** R5: drained more than `ibc.persistDays` ago. */
export function drainedLongAgo(workup: Workup): Finding {
  const { now, parameters } = workup.timeline
  const days = parameters['ibc.persistDays']
  const drainage = lastDrainage(workup)
  if (!drainage) return absent('not drained')
  return now - drainage.at > daysInMs(days)
    ? present(`drained more than ${days} days ago`, ofCare(drainage.fact))
    : absent(`drained at most ${days} days ago`)
}

/**
 * Row 6: drained lately, and a value after `drainage.recheckHours` reads worse or not improved.
 *
 * Edge:    a value exactly `drainage.recheckHours` after counts; drained exactly `ibc.persistDays` ago counts; an
 *          ultrasound since then ends it.
 * Missing: nothing charted since is absent.
 */
export function notBetterAfterDrainage(workup: Workup): Finding {
  const { timeline, breast, imaging } = workup
  const { now, parameters } = timeline
  const drainage = lastDrainage(workup)
  if (!drainage) return absent('not drained')
  if (now - drainage.at > daysInMs(parameters['ibc.persistDays'])) return absent('drained longer ago')
  if (imaging.ultrasounds.some(({ at }) => at > drainage.at))
    return absent('ultrasound done since the drainage')
  const bad = readings(timeline, breast, drainageWindow(drainage.at, parameters, now)).filter(
    ({ trend }) => trend !== 'improved',
  )
  return bad.length > 0
    ? present(
        `not better ${parameters['drainage.recheckHours']} h after drainage`,
        ofCare(drainage.fact),
        ...bad.flatMap(({ evidence }) => evidence),
      )
    : absent('no value after the drainage reads worse or not improved')
}

/** Drained at or after the newest current ultrasound that shows an abscess or collection (row 5). */
export function drainedSinceScan(workup: Workup): Finding {
  const scan = workup.imaging.current.findLast(({ fact }) => isCollection(fact.reading))
  const drainage = lastDrainage(workup)
  if (!scan) return absent('no current ultrasound shows a collection')
  return drainage && drainage.at >= scan.at
    ? present('drained since the ultrasound', ofCare(drainage.fact))
    : absent('not drained since the ultrasound')
}

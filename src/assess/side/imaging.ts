import type { BiopsyResult, ImagingReading, ImagingResult } from '../../facts/facts.js'
import { daysInMs, type Instant } from '../../units/units.js'
import { absent, cannotTell, present, type Finding } from '../finding.js'
import type { Breast } from './breasts.js'
import { ofImaging } from './describe.js'
import type { Dated, Timeline } from './timeline.js'

/** The imaging and tissue results of one breast, oldest first. */
export interface Imaging {
  ultrasounds: readonly Dated<ImagingResult>[]
  /** Ultrasounds of the last `currency.resultDays`. */
  current: readonly Dated<ImagingResult>[]
  /** Ultrasound and mammography, whatever their age. */
  all: readonly Dated<ImagingResult>[]
  biopsies: readonly Dated<BiopsyResult>[]
  /** A current ultrasound with this reading. */
  currentReading: (...readings: readonly ImagingReading[]) => Finding
}

/**
 * The imaging results that speak of one breast (clinical 3.7).
 *
 * Edge:    an ultrasound exactly `currency.resultDays` old is current.
 * Missing: reports without a time count nowhere; a report that could not be read decides nothing (see `unreadScan`).
 */
export function imagingOf({ imaging, biopsies, now, parameters }: Timeline, breast: Breast): Imaging {
  const all = imaging.filter(({ fact }) => breast.owns(fact.side))
  const ultrasounds = all.filter(({ fact }) => fact.modality === 'ultrasound')
  const since = now - daysInMs(parameters['currency.resultDays'])
  const current = ultrasounds.filter(({ at }) => at >= since)
  return {
    all,
    ultrasounds,
    current,
    biopsies: biopsies.filter(({ fact }) => breast.hears(fact.side)),
    currentReading: (...readings) => {
      const found = current.filter(({ fact }) => readings.includes(fact.reading))
      return found.length > 0
        ? present(`ultrasound shows ${readings.join(' or ')}`, ...found.map(({ fact }) => ofImaging(fact)))
        : absent(`no current ultrasound shows ${readings.join(' or ')}`)
    },
  }
}

/**
 * Doubt from a current ultrasound whose time or status could not be read: it may show an abscess.
 *
 * Shape: cannot-tell or absent, never present.
 */
export function unreadScan({ unreadable, now, parameters }: Timeline): Finding {
  const scan = unreadable.get('ultrasound')
  const current = scan !== undefined && scan.at >= now - daysInMs(parameters['currency.resultDays'])
  return current ? cannotTell(scan.why) : absent('every ultrasound could be read')
}

/** Ultrasounds from `since` on with one of these readings; none when there is no such moment. */
export function ultrasoundsSince(
  { ultrasounds }: Imaging,
  since: Instant | undefined,
  isWanted: (reading: ImagingReading) => boolean,
): readonly Dated<ImagingResult>[] {
  if (since === undefined) return []
  return ultrasounds.filter(({ fact, at }) => at >= since && isWanted(fact.reading))
}

/** Collections need drainage; every other reading means: no abscess seen. */
export const isCollection = (reading: ImagingReading): boolean =>
  reading === 'abscess' || reading === 'collection'

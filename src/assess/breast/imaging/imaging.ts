import type { BiopsyResult, ImagingReading, ImagingResult } from '../../../facts/facts.js'
import { daysInMs, type Instant } from '../../../units/units.js'
import { absent, cannotTell, present, type Finding } from '../../finding.js'
import type { Breast } from '../breasts.js'
import { ofImaging } from '../describe.js'
import type { Timeline } from '../../timeline.js'
import { inputOf, inputs, type FindingDefinition, type Inputs } from '../../definition.js'
import type { AntibioticCover } from '../antibiotics/cover.js'
import { episodeInputs } from '../episode.js'
import { withReason } from '../../logic.js'
import { verdict } from '../../finding.js'
import { ordersUnread } from '../orders/unread-orders.js'
import type { Dated } from '../../dating.js'

/** The inputs of ultrasound results, whatever their age. */
export const scanInputs: Inputs = {
  facts: ['results'],
  sets: ['ultrasound', 'ultrasound-normal', 'birads-1', 'birads-2', 'birads-4', 'birads-5'],
  parameters: [],
}

/** The inputs of current ultrasound results. */
export const imagingInputs = inputs(scanInputs, inputOf('currency.resultDays'))

/** The imaging and tissue results of one breast, oldest first. */
export interface Imaging {
  ultrasounds: readonly Dated<ImagingResult>[]
  /** The ultrasounds of the last `currency.resultDays`. */
  current: readonly Dated<ImagingResult>[]
  /** Every ultrasound and mammogram, whatever its age. */
  all: readonly Dated<ImagingResult>[]
  biopsies: readonly Dated<BiopsyResult>[]
  /** Is there a current ultrasound with one of these readings? */
  currentReading: (...readings: readonly ImagingReading[]) => Finding
  /** Is there a current ultrasound with a collection that is not too small to drain? */
  drainable: () => Finding
}

/**
 * Collects the imaging results of one breast (clinical 3.7).
 *
 * Edge:    an ultrasound exactly `currency.resultDays` old is current.
 * Missing: a report without a time is left out; an unread report decides nothing (see `unreadScan`).
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
    biopsies: biopsies.filter(({ fact }) => breast.includesUnspecifiedSide(fact.side)),
    currentReading: (...readings) =>
      shown(current, readings.join(' or '), ({ reading }) => readings.includes(reading)),
    drainable: () =>
      shown(current, 'collection', (image) => image.reading === 'collection' && !isSmall(image)),
  }
}

function shown(
  scans: readonly Dated<ImagingResult>[],
  words: string,
  isWanted: (image: ImagingResult) => boolean,
): Finding {
  const found = scans.filter(({ fact }) => isWanted(fact))
  return found.length > 0
    ? present(`ultrasound shows ${words}`, ...found.map(({ fact }) => ofImaging(fact)))
    : absent(`no current ultrasound shows ${words}`)
}

/**
 * The doubt that a current ultrasound leaves whose time or status could not be read, since it may show an abscess.
 *
 * Shape: cannot-tell or absent, never present.
 */
export function unreadScan({ unreadable, now, parameters }: Timeline): Finding {
  const scan = unreadable.get('ultrasound')
  const current = scan !== undefined && scan.at >= now - daysInMs(parameters['currency.resultDays'])
  return current ? cannotTell(scan.why) : absent('every ultrasound could be read')
}

/** Is the image a collection that the report calls too small to drain? */
export const isSmall = ({ reading, small }: ImagingResult): boolean =>
  reading === 'collection' && small === true

/** The ultrasounds from `since` on with one of these readings; none when `since` is undefined. */
export function ultrasoundsSince(
  { ultrasounds }: Imaging,
  since: Instant | undefined,
  isWanted: (reading: ImagingReading) => boolean,
): readonly Dated<ImagingResult>[] {
  if (since === undefined) return []
  return ultrasounds.filter(({ fact, at }) => at >= since && isWanted(fact.reading))
}

/** Does the reading show an abscess or a collection? */
export const isCollection = (reading: ImagingReading): boolean =>
  reading === 'abscess' || reading === 'collection'

/** Was the report read, and shows neither abscess nor collection? */
export const showsNoCollection = (reading: ImagingReading): boolean =>
  !isCollection(reading) && reading !== 'unclassified'

/** The finding that a current ultrasound shows an abscess or a collection (clinical 3.7). */
export const ultrasoundCollection = {
  name: 'ultrasound-collection',
  scope: 'side',
  means: 'Does a current ultrasound of this breast show an abscess or a collection?',
  ...imagingInputs,
  edge: 'A report exactly the limit old is current.',
  missing: ordersUnread,
  find: ({ breast: { imaging } }) =>
    withReason(imaging.currentReading('abscess', 'collection'), 'ultrasound shows an abscess or collection'),
} as const satisfies FindingDefinition<{ breast: { imaging: Imaging } }>

/** The finding that a current ultrasound shows a phlegmon. */
export const ultrasoundPhlegmon = {
  name: 'ultrasound-phlegmon',
  scope: 'side',
  means: 'Does a current ultrasound of this breast show a phlegmon?',
  ...imagingInputs,
  edge: 'A report exactly the limit old is current.',
  missing: ordersUnread,
  find: ({ breast: { imaging } }) => imaging.currentReading('phlegmon'),
} as const satisfies FindingDefinition<{ breast: { imaging: Imaging } }>

/** The finding that an ultrasound since the first antibiotic shows no abscess or collection. */
export const ultrasoundWithoutAbscess = {
  name: 'ultrasound-without-abscess',
  scope: 'side',
  means: 'Has an ultrasound since the first antibiotic shown anything but an abscess or a collection?',
  ...inputs(scanInputs, episodeInputs),
  edge: 'Also one that decides nothing: no abscess was seen. A report that could not be classified shows nothing.',
  missing: ordersUnread,
  find: ({ breast: { imaging, cover } }) => {
    const noAbscess = ultrasoundsSince(imaging, cover.firstAny, showsNoCollection)
    return verdict(
      noAbscess.length > 0,
      'ultrasound since the antibiotic shows no abscess or collection',
      'no such ultrasound since the antibiotic',
      noAbscess.map(({ fact }) => ofImaging(fact)),
    )
  },
} as const satisfies FindingDefinition<{ breast: { imaging: Imaging; cover: AntibioticCover } }>

/** The finding that a current ultrasound of the breast is on record. */
export const currentImaging = {
  name: 'current-imaging',
  scope: 'side',
  means: 'Is there a current ultrasound of this breast, whatever it shows?',
  ...imagingInputs,
  edge: 'A report exactly the limit old is current; a mammogram is not an ultrasound.',
  missing: ordersUnread,
  find: ({ breast: { imaging } }) =>
    verdict(
      imaging.current.length > 0,
      'a current ultrasound of this side is on record',
      'no current ultrasound of this side',
      imaging.current.map(({ fact }) => ofImaging(fact)),
    ),
} as const satisfies FindingDefinition<{ breast: { imaging: Imaging } }>

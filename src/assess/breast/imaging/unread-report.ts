import type { ImagingResult } from '../../../facts/facts.js'
import { daysInMs, type Instant } from '../../../units/units.js'
import { dayWords } from '../../day-words.js'
import type { Dated } from '../../dating.js'
import { inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import type { Timeline } from '../../timeline.js'
import { speaksOf } from '../../views.js'
import { failureInputs } from '../antibiotics/cover.js'
import { ofImaging } from '../describe.js'
import { doneFor, episodeSince, openOrderInputs, orderEdge, sinceEpisodeInputs } from '../orders/done.js'
import { drainageInputs, lastDrainage } from '../orders/drainage.js'
import { ordersUnread } from '../orders/unread-orders.js'
import { scanInputs } from './imaging.js'
import { episodeInputs } from '../episode.js'
import { backSince } from '../relapse/back-since.js'
import type { Workup } from '../workup.js'

const modalityWords = { ultrasound: 'Breast ultrasound', mammogram: 'Mammogram' }

/**
 * The line for each imaging report that could not be classified, so that every card names it (clinical changes C5).
 *
 * Edge: a report older than `ibc.imagingOpenDays` is named no more.
 */
export function unreadReports(timeline: Timeline): readonly string[] {
  const { imaging, facts, now, parameters } = timeline
  const since = now - daysInMs(parameters['ibc.imagingOpenDays'])
  const dated = imaging.filter(({ fact, at }) => at >= since && isUnread(fact))
  const undated = facts.results.filter(
    (result) => result.result === 'imaging' && isUnread(result) && !result.when,
  )
  const lines = [
    ...dated.map(({ fact, at }) => `${modalityWords[fact.modality]} of ${dayWords(timeline, fact.when, at)}`),
    ...undated.map((result) => `${modalityWords[(result as ImagingResult).modality]} without a date`),
  ]
  return [...new Set(lines)].map((line) => `${line}: could not be read here; read the report.`)
}

const isUnread = ({ reading }: { reading: string }): boolean => reading === 'unclassified'

/** The newest unread ultrasound report of this breast from `since` on, unless something else was ordered or read there. */
function onlyUnread(workup: Workup, since: Instant | undefined): Dated<ImagingResult> | undefined {
  if (since === undefined) return undefined
  const { timeline, breast } = workup
  const reports = timeline.imaging.filter(
    ({ fact, at }) => fact.modality === 'ultrasound' && speaksOf(breast.side, fact.side) && at >= since,
  )
  const isOrdered = doneFor(workup, ['ultrasound']).some(({ open }) => open)
  return isOrdered || reports.some(({ fact }) => !isUnread(fact)) ? undefined : reports.at(-1)
}

/** The newest ultrasound report of this breast that could not be read; for the words of a card. */
export const unreadUltrasound = ({ timeline, breast }: Workup): Dated<ImagingResult> | undefined =>
  timeline.imaging.findLast(
    ({ fact }) => fact.modality === 'ultrasound' && isUnread(fact) && speaksOf(breast.side, fact.side),
  )

function found(scan: Dated<ImagingResult> | undefined): Finding {
  return scan
    ? present('the report of the ultrasound could not be read', ofImaging(scan.fact))
    : absent('no ultrasound stands for one that could not be read')
}

/** The inputs of ultrasound reports, and of the orders that stand for a later one. */
const openScanInputs = inputs(openOrderInputs('ultrasound'), scanInputs)

const edge = `${orderEdge} An open order, or a report that could be read, ends it.`

/** The finding that the only ultrasound of this episode could not be read. */
export const ultrasoundUnread = {
  name: 'ultrasound-unread',
  scope: 'side',
  means: 'Could no ultrasound report of this episode and breast be read, though there is one?',
  ...inputs(openScanInputs, sinceEpisodeInputs),
  edge,
  missing: ordersUnread,
  find: ({ breast }) => found(onlyUnread(breast, episodeSince(breast))),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that the only ultrasound since failure can have begun could not be read. */
export const ultrasoundUnreadSinceFailure = {
  name: 'ultrasound-unread-since-failure',
  scope: 'side',
  means: 'Could no ultrasound report since antibiotics can have failed be read, though there is one?',
  ...inputs(openScanInputs, failureInputs),
  edge,
  missing: ordersUnread,
  find: ({ breast }) => found(onlyUnread(breast, breast.cover.failureFrom)),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that the only ultrasound since the illness came back could not be read. */
export const ultrasoundUnreadSinceRelapse = {
  name: 'ultrasound-unread-since-relapse',
  scope: 'side',
  means:
    'Could no ultrasound report since the illness came back or got worse again be read, though there is one?',
  ...inputs(openScanInputs, episodeInputs),
  edge,
  missing: ordersUnread,
  find: ({ breast }) => found(onlyUnread(breast, backSince(breast))),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that the only ultrasound since the last drainage could not be read. */
export const ultrasoundUnreadSinceDrainage = {
  name: 'ultrasound-unread-since-drainage',
  scope: 'side',
  means: 'Could no ultrasound report since the last drainage be read, though there is one?',
  ...inputs(openScanInputs, drainageInputs),
  edge,
  missing: ordersUnread,
  find: ({ breast }) => found(onlyUnread(breast, lastDrainage(breast)?.at)),
} as const satisfies FindingDefinition<{ breast: Workup }>

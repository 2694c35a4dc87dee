import type { ImagingResult } from '../../../facts/facts.js'
import { inputs, type FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { speaksOf } from '../../views.js'
import { failureInputs } from '../antibiotics/cover.js'
import { ofImaging } from '../describe.js'
import { scanInputs } from '../imaging/imaging.js'
import {
  doneFor,
  episodeSince,
  found,
  foundSince,
  openOrderInputs,
  orderEdge,
  orderInputs,
  type Done,
} from './done.js'
import { drainageInputs, lastDrainage } from './drainage.js'
import { backSince } from '../relapse/back-since.js'
import { episodeInputs } from '../episode.js'
import { ordersUnread } from './unread-orders.js'
import { courseOf } from '../signs/sign-finding.js'
import type { Workup } from '../workup.js'
import type { Dated } from '../../dating.js'

/** The inputs of ultrasounds ordered, done or reported in this episode. */
export const ultrasoundInputs = inputs(orderInputs('ultrasound'), scanInputs)

/** The ultrasounds ordered, done or reported in this episode; a mammogram is no ultrasound. */
export function ultrasoundsDone(workup: Workup): readonly Done[] {
  const since = episodeSince(workup)
  const reported = reportsOf(workup).filter(({ fact, at }) => fact.modality === 'ultrasound' && at >= since)
  return [
    ...doneFor(workup, ['ultrasound']),
    ...reported.map(({ fact, at }) => ({
      at,
      evidence: ofImaging(fact),
      unread: fact.reading === 'unclassified',
    })),
  ]
}

const reportsOf = ({ timeline, breast }: Workup): readonly Dated<ImagingResult>[] =>
  timeline.imaging.filter(({ fact }) => speaksOf(breast.side, fact.side))

/**
 * Is an ultrasound ordered, or done since fluctuance was first recorded? Without fluctuance any of this episode counts.
 *
 * Source: clinical 8, clinical changes C6
 */
function sinceFluctuance(workup: Workup): Finding {
  const first = courseOf(workup.breast.courses, 'fluctuance').run[0]
  return foundSince(
    ultrasoundsDone(workup),
    first?.at ?? -Infinity,
    'ultrasound ordered or done',
    first ? 'no ultrasound since fluctuance was recorded' : 'no ultrasound ordered',
  )
}

/** Is an ultrasound ordered or done since the last drainage? */
function sinceDrainage(workup: Workup): Finding {
  return foundSince(
    ultrasoundsDone(workup),
    lastDrainage(workup)?.at,
    'ultrasound ordered or done since the drainage',
    'no ultrasound since a drainage',
  )
}

/** The finding that an ultrasound is ordered or done (clinical 8). */
export const ultrasoundOrdered = {
  name: 'ultrasound-ordered',
  scope: 'side',
  means: 'Is an ultrasound of this breast ordered, or done in this episode?',
  ...ultrasoundInputs,
  edge: `${orderEdge} A mammogram is not an ultrasound.`,
  missing: ordersUnread,
  find: ({ breast }) => found(ultrasoundsDone(breast), 'ultrasound ordered or done', 'no ultrasound ordered'),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that an ultrasound is ordered, or done since fluctuance was first recorded. */
export const ultrasoundSinceFluctuance = {
  name: 'ultrasound-since-fluctuance',
  scope: 'side',
  means:
    'Is an ultrasound of this breast ordered, or done in this episode and since fluctuance was first recorded?',
  ...ultrasoundInputs,
  edge: 'One at the same instant counts as since. Without fluctuance every ultrasound of the episode counts.',
  missing: ordersUnread,
  find: ({ breast }) => sinceFluctuance(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that an ultrasound is ordered or done since the earliest moment of failure. */
export const ultrasoundSinceFailure = {
  name: 'ultrasound-since-failure',
  scope: 'side',
  means: 'Is an ultrasound of this breast ordered or done since antibiotics can have failed?',
  ...inputs(openOrderInputs('ultrasound'), scanInputs, failureInputs),
  edge: 'Failure can begin at the first antibiotic plus the due hours, that moment included. An open order counts whatever its time.',
  missing: ordersUnread,
  find: ({ breast }) =>
    foundSince(
      ultrasoundsDone(breast),
      breast.cover.failureFrom,
      'ultrasound ordered or done since failure can have begun',
      'no ultrasound since failure can have begun',
    ),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that an ultrasound is ordered or done since the illness came back, or got worse again. */
export const ultrasoundSinceRelapse = {
  name: 'ultrasound-since-relapse',
  scope: 'side',
  means: 'Is an ultrasound of this breast ordered, or done since the illness came back or got worse again?',
  ...inputs(openOrderInputs('ultrasound'), scanInputs, episodeInputs),
  edge: 'One at the same instant counts as since. An open order counts whatever its time. Without a relapse it is absent.',
  missing: ordersUnread,
  find: ({ breast }) =>
    foundSince(
      ultrasoundsDone(breast),
      backSince(breast),
      'ultrasound ordered or done since the relapse',
      'no ultrasound since a relapse',
    ),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that an ultrasound is ordered or done since the last drainage. */
export const ultrasoundSinceDrainage = {
  name: 'ultrasound-since-drainage',
  scope: 'side',
  means: 'Is an ultrasound of this breast ordered or done since the last drainage?',
  ...inputs(ultrasoundInputs, drainageInputs),
  edge: 'Without a drainage it is absent.',
  missing: ordersUnread,
  find: ({ breast }) => sinceDrainage(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

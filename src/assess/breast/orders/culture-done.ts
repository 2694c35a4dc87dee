import { inputs, type FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { speaksOf } from '../../views.js'
import { ofCulture } from '../describe.js'
import { doneFor, episodeSince, found, orderEdge, orderInputs, type Done } from './done.js'
import { ordersUnread } from './unread-orders.js'
import type { Workup } from '../workup.js'

/** The inputs of cultures ordered, taken or reported. */
const cultureInputs = inputs(orderInputs('culture'), { facts: ['results'], sets: [], parameters: [] })

/** Cultures ordered, taken or reported. */
function culturesDone(workup: Workup): readonly Done[] {
  const since = episodeSince(workup)
  return [...doneFor(workup, ['culture']), ...cultureReports(workup).filter(({ at }) => at >= since)]
}

function cultureReports({ timeline, breast }: Workup): readonly Done[] {
  return timeline.cultures
    .filter(({ fact }) => speaksOf(breast.side, fact.side))
    .map(({ fact, at }) => ({ at, evidence: ofCulture(fact) }))
}

/** Is a culture ordered, and none reported since the order? */
function pending(workup: Workup): Finding {
  const reports = cultureReports(workup)
  const open = doneFor(workup, ['culture']).filter(
    (order) => !reports.some((report) => report.at >= order.at),
  )
  return found(open, 'a culture is under way', 'no culture under way')
}

/** The finding that a culture is ordered, taken or reported in this episode (clinical 8). */
export const cultureOrdered = {
  name: 'culture-ordered',
  scope: 'side',
  means: 'Is a culture ordered, or done in this episode?',
  ...cultureInputs,
  edge: orderEdge,
  missing: ordersUnread,
  find: ({ breast }) => found(culturesDone(breast), 'culture ordered or done', 'no culture ordered'),
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that the result of a culture is still to come. */
export const culturePending = {
  name: 'culture-pending',
  scope: 'side',
  means: 'Is a culture ordered whose result is still to come?',
  ...cultureInputs,
  edge: 'A result at the same instant or later ends it.',
  missing: ordersUnread,
  find: ({ breast }) => pending(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

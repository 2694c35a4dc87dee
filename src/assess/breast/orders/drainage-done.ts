import { inputs, type FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { doneFor, foundSince, orderInputs } from './done.js'
import { imagingInputs } from '../imaging/imaging.js'
import { ordersUnread } from './unread-orders.js'
import type { Workup } from '../workup.js'

/**
 * Is a drainage ordered, or done since the newest ultrasound with a collection?
 *
 * Edge: an open order counts whatever its time. A drainage before that ultrasound does not count, because the
 *       collection is back.
 */
function underWay(workup: Workup): Finding {
  const scan = workup.imaging.current.findLast(
    ({ fact }) => fact.reading === 'abscess' || fact.reading === 'collection',
  )
  const done = doneFor(workup, ['drainage', 'incision'])
  return foundSince(done, scan?.at ?? -Infinity, 'drainage ordered or done', 'no drainage ordered')
}

/** The finding that a drainage is ordered or done (clinical 8). */
export const drainageOrdered = {
  name: 'drainage-ordered',
  scope: 'side',
  means: 'Is a drainage under way, or done since the newest ultrasound that shows a collection?',
  ...inputs(orderInputs('drainage', 'incision'), imagingInputs),
  edge: 'An open order counts whatever came first; a drainage before that ultrasound does not, the collection is back.',
  missing: ordersUnread,
  find: ({ breast }) => underWay(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

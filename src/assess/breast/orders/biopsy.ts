import { inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import type { Instant } from '../../../units/units.js'
import { ofBiopsy } from '../describe.js'
import {
  doneFor,
  episodeSince,
  found,
  orderEdge,
  orderInputs,
  sinceEpisodeInputs,
  type Done,
} from './done.js'
import { courseOf } from '../signs/sign-finding.js'
import { strongSigns } from '../signs/signs-of-breast.js'
import type { Workup } from '../workup.js'
import { worseInputs } from '../antibiotics/response.js'
import { ordersUnread } from './unread-orders.js'

/**
 * The biopsies of this episode; a benign result is a finding of its own, any other biopsy suppresses the card
 * (clinical 8).
 */
interface Biopsy {
  ordered: Finding
  benign: Finding
}

/**
 * Finds the biopsies of this episode.
 *
 * Edge:    a benign result answers the orders before it. Peau d'orange, skin thickening or a worse value recorded
 *          after a benign result cancels that result and the orders it answered.
 * Missing: unread reports leave both findings absent.
 */
function biopsyOf(workup: Workup): Biopsy {
  const since = episodeSince(workup)
  const results = workup.imaging.biopsies.filter(({ at }) => at >= since)
  const benign = results.findLast(({ fact }) => fact.reading === 'benign')
  const others = results
    .filter(({ fact }) => fact.reading !== 'benign')
    .map(({ fact, at }): Done => ({ at, evidence: ofBiopsy(fact) }))
  const ordered = doneFor(workup, ['skin-biopsy', 'breast-biopsy'])
  const open = [...ordered, ...others].filter(({ at }) => !benign || at > benign.at)
  return {
    ordered: found(open, 'biopsy ordered or done', 'no biopsy ordered'),
    benign: benignResult(workup, benign?.at, benign && ofBiopsy(benign.fact)),
  }
}

function benignResult(workup: Workup, at: Instant | undefined, evidence?: Done['evidence']): Finding {
  if (at === undefined || !evidence) return absent('no benign biopsy in this episode')
  const { breast, course } = workup
  const strongSince = strongSigns.some((name) =>
    courseOf(breast.courses, name).run.some((record) => record.at > at),
  )
  if (strongSince) return absent("peau d'orange or skin thickening recorded since the benign biopsy")
  const worseSince = course.response === 'worse' && (course.worseAt ?? -Infinity) > at
  return worseSince ? absent('worse since the benign biopsy') : present('biopsy benign', evidence)
}

/** The finding that a biopsy is ordered or done in this episode (clinical 8). */
export const biopsyOrdered = {
  name: 'biopsy-ordered',
  scope: 'side',
  means:
    'Is a biopsy of skin or breast ordered, or done in this episode, and not answered by a benign result?',
  ...inputs(orderInputs('skin-biopsy', 'breast-biopsy'), { facts: ['results'], sets: [], parameters: [] }),
  edge: `${orderEdge} A result other than benign counts as done.`,
  missing: ordersUnread,
  find: ({ breast }) => biopsyOf(breast).ordered,
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that a biopsy of this episode is benign. */
export const biopsyBenign = {
  name: 'biopsy-benign',
  scope: 'side',
  means:
    "Was a biopsy of this episode benign, with neither peau d'orange, skin thickening nor worsening since?",
  ...inputs(sinceEpisodeInputs, worseInputs, {
    facts: ['results'],
    sets: ['skin-biopsy', 'breast-biopsy', ...strongSigns],
    parameters: [],
  }),
  edge: 'Any later record of such a sign ends it, also of one that was there before.',
  missing: ordersUnread,
  find: ({ breast }) => biopsyOf(breast).benign,
} as const satisfies FindingDefinition<{ breast: Workup }>

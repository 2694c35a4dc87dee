import { inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, verdict, type Finding } from '../../finding.js'
import type { BiopsyResult } from '../../../facts/facts.js'
import type { Dated } from '../../dating.js'
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
  /** Every benign result of the episode is one of skin. */
  skinAlone: Finding
}

/**
 * Finds the biopsies of this episode.
 *
 * Edge:    a benign result answers the orders before it. Peau d'orange, skin thickening or a worse value recorded
 *          after a benign result cancels that result and the orders it answered, unless the result is one of skin alone:
 *          such a result never ends the question, and its own card says so while a rule holds.
 * Missing: unread reports leave both findings absent.
 */
function biopsyOf(workup: Workup): Biopsy {
  const since = episodeSince(workup)
  const results = workup.imaging.biopsies.filter(({ at }) => at >= since)
  const benignResults = results.filter(({ fact }) => fact.reading === 'benign')
  const benign = benignResults.at(-1)
  const skinAlone = verdict(
    benign !== undefined && benignResults.every(({ fact }) => fact.tissue === 'skin'),
    'the benign result is one of skin alone',
    'no benign result of skin alone',
    benign ? [ofBiopsy(benign.fact)] : [],
  )
  const others = results
    .filter(({ fact }) => fact.reading !== 'benign')
    .map(({ fact, at }): Done => ({ at, evidence: ofBiopsy(fact) }))
  const ordered = doneFor(workup, ['skin-biopsy', 'breast-biopsy'])
  const open = [...ordered, ...others].filter(({ at }) => !benign || at > benign.at)
  return {
    ordered: found(open, 'biopsy ordered or done', 'no biopsy ordered'),
    benign: skinAlone.verdict === 'present' ? skinAlone : benignResult(workup, benign),
    skinAlone,
  }
}

function benignResult(workup: Workup, benign: Dated<BiopsyResult> | undefined): Finding {
  if (!benign) return absent('no benign biopsy in this episode')
  const { at } = benign
  const { breast, course } = workup
  const strongSince = strongSigns.some((name) =>
    courseOf(breast.courses, name).run.some((record) => record.at > at),
  )
  if (strongSince) return absent("peau d'orange or skin thickening recorded since the benign biopsy")
  const worseSince = course.response === 'worse' && (course.worseAt ?? -Infinity) > at
  return worseSince
    ? absent('worse since the benign biopsy')
    : present('biopsy benign', ofBiopsy(benign.fact))
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
    "Was a biopsy of this episode benign, with neither peau d'orange, skin thickening nor worsening since, or one of skin alone?",
  ...inputs(sinceEpisodeInputs, worseInputs, {
    facts: ['results'],
    sets: ['skin-biopsy', 'breast-biopsy', ...strongSigns],
    parameters: [],
  }),
  edge: 'Any later record of such a sign ends it, also of one that was there before.',
  missing: ordersUnread,
  find: ({ breast }) => biopsyOf(breast).benign,
} as const satisfies FindingDefinition<{ breast: Workup }>

/** The finding that skin alone was benign, which does not exclude inflammatory breast cancer (clinical 8). */
export const benignSkinAlone = {
  name: 'benign-skin-alone',
  scope: 'side',
  means: 'Is every benign biopsy of this episode one of skin?',
  ...inputs(sinceEpisodeInputs, {
    facts: ['results'],
    sets: ['skin-biopsy', 'breast-biopsy'],
    parameters: [],
  }),
  edge: 'A benign core or surgical biopsy of the episode ends it.',
  missing: ordersUnread,
  find: ({ breast }) => biopsyOf(breast).skinAlone,
} as const satisfies FindingDefinition<{ breast: Workup }>

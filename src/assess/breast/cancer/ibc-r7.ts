import { daysBetween, daysInMs, hoursInMs, type Instant } from '../../../units/units.js'
import { inputOf, inputs, type FindingDefinition, type Inputs } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import { allOf, andThen, anyOf, not, withQuality, withReason } from '../../logic.js'
import { measureEvidence } from '../../evidence.js'
import { measuresOf } from '../../timeline.js'
import { responseInputs } from '../antibiotics/response.js'
import { drivingInputs } from '../current-diagnoses.js'
import { ofSign } from '../describe.js'
import { mastitisSets } from '../diagnosis-sets.js'
import { signInputs } from '../signs/signs.js'
import { temperatureInputs } from '../signs/temperature.js'
import { abscessInputs } from '../stage/stage-inputs.js'
import type { CancerContext, OfRules } from './cancer-context.js'
import { referredSince, tissueSince } from './followed-up.js'
import { ibcR1 } from './ibc-r1.js'
import { ibcR2 } from './ibc-r2.js'
import { ibcR3 } from './ibc-r3.js'
import { ruleUnread } from './ibc-words.js'
import { longStart, ownLongSigns } from './long-inflammation.js'

const answerInputs: Inputs = {
  facts: ['results', 'care', 'course'],
  sets: ['skin-biopsy', 'breast-biopsy', 'referral'],
  parameters: [],
}

const longInputs = inputs(
  signInputs,
  temperatureInputs,
  drivingInputs(mastitisSets),
  abscessInputs,
  responseInputs,
  answerInputs,
  ibcR1,
  ibcR2,
  ibcR3,
  inputOf('ibc.afebrileDays'),
)

/**
 * R7: redness, colour change, warmth or swelling of this breast alone, for more than `ibc.afebrileDays` and without fever, which no abscess
 * explains and which does not get better on 48 h of antibiotics or more.
 *
 * Source: clinical changes C19
 */
function longAfebrile(context: CancerContext, unexplained: Finding): Finding {
  const { timeline, cover, course } = context
  const days = timeline.parameters['ibc.afebrileDays']
  const start = longStart(context)
  if (start === undefined) return absent('no redness, colour change, warmth or swelling of this breast alone')
  if (timeline.now - start <= daysInMs(days)) return absent(`not for more than ${days} days`)
  const better = cover.hoursAny >= timeline.parameters['response.dueHours'] && course.response === 'improved'
  return withReason(
    allOf(
      present('', ...ownLongSigns(context).map(({ fact }) => ofSign(fact))),
      afebrile(context),
      unexplained,
      better ? absent('improved on antibiotics') : present(''),
      answeredSince(context, start),
    ),
    `red or swollen for ${Math.floor(daysBetween(start, timeline.now))} days without fever`,
  )
}

/** No fever is charted now, and none was measured within `currency.signHours`. */
function afebrile({ timeline, systemicSigns }: CancerContext): Finding {
  const { now, parameters } = timeline
  const since = now - hoursInMs(parameters['currency.signHours'])
  const hot = measuresOf(timeline, 'temperature').findLast(
    ({ fact, at }) => at >= since && fact.value >= parameters['fever.threshold'],
  )
  if (hot) return absent('fever was measured', measureEvidence(hot.fact))
  return not(systemicSigns.fever, 'no fever', 'fever')
}

/** Neither a tissue result nor a breast referral has been charted since the start. */
function answeredSince(context: CancerContext, start: Instant): Finding {
  if (referredSince(context, start)) return absent('a breast referral was made since')
  return tissueSince(context, start) ? absent('a tissue result came since') : present('')
}

/** The breast hurts, or its skin is changed: then R7 is more than swelling alone. */
const hurtsOrSkin = ({ signs }: CancerContext): Finding =>
  anyOf('swelling alone: no pain and no skin change', signs.pain, signs.skin)

/** R7 with pain or a change of the skin, and R7 with swelling alone. */
export function ruleR7(context: CancerContext, unexplained: Finding): { r7: Finding; r7Swelling: Finding } {
  const long = longAfebrile(context, unexplained)
  return {
    r7: andThen(long, () => hurtsOrSkin(context)),
    r7Swelling: withQuality(long, () => not(hurtsOrSkin(context), 'swelling alone', 'pain or a skin change')),
  }
}

const edge =
  'Exactly the limit is not yet longer. The start is the earliest record of such a sign on this breast alone, a start that a record ' +
  'states, or the onset of a mastitis at most 42 days ago; a gap of more than 42 days, a record that the signs are gone, and the words that ' +
  'the illness is better begin anew. Dropped by a breast referral or a tissue result since the start. Absent where R1, R2 or R3 holds.'

/** Rule R7 of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR7 = {
  name: 'ibc-r7',
  scope: 'side',
  means:
    'R7: has this breast alone been red, discoloured, warm or swollen for longer than the limit, without fever, with pain or a change of the skin?',
  ...longInputs,
  edge,
  missing: ruleUnread,
  find: ({ breast }) => breast.ibc.r7,
} as const satisfies FindingDefinition<OfRules>

/** Rule R7 with swelling alone (clinical 5.3). */
export const ibcR7Swelling = {
  name: 'ibc-r7-swelling',
  scope: 'side',
  means: 'R7 with swelling alone: neither pain nor a change of the skin?',
  ...longInputs,
  edge,
  missing: ruleUnread,
  find: ({ breast }) => breast.ibc.r7Swelling,
} as const satisfies FindingDefinition<OfRules>

import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { absent, type Finding } from '../../finding.js'
import type { CancerContext, OfRules } from './cancer-context.js'
import { strongInputs } from './ibc-r1.js'
import { longEnough, notBetter, onAntibiotics } from './ibc-response.js'
import { isSmallSince, scanForCancer } from './ibc-scan.js'
import { ruleUnread, textOnly } from './ibc-words.js'
import { allOf, anyOf, withReason } from '../../logic.js'
import { ruleHours } from './rule-hours.js'
import { appropriateHoursInputs } from '../antibiotics/cover.js'
import { failedInputs } from '../antibiotics/failed.js'
import { abscessInputs } from '../stage/stage-inputs.js'
import { weakAtLeast, weakInputs } from './weak.js'

/** The inputs of R3 and its critical form; an abscess can explain the failure. */
const appropriateInputs = inputs(
  appropriateHoursInputs,
  failedInputs,
  abscessInputs,
  inputOf('response.lateHours'),
)

/** R3: no response to appropriate cover, and no abscess that explains the failure. */
export function notResponding(context: CancerContext, unexplained: Finding): Finding {
  const { cover, courseApt, timeline } = context
  const { apt } = ruleHours(context)
  const long = longEnough(apt, timeline.parameters['response.lateHours'], cover.unreadable)
  if (long.verdict === 'absent') return long
  return withReason(
    allOf(long, notBetter(courseApt, ['not-improved', 'worse']), unexplained),
    `no response at ${Math.floor(apt)} h of appropriate antibiotics`,
  )
}

/** R3b: no response to any cover, appropriate or not. */
export function notRespondingToAny(context: CancerContext, unexplained: Finding): Finding {
  const { cover, failed, timeline } = context
  const { any } = ruleHours(context)
  const long = longEnough(any, timeline.parameters['ibc.anyCoverHours'], cover.unreadable)
  if (long.verdict === 'absent') return long
  return withReason(allOf(long, failed, unexplained), `no response at ${Math.floor(any)} h of antibiotics`)
}

/** R3 is critical when another finding points to cancer as well. */
export const pointsToCancer = (context: CancerContext): Finding =>
  isSmallSince(context)
    ? absent('the newest ultrasound shows a small collection')
    : anyOf(
        'no sign and no scan that points to cancer',
        context.signs.strong,
        weakAtLeast(context.weak, 1),
        scanForCancer(context, context.cover.failureFrom, ['normal', 'suspicious']),
      )

/** Rule R3 of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR3 = {
  name: 'ibc-r3',
  scope: 'side',
  means: 'R3: no response to appropriate antibiotics when it is late, and no abscess that explains it?',
  ...appropriateInputs,
  edge:
    'Exactly the late hours of appropriate cover is late. An abscess explains failure unless an ultrasound since the first ' +
    'antibiotic shows something else; a collection too small to drain explains nothing.',
  missing: ruleUnread,
  find: ({ breast }) => onAntibiotics(breast.ibc.r3, breast.cover),
} as const satisfies FindingDefinition<OfRules>

/** The critical form of rule R3 (clinical 5.3). */
export const ibcR3Critical = {
  name: 'ibc-r3-critical',
  scope: 'side',
  means:
    'R3, together with a strong sign, a weaker sign, or an ultrasound since failure that is normal or suspicious?',
  ...inputs(appropriateInputs, strongInputs, weakInputs),
  edge: `Failure can begin at the first antibiotic plus the due hours. Absent when the newest ultrasound shows a small collection. ${textOnly}`,
  missing: ruleUnread,
  find: ({ breast }) => onAntibiotics(breast.ibc.r3Critical, breast.cover),
} as const satisfies FindingDefinition<OfRules>

/** Rule R3b of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR3b = {
  name: 'ibc-r3b',
  scope: 'side',
  means: 'R3b: no response to a week of any antibiotic, whatever it covers, and no abscess that explains it?',
  ...inputs(failedInputs, abscessInputs, inputOf('ibc.anyCoverHours')),
  edge: 'Exactly the limit is long enough.',
  missing: ruleUnread,
  find: ({ breast }) => onAntibiotics(breast.ibc.r3b, breast.cover),
} as const satisfies FindingDefinition<OfRules>

import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { absent, type Finding } from '../../finding.js'
import type { CancerContext, OfRules } from './cancer-context.js'
import { longEnough, notBetter, onAntibiotics } from './ibc-response.js'
import { scanForCancer } from './ibc-scan.js'
import { ruleUnread } from './ibc-words.js'
import { scanInputs } from '../imaging/imaging.js'
import { recurrenceInputs } from '../recurrence.js'
import { allOf, anyOf, withReason } from '../../logic.js'
import { ruleHours } from './rule-hours.js'
import { appropriateHoursInputs } from '../antibiotics/cover.js'
import { failedInputs } from '../antibiotics/failed.js'
import { weakAtLeast, weakInputs } from './weak.js'

/** R4: worse under appropriate cover, and another finding points to cancer. */
export function gettingWorse(context: CancerContext): Finding {
  const { cover, courseApt, weak, timeline, recurred } = context
  const { 'response.dueHours': due, 'response.lateHours': late } = timeline.parameters
  if (recurred.verdict === 'present') return absent('a recurrence: hours start anew')
  const { apt } = ruleHours(context)
  if (apt >= late) return absent(`${late} h or more: rule R3`)
  const long = longEnough(apt, due, cover.unreadable)
  if (long.verdict === 'absent') return long
  return withReason(
    allOf(
      long,
      notBetter(courseApt, ['worse']),
      anyOf(
        'no weaker sign and no normal ultrasound',
        weakAtLeast(weak, 1),
        scanForCancer(context, cover.firstAny, ['normal']),
      ),
    ),
    `worse at ${Math.floor(apt)} h of appropriate antibiotics`,
  )
}

/** Rule R4 of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR4 = {
  name: 'ibc-r4',
  scope: 'side',
  means:
    'R4: worse on appropriate antibiotics when a response is due but not late, with a weaker sign or a normal ultrasound ' +
    'since the first antibiotic?',
  ...inputs(
    appropriateHoursInputs,
    failedInputs,
    scanInputs,
    weakInputs,
    recurrenceInputs,
    inputOf('response.lateHours'),
  ),
  edge: 'From exactly the due hours, below the late hours. Not in a recurrence.',
  missing: ruleUnread,
  find: ({ breast }) => onAntibiotics(breast.ibc.r4, breast.cover),
} as const satisfies FindingDefinition<OfRules>

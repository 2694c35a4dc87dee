import { absent, cannotTell, present, type Finding } from '../finding.js'
import type { Clocks } from './cover.js'
import type { Suspicion } from './ibc.js'
import { scanForCancer } from './ibc-scan.js'
import { allOf, anyOf, unless, worded } from './logic.js'
import type { Course } from './response.js'
import { weakAtLeast } from './weak.js'

/** So many hours of cover; what could not be read could only add to them. */
export function longEnough(hours: number, limit: number, doubt: string | undefined): Finding {
  const whole = Math.floor(hours)
  if (hours >= limit) return present(`${whole} h of antibiotics`)
  return doubt === undefined ? absent(`${whole} h of antibiotics, less than ${limit} h`) : cannotTell(doubt)
}

/** The same finding with the antibiotics it speaks of among its evidence. */
export function onAntibiotics(finding: Finding, { started }: Clocks): Finding {
  if (finding.verdict !== 'present') return finding
  return { ...finding, evidence: [...started, ...finding.evidence] }
}

function notBetter({ response, evidence, doubt }: Course, accepted: readonly Course['response'][]): Finding {
  return unless(
    doubt,
    accepted.includes(response),
    response === 'worse' ? 'worse' : 'not improved',
    `response: ${response}`,
    evidence,
  )
}

/** R3: no response to appropriate cover, and no abscess to explain it. */
export function notResponding(suspicion: Suspicion, unexplained: Finding): Finding {
  const { clocks, courseApt, timeline } = suspicion
  const long = longEnough(clocks.hoursApt, timeline.parameters['response.lateHours'], clocks.unreadable)
  if (long.verdict === 'absent') return long
  return worded(
    allOf(long, notBetter(courseApt, ['not-improved', 'worse']), unexplained),
    `no response at ${Math.floor(clocks.hoursApt)} h of appropriate antibiotics`,
  )
}

/** R3b: no response to any cover, however it fits. */
export function notRespondingToAny(suspicion: Suspicion, unexplained: Finding): Finding {
  const { clocks, failed, timeline } = suspicion
  const long = longEnough(clocks.hoursAny, timeline.parameters['ibc.anyCoverHours'], clocks.unreadable)
  if (long.verdict === 'absent') return long
  return worded(
    allOf(long, failed, unexplained),
    `no response at ${Math.floor(clocks.hoursAny)} h of antibiotics`,
  )
}

/** R4: worse on appropriate cover, with something else that points to cancer. */
export function gettingWorse(suspicion: Suspicion): Finding {
  const { clocks, courseApt, weak, timeline, recurred } = suspicion
  const { 'response.dueHours': due, 'response.lateHours': late } = timeline.parameters
  if (recurred.verdict === 'present') return absent('a recurrence: hours start anew')
  if (clocks.hoursApt >= late) return absent(`${late} h or more: rule R3`)
  const long = longEnough(clocks.hoursApt, due, clocks.unreadable)
  if (long.verdict === 'absent') return long
  return worded(
    allOf(
      long,
      notBetter(courseApt, ['worse']),
      anyOf(
        'no weaker sign and no normal ultrasound',
        weakAtLeast(weak, 1),
        scanForCancer(suspicion, clocks.firstAny, ['normal']),
      ),
    ),
    `worse at ${Math.floor(clocks.hoursApt)} h of appropriate antibiotics`,
  )
}

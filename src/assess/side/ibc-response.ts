import { absent, type Finding } from '../finding.js'
import type { Suspicion } from './ibc.js'
import { explained, scanForCancer } from './ibc-scan.js'
import { allOf, anyOf, not, unless, worded } from './logic.js'
import type { Course } from './response.js'
import { weakAtLeast } from './weak.js'

/** So many hours of cover; what could not be read could only add to them. */
export const longEnough = (hours: number, limit: number, doubt: string | undefined): Finding =>
  unless(
    doubt,
    hours >= limit,
    `${Math.floor(hours)} h of antibiotics`,
    `${Math.floor(hours)} h of antibiotics, less than ${limit} h`,
  )

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
export function notResponding(suspicion: Suspicion): Finding {
  const { clocks, courseApt, timeline } = suspicion
  const late = timeline.parameters['response.lateHours']
  return worded(
    allOf(
      longEnough(clocks.hoursApt, late, clocks.unreadable),
      notBetter(courseApt, ['not-improved', 'worse']),
      not(explained(suspicion), 'no abscess explains it', 'an abscess explains it'),
    ),
    `no response at ${Math.floor(clocks.hoursApt)} h of appropriate antibiotics`,
  )
}

/** R3b: no response to any cover, however it fits. */
export function notRespondingToAny(suspicion: Suspicion): Finding {
  const { clocks, failed, timeline } = suspicion
  return worded(
    allOf(
      longEnough(clocks.hoursAny, timeline.parameters['ibc.anyCoverHours'], clocks.unreadable),
      failed,
      not(explained(suspicion), 'no abscess explains it', 'an abscess explains it'),
    ),
    `no response at ${Math.floor(clocks.hoursAny)} h of antibiotics`,
  )
}

/** R4: worse on appropriate cover, with something else that points to cancer. */
export function gettingWorse(suspicion: Suspicion): Finding {
  const { clocks, courseApt, weak, timeline, recurred } = suspicion
  const { 'response.dueHours': due, 'response.lateHours': late } = timeline.parameters
  if (recurred.verdict === 'present') return absent('a recurrence: hours start anew')
  if (clocks.hoursApt >= late) return absent(`${late} h or more: rule R3`)
  return worded(
    allOf(
      longEnough(clocks.hoursApt, due, clocks.unreadable),
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

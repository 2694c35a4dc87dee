import { daysInMs } from '../../units/units.js'
import type { Finding } from '../finding.js'
import { draftedAntibiotic } from './drafted.js'
import type { Suspicion } from './ibc.js'
import { allOf, anyOf, not, unless } from './logic.js'
import { longEnough } from './ibc-response.js'
import { strongSigns } from './signs-of-breast.js'
import { lastingSign, oldestWeak } from './weak.js'

/** R1 is critical when failed, when one more antibiotic is ordered, or when it lasts without fever. */
export function strongIsUrgent(suspicion: Suspicion): Finding {
  const { failed, clocks, sick, timeline } = suspicion
  const { 'response.dueHours': due, 'ibc.persistDays': days } = timeline.parameters
  const lasting = anyOf(
    `neither redness, colour change nor the sign itself recorded for more than ${days} days`,
    ...lastingSigns.map((name) => lastingSign(suspicion, name)),
  )
  return anyOf(
    'neither failed, nor lasting without fever',
    failed,
    allOf(draftedAntibiotic(timeline.facts), longEnough(clocks.hoursAny, due, clocks.unreadable)),
    allOf(lasting, not(sick.fever, 'no fever', 'fever')),
  )
}

const lastingSigns = ['erythema', 'colour-change', ...strongSigns] as const

/** R2 needs time without fever, or failure; the oldest of the weaker signs counts. */
export function weakIsOld({ weak, sick, failed, timeline }: Suspicion): Finding {
  const days = timeline.parameters['ibc.persistDays']
  const oldest = oldestWeak(weak)
  const old = oldest !== undefined && timeline.now - oldest > daysInMs(days)
  const unsure = weak.find(({ finding }) => finding.verdict === 'cannot-tell')
  return anyOf(
    'neither failed, nor lasting without fever',
    failed,
    allOf(
      unless(
        unsure?.finding.because,
        old,
        `first of these recorded more than ${days} days ago`,
        `none of these recorded more than ${days} days ago`,
      ),
      not(sick.fever, 'no fever', 'fever'),
    ),
  )
}

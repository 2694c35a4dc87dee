import { daysInMs } from '../../../units/units.js'
import { inputs, type FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import type { CancerContext, OfRules } from './cancer-context.js'
import { ruleUnread } from './ibc-words.js'
import { allOf, anyOf, not, presentElseDoubt } from '../../logic.js'
import { failedInputs } from '../antibiotics/failed.js'
import { oldestWeak, weakInputs } from './weak.js'

/**
 * R2 holds for weaker signs that last without fever, or with failed antibiotics; the oldest of the signs gives the
 * time.
 */
export function weakIsOld({ weak, systemicSigns, failed, timeline }: CancerContext): Finding {
  const days = timeline.parameters['ibc.persistDays']
  const oldest = oldestWeak(weak)
  const old = oldest !== undefined && timeline.now - oldest > daysInMs(days)
  const unsure = weak.find(({ finding }) => finding.verdict === 'cannot-tell')
  return anyOf(
    'neither failed, nor lasting without fever',
    failed,
    allOf(
      presentElseDoubt(old, unsure?.finding.because, {
        present: `first of these recorded more than ${days} days ago`,
        absent: `none of these recorded more than ${days} days ago`,
      }),
      not(systemicSigns.fever, 'no fever', 'fever'),
    ),
  )
}

/** Rule R2 of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR2 = {
  name: 'ibc-r2',
  scope: 'side',
  means:
    'R2: are there two or more of the weaker signs, and either failed antibiotics, or no fever and the oldest of them ' +
    'on record longer than the limit?',
  ...inputs(weakInputs, failedInputs),
  edge: 'A third of the breast is 33 % or more. Nipple retraction counts when new and on one side.',
  missing: ruleUnread,
  find: ({ breast }) => breast.ibc.r2,
} as const satisfies FindingDefinition<OfRules>

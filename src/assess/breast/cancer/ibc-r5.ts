import { daysInMs } from '../../../units/units.js'
import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import type { OfRules } from './cancer-context.js'
import { ofCare } from '../describe.js'
import { drainageInputs, lastDrainage } from '../orders/drainage.js'
import { ruleUnread } from './ibc-words.js'
import { inflammationInputs } from '../signs/inflammation.js'
import { anyOf } from '../../logic.js'
import type { Workup } from '../workup.js'

/** The inputs that decide whether the breast was drained long ago. */
const drainedInputs = inputs(drainageInputs, inputOf('ibc.persistDays'))

/** The breast was drained more than `ibc.persistDays` ago. */
export function drainedLongAgo(workup: Workup): Finding {
  const { now, parameters } = workup.timeline
  const days = parameters['ibc.persistDays']
  const drainage = lastDrainage(workup)
  if (!drainage) return absent('not drained')
  return now - drainage.at > daysInMs(days)
    ? present(`drained more than ${days} days ago`, ofCare(drainage.fact))
    : absent(`drained at most ${days} days ago`)
}

/** Inflammation or a lump is still present, which the drainage should have ended. */
export const stillInflamed = ({ inflamed, signs }: Workup): Finding =>
  anyOf('inflammation and lump are gone', inflamed, signs.lump)

/** Rule R5 of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR5 = {
  name: 'ibc-r5',
  scope: 'side',
  means: 'R5: drained longer ago than the limit, and inflammation or a lump is still present?',
  ...inputs(drainedInputs, inflammationInputs),
  edge: 'Exactly the limit is not yet longer; a drainage of an earlier illness does not count.',
  missing: ruleUnread,
  find: ({ breast }) => breast.ibc.r5,
} as const satisfies FindingDefinition<OfRules>

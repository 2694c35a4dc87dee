import type { FindingDefinition } from '../../definition.js'
import { verdict, type Finding } from '../../finding.js'
import { ofCare } from '../describe.js'
import { withinDays } from '../../dating.js'
import type { Timeline } from '../../timeline.js'

/** Is an active breast referral on record, at most `orders.suppressDays` old? Exactly that age counts. */
function active({ timeline: { facts, parameters, now } }: { timeline: Timeline }): Finding {
  const found = facts.care.filter(
    ({ need, kind, status, when }) =>
      need === 'referral' &&
      kind === 'order' &&
      status === 'active' &&
      withinDays(when, parameters['orders.suppressDays'], now),
  )
  return verdict(
    found.length > 0,
    'a breast referral is active',
    'no active breast referral',
    found.map(ofCare),
  )
}

/** The finding that a referral to a breast surgeon or clinic is active (clinical 8). */
export const referralActive = {
  name: 'referral-active',
  scope: 'patient',
  means: 'Is a referral to a breast surgeon or breast clinic active?',
  facts: ['care'],
  sets: ['referral'],
  parameters: ['orders.suppressDays'],
  edge: 'Exactly the limit old counts; completed, on hold and revoked referrals do not.',
  missing: 'A referral without a date, or orders that could not be read, leave it absent.',
  find: active,
} as const satisfies FindingDefinition<{ timeline: Timeline }>

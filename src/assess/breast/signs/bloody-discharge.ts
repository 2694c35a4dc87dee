import { daysInMs, type Instant } from '../../../units/units.js'
import { inputOf, inputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import { withQuality } from '../../logic.js'
import { isOnOther } from '../breasts.js'
import type { Workup } from '../workup.js'
import { courseOf, signFinding } from './sign-finding.js'
import { signInputs } from './signs.js'

const sign = 'bloody-discharge'

/** The first record of the bloody discharge of this breast that is still there. */
export const dischargeStart = ({ breast }: Workup): Instant | undefined =>
  courseOf(breast.courses, sign).run[0]?.at

/**
 * Row 12, variant `discharge`: has bloody discharge of this breast alone been on record for more than `lump.days`?
 *
 * Edge:   exactly `lump.days` is not long enough; discharge of both breasts is the rusty pipe of the first days.
 * Source: clinical changes C19
 */
function lasting(workup: Workup): Finding {
  const { timeline, breast } = workup
  const days = timeline.parameters['lump.days']
  const start = dischargeStart(workup)
  return withQuality(signFinding(timeline, breast, sign), () => {
    const elsewhere = timeline.signs
      .get(sign)
      ?.some(({ fact }) => fact.state === 'present' && isOnOther(breast, fact.side))
    if (elsewhere === true) return absent('bloody discharge of both breasts')
    return start !== undefined && timeline.now - start > daysInMs(days)
      ? present(`first recorded more than ${days} days ago`)
      : absent(`not on record for more than ${days} days`)
  })
}

/** Bloody discharge of one breast that lasts (clinical 6.1 row 12). */
export const lastingDischarge = {
  name: 'lasting-bloody-discharge',
  scope: 'side',
  means: 'Has bloody nipple discharge of this breast alone been on record for longer than the limit?',
  ...inputs(signInputs, inputOf('lump.days')),
  edge: 'Exactly the limit is not yet longer. The discharge itself must still be current.',
  missing: 'Cannot be told when the discharge cannot.',
  find: ({ breast }) => lasting(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

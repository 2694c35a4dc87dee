import type { BirthFact } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import type { Instant } from '../../units/units.js'
import { withinDays } from '../evidence.js'
import type { Moment } from '../views.js'

const deliveryKinds: ReadonlySet<BirthFact['kind']> = new Set([
  'delivery',
  'living-infant',
  'some-infants-lost',
])

/**
 * The latest delivery on record (deliveryDate); a loss alone is no delivery.
 *
 * Edge:    a partial date counts from its earliest instant; a delivery planned for later is not one.
 * Missing: no dated delivery gives no instant.
 * Source:  clinical 1.2.
 */
export function deliveredAt(births: readonly BirthFact[], now: Instant): Instant | undefined {
  let latest: Instant | undefined
  for (const { kind, when } of births) {
    if (!when || !deliveryKinds.has(kind) || when.earliest > now) continue
    if (latest === undefined || when.earliest > latest) latest = when.earliest
  }
  return latest
}

/** How long a pregnancy can go on after an entry says that the infant will not be with her; clinical 1.2, Pregnant. */
const pregnancyDays = 300

/**
 * Entries of a kind within `loss.days` that no later delivery with a living infant has followed.
 *
 * Edge:   exactly `loss.days` counts; a living infant on the same date is not later. A surrogacy or adoption plan is
 *         written down during pregnancy, so the birth it leads to does not end it (ADR 0023).
 * Source: clinical 1.2, LOSS.
 */
export function standingEntries(
  { facts, parameters, now }: Moment,
  kind: BirthFact['kind'],
): readonly BirthFact[] {
  const entries = facts.births.filter(
    (entry) => entry.kind === kind && withinDays(entry.when, parameters['loss.days'], now),
  )
  const born = entries.length > 0 ? lastLivingAt(facts.births, now) : -Infinity
  const pregnancy = kind === 'infant-elsewhere' ? daysInMs(pregnancyDays) : 0
  return entries.filter(({ when }) => when !== undefined && born <= when.latest + pregnancy)
}

/** When a living infant was last born; a birth planned for later is not one. */
function lastLivingAt(births: readonly BirthFact[], now: Instant): Instant {
  let last = -Infinity
  for (const { kind, when } of births) {
    const living = kind === 'living-infant' || kind === 'some-infants-lost'
    if (living && when && when.earliest <= now) last = Math.max(last, when.earliest)
  }
  return last
}

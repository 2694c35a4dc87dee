import type { BirthFact } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import type { Instant } from '../../units/units.js'
import type { Moment } from '../moment.js'
import { withinDays } from '../dating.js'

const deliveryKinds: ReadonlySet<BirthFact['kind']> = new Set([
  'delivery',
  'living-infant',
  'some-infants-lost',
])

/**
 * The latest delivery on record (deliveryDate); a loss alone is no delivery.
 *
 * Edge:    a partial date counts from its earliest instant; a delivery planned for later does not count.
 * Missing: undefined without a dated delivery.
 * Source:  clinical 1.2
 */
export function deliveredAt(births: readonly BirthFact[], now: Instant): Instant | undefined {
  let latest: Instant | undefined
  for (const { kind, when } of births) {
    if (!when || !deliveryKinds.has(kind) || when.earliest > now) continue
    if (latest === undefined || when.earliest > latest) latest = when.earliest
  }
  return latest
}

/**
 * The days that a pregnancy can go on after an entry says that the infant will live elsewhere (clinical 1.2,
 * Pregnant).
 */
const pregnancyDays = 300

/**
 * The entries of a kind within `loss.days` that no later delivery of a living infant has followed.
 *
 * Edge:   exactly `loss.days` counts; a living infant on the same date is not later. A surrogacy or adoption plan is
 *         written during pregnancy, so the birth of that pregnancy does not end the entry (ADR 0023).
 * Source: clinical 1.2, LOSS
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

/** The latest birth of a living infant; a birth planned for later does not count. */
function lastLivingAt(births: readonly BirthFact[], now: Instant): Instant {
  let last = -Infinity
  for (const { kind, when } of births) {
    const living = kind === 'living-infant' || kind === 'some-infants-lost'
    if (living && when && when.earliest <= now) last = Math.max(last, when.earliest)
  }
  return last
}

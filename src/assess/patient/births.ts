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
 * The entries of a kind within `loss.days`, or fewer, that no later delivery of a living infant has followed.
 *
 * Edge:   exactly that many days count; a living infant on the same date is not later. A surrogacy or adoption plan is
 *         written during pregnancy, so the birth of that pregnancy does not end the entry (ADR 0023). An entry whose words
 *         put it in a year counts while any day of that year does.
 * Source: clinical 1.2, LOSS
 */
export function standingEntries(
  { facts, parameters, now }: Moment,
  kind: BirthFact['kind'],
  days = parameters['loss.days'],
): readonly BirthFact[] {
  const entries = facts.births.filter(
    (entry) => entry.kind === kind && withinDays(entry.when, days, now) && isYearWithin(entry, days, now),
  )
  const born = entries.length > 0 ? lastLivingAt(facts.births, now) : -Infinity
  const pregnancy = kind === 'infant-elsewhere' ? daysInMs(pregnancyDays) : 0
  return entries.filter(({ when }) => when !== undefined && born <= when.latest + pregnancy)
}

const isYearWithin = ({ year }: BirthFact, days: number, now: Instant): boolean =>
  year === undefined || Date.UTC(year + 1, 0) > now - daysInMs(days)

/** Births of an infant who lives, one of several among them; a birth planned for later does not count. */
export const livingInfants = (births: readonly BirthFact[], now: Instant): readonly BirthFact[] =>
  births.filter(
    ({ kind, when }) =>
      (kind === 'living-infant' || kind === 'some-infants-lost') && (!when || when.earliest <= now),
  )

/** The latest birth of a living infant. */
const lastLivingAt = (births: readonly BirthFact[], now: Instant): Instant =>
  Math.max(-Infinity, ...livingInfants(births, now).map(({ when }) => when?.earliest ?? -Infinity))

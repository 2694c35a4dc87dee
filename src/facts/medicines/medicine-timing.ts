import type { Span } from '../facts.js'
import { periodOf, spanIn } from '../fhir/instants.js'
import { fieldsOf, isGiven, objectsOf, stringOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { inUnitOf, quantityAmount } from '../fhir/quantities.js'
import { dayUnits } from '../../terminology/units-of-measure.js'
import type { ZoneClock } from '../fhir/zone-clock.js'

/** The course of an order: its recorded bounds, its days of supply, and whether the order is for 24 hours or less. */
export interface MedicineCourse {
  start?: Span
  end?: Span
  days?: number
  short: boolean
  /** Why a recorded time or duration could not be read. */
  why?: string
}

const dayMs = 86_400_000
/** A Duration in days; undefined when its number or unit could not be read. */
export function daysOf(duration: unknown): number | undefined {
  const amount = quantityAmount(duration)
  const days = 'why' in amount ? undefined : inUnitOf(dayUnits, amount)
  return typeof days === 'number' && days >= 0 ? days : undefined
}

const singleDose = /\b(?:single|one)[ -]?(?:time )?dose\b|\bonce only\b|\bone[ -]time only\b|\bx ?1 dose\b/i

const repeatsOf = (dosages: readonly Fields[]): readonly Fields[] =>
  dosages.flatMap((dosage) => objectsOf(fieldsOf(dosage['timing'])?.['repeat']))

/** The start and end that all dosages together span; without an end when one of the dosages has none. */
function boundsOf(repeats: readonly Fields[], clock: ZoneClock): MedicineCourse {
  const periods = repeats.flatMap((repeat) =>
    isGiven(repeat['boundsPeriod']) ? [periodOf(repeat['boundsPeriod'], clock)] : [],
  )
  const malformed = periods.some(({ start, end }) => start === 'malformed' || end === 'malformed')
  const starts = periods.flatMap(({ start }) => spanIn(start) ?? [])
  const ends = periods.flatMap(({ end }) => spanIn(end) ?? [])
  const start = starts.reduce<Span | undefined>((a, b) => (a && a.earliest <= b.earliest ? a : b), undefined)
  const last = ends.reduce<Span | undefined>((a, b) => (a && a.latest >= b.latest ? a : b), undefined)
  const end = ends.length === repeats.length ? last : undefined
  return {
    short: start !== undefined && end !== undefined && end.latest - start.earliest <= dayMs,
    ...(start && { start }),
    ...(end && { end }),
    ...(malformed && { why: 'boundsPeriod could not be read' }),
  }
}

/** The days of supply: the sum of boundsDuration, since the steps follow each other, or else the expected supply. */
function supplyOf(repeats: readonly Fields[], supply: unknown): { days?: number; why?: string } {
  const bounds = repeats.flatMap((repeat) =>
    isGiven(repeat['boundsDuration']) ? [repeat['boundsDuration']] : [],
  )
  const durations = bounds.length > 0 ? bounds : isGiven(supply) ? [supply] : []
  if (durations.length === 0) return {}
  const read = durations.map(daysOf)
  if (read.includes(undefined)) return { why: 'duration could not be read' }
  return { days: read.reduce<number>((sum, days) => sum + (days ?? 0), 0) }
}

/**
 * Reads the course of an order or statement from its dosage and dispense instructions.
 *
 * Units:   days of 24 hours.
 * Edge:    an order for exactly 24 hours, or for one dose, is a short order.
 * Missing: an unreadable time or duration gives the reason in `why`; without any time or duration the course has no
 *          end.
 * Source:  clinical 4.2
 */
export function medicineCourse(fields: Fields, dosageMember: string, clock: ZoneClock): MedicineCourse {
  const dosages = objectsOf(fields[dosageMember])
  const repeats = repeatsOf(dosages)
  const bounds = boundsOf(repeats, clock)
  const supply = supplyOf(repeats, fieldsOf(fields['dispenseRequest'])?.['expectedSupplyDuration'])
  const once =
    dosages.some((dosage) => singleDose.test(stringOf(dosage['text']) ?? '')) ||
    (repeats.length > 0 && repeats.every((repeat) => repeat['count'] === 1 && !isGiven(repeat['countMax'])))
  const why = bounds.why ?? supply.why
  return {
    ...bounds,
    short: bounds.short || once || (supply.days !== undefined && supply.days <= 1),
    ...(supply.days !== undefined && { days: supply.days }),
    ...(why !== undefined && { why }),
  }
}

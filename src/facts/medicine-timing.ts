import type { Span } from './facts.js'
import { periodOf, spanIn } from './instants.js'
import { fieldsOf, isGiven, numberOf, objectsOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { ZoneClock } from './zone-clock.js'

/** How long an order runs: recorded bounds, days of supply, and whether it is for 24 hours or less. */
export interface Course {
  start?: Span
  end?: Span
  days?: number
  short: boolean
  /** A time or duration is there and could not be read. */
  why?: string
}

const dayMs = 86_400_000
const hoursPerDay = 24
const daysPer = new Map<string, number>([
  ['s', 1 / 86_400],
  ['min', 1 / 1440],
  ['h', 1 / hoursPerDay],
  ['hour', 1 / hoursPerDay],
  ['hours', 1 / hoursPerDay],
  ['d', 1],
  ['day', 1],
  ['days', 1],
  ['wk', 7],
  ['week', 7],
  ['weeks', 7],
  ['mo', 30],
  ['month', 30],
  ['months', 30],
])

/** A Duration in days; undefined when its number or unit could not be read. */
export function daysOf(duration: unknown): number | undefined {
  const fields = fieldsOf(duration)
  const value = numberOf(fields?.['value'])
  const unit = stringOf(fields?.['code']) ?? stringOf(fields?.['unit'])
  const days = unit === undefined ? undefined : daysPer.get(unit.trim().toLowerCase())
  return value === undefined || value < 0 || days === undefined ? undefined : value * days
}

const singleDose = /\b(?:single|one)[ -]?(?:time )?dose\b|\bonce only\b|\bone[ -]time only\b|\bx ?1 dose\b/i

const repeatsOf = (dosages: readonly Fields[]): readonly Fields[] =>
  dosages.flatMap((dosage) => objectsOf(fieldsOf(dosage['timing'])?.['repeat']))

/** The start and end that all dosages together span; open when one of them has no end. */
function boundsOf(repeats: readonly Fields[], clock: ZoneClock): Course {
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

/** Days by boundsDuration (steps follow each other), else by the expected supply. */
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
 * Reads how long an order or statement runs from its dosage and dispense instructions.
 *
 * Units:   days of 24 hours.
 * Edge:    exactly 24 hours, or one dose, is a short order.
 * Missing: something that is there but no time or duration says why; nothing there leaves the course open.
 * Source:  clinical 4.2
 */
export function courseOf(fields: Fields, dosageMember: string, clock: ZoneClock): Course {
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

import type { PrefetchTemplate } from '../protocol/prefetch-templates.js'
import { daysInMs, type Instant } from '../units/units.js'
import { isObject } from './fhir-shape.js'

const timeElements = [
  'effectiveDateTime',
  'effectiveInstant',
  'effectivePeriod',
  'performedDateTime',
  'performedPeriod',
  'authoredOn',
  'period',
  'issued',
] as const

const dayLength = '2026-11-24'.length

/** The latest moment a date can mean; a month or a year says too little to sort by. */
function latest(text: string): Instant | undefined {
  const instant = Date.parse(text)
  if (Number.isNaN(instant) || text.length < dayLength) return undefined
  return text.length === dayLength ? instant + daysInMs(1) : instant
}

/** The moment a newest-first search sorts a resource by; of a period its end, else its start. */
function sortedBy(entry: unknown): Instant | undefined {
  const resource = isObject(entry) ? entry['resource'] : undefined
  if (!isObject(resource)) return undefined
  for (const element of timeElements) {
    const value = resource[element]
    const text = isObject(value) ? (value['end'] ?? value['start']) : value
    const instant = typeof text === 'string' ? latest(text) : undefined
    if (instant !== undefined) return instant
  }
  return undefined
}

/**
 * Is a newest-first answer complete although it has more pages, because its oldest entry is older than any rule looks?
 *
 * Edge:    entries that are not in falling order prove nothing: the server did not sort, so more may be hidden.
 * Missing: a template without a window is never complete this way; entries without a time, or with a month or a year alone, are passed over.
 * Source:  product decision 9
 */
export function reachesBack(template: PrefetchTemplate, entries: readonly unknown[], now: Instant): boolean {
  if (template.lookBackDays === undefined) return false
  let oldest = Infinity
  for (const entry of entries) {
    const instant = sortedBy(entry)
    if (instant === undefined) continue
    if (instant > oldest) return false
    oldest = instant
  }
  return oldest < now - daysInMs(template.lookBackDays)
}

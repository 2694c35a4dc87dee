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

/** The earliest and the latest instant of a date, because a server may sort by either end. */
interface Bounds {
  low: Instant
  high: Instant
}

/** How much earlier and later a day can begin and end in an unknown time zone than in UTC. */
const zonesMs = { ahead: 14 * 3_600_000, behind: 12 * 3_600_000 }

/** The bounds of a date or an instant; undefined for a month or a year, which is too imprecise for sorting. */
function boundsOf(text: string): Bounds | undefined {
  const instant = Date.parse(text)
  if (Number.isNaN(instant) || text.length < dayLength) return undefined
  if (text.length > dayLength) return { low: instant, high: instant }
  return { low: instant - zonesMs.ahead, high: instant + daysInMs(1) + zonesMs.behind }
}

/**
 * Finds the date by which a newest-first search sorts a resource: its first time element; for a period the end, else
 * the start.
 */
function sortedBy(entry: unknown): Bounds | undefined {
  const resource = isObject(entry) ? entry['resource'] : undefined
  if (!isObject(resource)) return undefined
  for (const element of timeElements) {
    const value = resource[element]
    const text = isObject(value) ? (value['end'] ?? value['start']) : value
    if (text !== undefined) return typeof text === 'string' ? boundsOf(text) : undefined
  }
  return undefined
}

/**
 * Is a newest-first response complete although more pages exist, because its oldest entry is older than every
 * look-back?
 *
 * Edge:    entries out of falling order prove nothing, because a server that does not sort may have newer entries on
 *          later pages. A day counts by its end, in any time zone.
 * Missing: a template without a window is never complete in this way; entries without a time, or with a month or a year
 *          alone, are ignored.
 * Source:  product decision 9
 */
export function reachesBack(template: PrefetchTemplate, entries: readonly unknown[], now: Instant): boolean {
  if (template.lookBackDays === undefined) return false
  let oldest = Infinity
  for (const entry of entries) {
    const bounds = sortedBy(entry)
    if (bounds === undefined) continue
    if (bounds.low > oldest) return false
    oldest = bounds.high
  }
  return oldest < now - daysInMs(template.lookBackDays)
}

/**
 * Does the server count more matches than it sent?
 *
 * Shape: `type` is the type of the matches; every resource counts once, and included resources of other types do not
 *        count.
 */
export function hasFewerThan(total: number, entries: readonly unknown[], type: string): boolean {
  const seen = new Set<unknown>()
  for (const entry of entries) {
    const resource = isObject(entry) ? entry['resource'] : undefined
    if (isObject(resource) && resource['resourceType'] === type) seen.add(resource['id'] ?? resource)
  }
  return seen.size < total
}

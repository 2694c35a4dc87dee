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

/** From when to when a date may lie, whichever end a server sorts by. */
interface Bounds {
  low: Instant
  high: Instant
}

/** Where a day of an unknown zone begins and ends, beside the same day of UTC. */
const zonesMs = { ahead: 14 * 3_600_000, behind: 12 * 3_600_000 }

/** A month or a year says too little to sort by. */
function boundsOf(text: string): Bounds | undefined {
  const instant = Date.parse(text)
  if (Number.isNaN(instant) || text.length < dayLength) return undefined
  if (text.length > dayLength) return { low: instant, high: instant }
  return { low: instant - zonesMs.ahead, high: instant + daysInMs(1) + zonesMs.behind }
}

/** What a newest-first search sorts a resource by: its first time; of a period the end, else the start. */
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
 * Is a newest-first answer complete although it has more pages, because its oldest entry is older than any rule looks?
 *
 * Edge:    entries that are not in falling order prove nothing: the server did not sort, so more may be hidden. A day
 *          counts by its end, in any zone.
 * Missing: a template without a window is never complete this way; entries without a time, or with a month or a year
 *          alone, are passed over.
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

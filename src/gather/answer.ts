import type { UnreadableCode } from './chart.js'
import { isObject, saysFailed } from './fhir-shape.js'

/** More entries than this in one Bundle are refused (product decision 18). */
const maxEntries = 5_000

/**
 * What the client or the FHIR server gave for one key, before anyone asks whose it is.
 *
 * Shape:   `entries` are Bundle entries as received; a lone resource is one entry. `next` is the link to more.
 * Missing: `why` says that the answer could not be used; empty `entries` without `why` means "looked, found none".
 */
export interface Answer {
  entries: readonly unknown[]
  next?: string
  why?: UnreadableCode
}

/** An answer that could not be used. */
export const unreadable = (why: UnreadableCode): Answer => ({ entries: [], why })

/** The address of the next page, when the Bundle names one. */
function nextLink(bundle: Record<string, unknown>): string | undefined {
  const links = bundle['link']
  if (!Array.isArray(links)) return undefined
  for (const link of links) {
    if (isObject(link) && link['relation'] === 'next' && typeof link['url'] === 'string') return link['url']
  }
  return undefined
}

/** A Bundle that holds nothing but outcomes: an empty search in one vendor's words, or a failure. */
function onlyOutcomes(entries: readonly unknown[]): 'no' | 'empty' | 'failed' {
  let failed = false
  for (const entry of entries) {
    const resource = isObject(entry) ? entry['resource'] : undefined
    if (!isObject(entry) || !isObject(resource) || resource['resourceType'] !== 'OperationOutcome')
      return 'no'
    const search = entry['search']
    failed ||= !isObject(search) || search['mode'] !== 'outcome' || saysFailed(resource)
  }
  return failed ? 'failed' : 'empty'
}

function readBundle(bundle: Record<string, unknown>): Answer {
  const entries = bundle['entry']
  if (entries === undefined || entries === null) return withNext([], bundle)
  if (!Array.isArray(entries)) return unreadable('malformed')
  if (entries.length > maxEntries) return unreadable('bad-answer')
  if (entries.length > 0) {
    const outcomes = onlyOutcomes(entries)
    if (outcomes === 'failed') return unreadable('client-failed')
    if (outcomes === 'empty') return withNext([], bundle)
  }
  return withNext(entries, bundle)
}

function withNext(entries: readonly unknown[], bundle: Record<string, unknown>): Answer {
  const next = nextLink(bundle)
  return next === undefined ? { entries } : { entries, next }
}

/**
 * Reads one value that stands where a resource or Bundle belongs.
 *
 * Shape:   null and an empty Bundle are "looked, found none"; any Bundle type, also none, is taken.
 * Missing: an OperationOutcome is the client's failure, never "no data"; text, numbers and lists are malformed.
 * Source:  https://cds-hooks.hl7.org/2.0/#prefetch-template
 */
export function readAnswer(value: unknown): Answer {
  if (value === null) return { entries: [] }
  if (!isObject(value) || typeof value['resourceType'] !== 'string') return unreadable('malformed')
  if (value['resourceType'] === 'Bundle') return readBundle(value)
  if (value['resourceType'] === 'OperationOutcome') return unreadable('client-failed')
  return { entries: [{ resource: value }] }
}

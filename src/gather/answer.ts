import type { UnreadableCode } from './chart.js'
import { isObject, saysFailed } from './fhir-shape.js'

/** The largest number of entries in one Bundle; a larger Bundle is refused (product decision 18). */
const maxEntries = 5_000

/**
 * The content of one prefetch value or response, before its resources are checked for their patient.
 *
 * Shape:   `entries` are Bundle entries as received; a resource without a Bundle is one entry. `next` is the link to
 *          the next page.
 * Missing: `why` says that the content could not be used; empty `entries` without `why` means that the search found
 *          nothing.
 */
export interface Answer {
  entries: readonly unknown[]
  next?: string
  why?: UnreadableCode
}

/** An answer that could not be used. */
export const unreadable = (why: UnreadableCode): Answer => ({ entries: [], why })

/** Finds the address of the next page, when the Bundle names one. */
function nextLink(bundle: Record<string, unknown>): string | undefined {
  const links = bundle['link']
  if (!Array.isArray(links)) return undefined
  for (const link of links) {
    if (isObject(link) && link['relation'] === 'next' && typeof link['url'] === 'string') return link['url']
  }
  return undefined
}

/** Tells whether a Bundle holds OperationOutcomes alone, and whether they mean an empty search or a failure. */
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
 * Reads one value in the place of a resource or a Bundle.
 *
 * Shape:   null and an empty Bundle mean that the search found nothing; a Bundle of any type, or without a type, is
 *          accepted.
 * Missing: an OperationOutcome is a failure of the client, never "no data"; texts, numbers and lists are malformed.
 * Source:  https://cds-hooks.hl7.org/2.0/#prefetch-template
 */
export function readAnswer(value: unknown): Answer {
  if (value === null) return { entries: [] }
  if (!isObject(value) || typeof value['resourceType'] !== 'string') return unreadable('malformed')
  if (value['resourceType'] === 'Bundle') return readBundle(value)
  if (value['resourceType'] === 'OperationOutcome') return unreadable('client-failed')
  return { entries: [{ resource: value }] }
}

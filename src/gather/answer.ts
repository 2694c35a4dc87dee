import type { UnreadableCode } from './chart.js'
import { isObject, saysFailed } from './fhir-shape.js'
import type { Objection } from './search-forms.js'

/** The largest number of entries in one Bundle; a larger Bundle is refused (product decision 18). */
const maxEntries = 5_000

/**
 * The content of one prefetch value or response, before its resources are checked for their patient.
 *
 * Shape:   `entries` are Bundle entries as received; a resource without a Bundle is one entry. `next` is the link to
 *          the next page, `total` the number of matches that the server counts over all pages. `objection` says that the
 *          server refused the search, and perhaps answers a smaller one.
 * Missing: `why` says that the content could not be used, or only the `entries` that are there; empty `entries` without
 *          `why` means that the search found nothing.
 */
export interface Answer {
  entries: readonly unknown[]
  next?: string
  total?: number
  why?: UnreadableCode
  objection?: Objection
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

/** The OperationOutcome of an entry, if the entry holds one. */
function outcomeIn(entry: unknown): Record<string, unknown> | undefined {
  const resource = isObject(entry) ? entry['resource'] : undefined
  return isObject(resource) && resource['resourceType'] === 'OperationOutcome' ? resource : undefined
}

/** The number of matches that a Bundle counts, when the number can be read. */
function totalOf({ total }: Record<string, unknown>): number | undefined {
  return typeof total === 'number' && Number.isInteger(total) ? total : undefined
}

/** Reads a Bundle; an OperationOutcome among its entries decides by its severity, whether `search.mode` is there or not. */
function readBundle(bundle: Record<string, unknown>): Answer {
  const listed = bundle['entry'] ?? []
  if (!Array.isArray(listed)) return unreadable('malformed')
  if (listed.length > maxEntries) return unreadable('bad-answer')
  const outcomes = listed.map(outcomeIn)
  const entries = listed.filter((_, place) => outcomes[place] === undefined)
  if (outcomes.some((outcome) => outcome && saysFailed(outcome))) return { entries, why: 'client-failed' }
  const next = nextLink(bundle)
  const total = totalOf(bundle)
  return { entries, ...(next !== undefined && { next }), ...(total !== undefined && { total }) }
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

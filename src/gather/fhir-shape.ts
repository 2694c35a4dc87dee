import type { FhirResource } from 'fhir/r4.js'

/** A JSON object: neither null nor an array. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object with a FHIR resource type; its other members are not checked. */
export const isResource = (value: unknown): value is FhirResource =>
  isObject(value) && typeof value['resourceType'] === 'string'

/**
 * Does this OperationOutcome say that the search failed?
 *
 * Edge:    one vendor returns an outcome of severity `information` or `warning` for an empty search, which is no
 *          failure.
 * Missing: an outcome without a readable severity counts as failure, because doubt must never read as "no data".
 */
export function saysFailed(outcome: Record<string, unknown>): boolean {
  const issues = outcome['issue']
  if (!Array.isArray(issues) || issues.length === 0) return true
  return !issues.every(
    (issue) => isObject(issue) && (issue['severity'] === 'information' || issue['severity'] === 'warning'),
  )
}

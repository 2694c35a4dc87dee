import type { SetId } from './code-book.js'
import type { LocalCode } from './compile-code-book.js'

/**
 * The sets of Observations that each search by code asks for; signs are searched by category, because words have no code.
 *
 * Source: product decision 9
 */
export const searchedSets = {
  lactationStatus: ['bf-status', 'delivery-date', 'pregnancy-status', 'due-date', 'gestational-age'],
  temperatures: ['temperature'],
  vitalSigns: [
    'heart-rate',
    'respiratory-rate',
    'blood-pressure',
    'systolic',
    'diastolic',
    'mean-arterial-pressure',
    'oxygen-saturation',
    'pain',
  ],
  laboratory: ['white-cells', 'platelets', 'c-reactive-protein', 'lactate', 'creatinine', 'bilirubin', 'inr'],
} as const satisfies Readonly<Record<string, readonly SetId[]>>

/** The key of a search by code. */
export type CodedSearch = keyof typeof searchedSets

/**
 * The codes that a site adds to each search by code, as values of its "code" parameter.
 *
 * Shape: ready for a query: FHIR's own marks within a code are escaped, and what has a meaning in a URL is encoded.
 */
export function localSearches(
  localCodes: ReadonlyMap<SetId, readonly LocalCode[]>,
): Readonly<Record<CodedSearch, readonly string[]>> {
  const codesOf = (sets: readonly SetId[]): readonly string[] => [
    ...new Set(sets.flatMap((set) => (localCodes.get(set) ?? []).map(searchToken))),
  ]
  return {
    lactationStatus: codesOf(searchedSets.lactationStatus),
    temperatures: codesOf(searchedSets.temperatures),
    vitalSigns: codesOf(searchedSets.vitalSigns),
    laboratory: codesOf(searchedSets.laboratory),
  }
}

/** A code as the value of a search parameter: "http://loinc.org|8310-5". */
const searchToken = ({ system, code }: LocalCode): string => `${escaped(system)}|${escaped(code)}`

const plainInQuery = /^[A-Za-z0-9:/._-]*$/

const escaped = (text: string): string =>
  plainInQuery.test(text) ? text : encodeURIComponent(text.replace(/[\\,|$]/g, String.raw`\$&`))

import { spanIn, timeOf } from './instants.js'
import { conceptOf, conceptsOf, objectsOf } from './narrow.js'
import { provenance } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import { statusCode } from './validity.js'

const refuted: ReadonlySet<string> = new Set(['entered-in-error', 'refuted'])

/**
 * Reads an AllergyIntolerance to medicines we know.
 *
 * Edge:    inactive and resolved ones are dropped, as are refuted ones; without clinicalStatus it is active.
 * Missing: an allergy to something that is no medicine of clinical 2.6 is no fact.
 */
export function readAllergy({ fields, source }: Entry, { codes, clock, sheet }: Reading): void {
  const verification = statusCode(fields['verificationStatus'])
  if (verification !== undefined && refuted.has(verification)) return
  const clinical = statusCode(fields['clinicalStatus'])
  if (clinical !== undefined && clinical !== 'active') return
  const substances = [
    conceptOf(fields['code']),
    ...objectsOf(fields['reaction']).flatMap((reaction) => conceptsOf(reaction['substance'])),
  ]
  const ingredients = new Set(substances.flatMap((substance) => codes.medicine(substance).ingredients))
  if (ingredients.size === 0) return
  const when = spanIn(timeOf(fields['onsetDateTime'], clock) ?? timeOf(fields['recordedDate'], clock))
  sheet.allergies.push({ ingredients: [...ingredients], ...provenance(source, when, false) })
}

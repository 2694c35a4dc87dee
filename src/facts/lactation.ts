import type { CodeableConcept } from 'fhir/r4.js'
import { answerOf } from './answers.js'
import type { CodeBook } from './code-book.js'
import { noteUnreadable, provenance } from './sheet.js'
import type { Reading } from './sheet.js'
import type { Statement } from './statement.js'

/** LOINC "Infant is being breastfed at discharge": its no means nothing (the infant may be in intensive care). */
const dischargeCode = '73756-9'

const isDischarge = (code: CodeableConcept | undefined, codes: CodeBook): boolean => {
  const asked = (code?.coding ?? []).filter((coding) => codes.codingIn('bf-status', coding))
  return asked.length > 0 && asked.every((coding) => coding.code === dischargeCode)
}

/**
 * Reads one statement about breastfeeding (clinical 1.2 step 1, VS-BF-STATUS).
 *
 * Edge:    the value decides: SNOMED CT 413712001 "Breastfeeding (mother)" with a value that says not breastfeeding is
 *          no. A code without a value proves nothing. Discharge status never says no.
 * Missing: a value that says neither yes nor no is noted as unreadable and stated as unknown.
 */
export function readLactation(statement: Statement, { codes, sheet }: Reading): void {
  const { source, when, holder, code } = statement
  const answer = answerOf(holder, codes, 'bf-yes', 'bf-no')
  const discharge = isDischarge(code, codes)
  if (answer === 'unreadable') {
    noteUnreadable(
      sheet,
      'lactation',
      'breastfeeding status has a value that is neither yes nor no',
      source,
      when,
    )
  }
  const says = answer === 'yes' || (answer === 'no' && !discharge) ? answer : 'unknown'
  sheet.lactation.push({ says, discharge, ...provenance(source, when, false) })
}

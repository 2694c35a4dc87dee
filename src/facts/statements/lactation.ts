import type { CodeableConcept } from 'fhir/r4.js'
import { answerOf } from './answers.js'
import type { YesNoAnswer } from './answers.js'
import { noteInfantsInProse } from './births.js'
import { proseOf } from './signs.js'
import type { CodeBook } from '../../terminology/code-book.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import type { Statement } from './statement.js'

/**
 * LOINC "Infant is being breastfed at discharge"; its no means nothing, because the infant may be in intensive care.
 */
const dischargeCode = '73756-9'

const isDischarge = (code: CodeableConcept | undefined, codes: CodeBook): boolean => {
  const asked = (code?.coding ?? []).filter((coding) => codes.codingIn('bf-status', coding))
  return asked.length > 0 && asked.every((coding) => coding.code === dischargeCode)
}

function answerInWords(text: string, { readText }: ReaderContext): YesNoAnswer {
  const [said] = readText({ kind: 'feeding', text }).readings
  if (said === undefined) return 'unreadable'
  return said.state === 'present' ? 'yes' : 'no'
}

/**
 * Reads one statement about breastfeeding (clinical 1.2 step 1, VS-BF-STATUS).
 *
 * Edge:    the value decides over the code: SNOMED CT 413712001 "Breastfeeding (mother)" with a value of not
 *          breastfeeding is a no. A code without a value proves nothing. A discharge status never means no.
 * Missing: a value that is neither yes nor no is noted as not understood and stated as unknown; no rule waits for it.
 * Source:  clinical changes C10; a loss that the value tells of: C13
 */
export function readLactation(statement: Statement, context: ReaderContext): void {
  const { codes, collector } = context
  const { source, when, holder, code } = statement
  const text = proseOf(statement)
  if (text !== undefined) noteInfantsInProse(text, statement, context)
  const coded = answerOf(holder, codes, 'bf-yes', 'bf-no')
  const answer = coded === 'unreadable' && text !== undefined ? answerInWords(text, context) : coded
  const discharge = isDischarge(code, codes)
  if (answer === 'unreadable') {
    noteUnreadable(collector, 'feeding', 'breastfeeding status has a value that is neither yes nor no', {
      source,
      when,
    })
  }
  const says = answer === 'yes' || (answer === 'no' && !discharge) ? answer : 'unknown'
  collector.lactation.push({ says, discharge, ...provenance(source, when, false) })
}

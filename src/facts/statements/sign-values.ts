import type { CodeableConcept } from 'fhir/r4.js'
import { answerOf, gradeAlone, gradeOf } from './answers.js'
import type { YesNoAnswer } from './answers.js'
import type { CodeBook } from '../../terminology/code-book.js'
import { extentOf } from './extents.js'
import type { Sign } from '../facts.js'
import { conceptOf, conceptsOf, isGiven, numberOf, stringOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'

/** The state of a sign, and its grade and extent, by its value. */
export type SignValue = Pick<Sign, 'state' | 'grade' | 'size' | 'share'> & {
  /** Why a part of the value could not be read although the state could. */
  why?: string
}

const interpretations = new Map<string, 'present' | 'absent'>([
  ['N', 'absent'],
  ['NEG', 'absent'],
  ['POS', 'present'],
  ['A', 'present'],
  ['AA', 'present'],
  ['H', 'present'],
  ['HH', 'present'],
])

/** The state that an interpretation gives: N is absent; POS, A and H are present (clinical 2.7). */
export function interpretationOf(holder: Fields): 'present' | 'absent' | undefined {
  if (!isGiven(holder['interpretation'])) return undefined
  for (const { coding } of conceptsOf(holder['interpretation'])) {
    for (const { code } of coding ?? []) {
      const state = code === undefined ? undefined : interpretations.get(code)
      if (state) return state
    }
  }
  return undefined
}

const stateOf = new Map<YesNoAnswer, Sign['state']>([
  ['yes', 'present'],
  ['no', 'absent'],
  ['unknown', 'unknown'],
])

function numberValue(value: number): SignValue | undefined {
  if (value < 0) return undefined
  return { state: value === 0 ? 'absent' : 'present' }
}

function quantityValue(quantity: unknown): SignValue | undefined {
  const reading = extentOf(quantity)
  if (!('amount' in reading)) return undefined
  const { amount, extent, why } = reading
  if (amount === 0) return { state: 'absent' }
  return { state: 'present', ...extent, ...(why !== undefined && { why }) }
}

function gradeValue(holder: Fields): SignValue | undefined {
  const concept = conceptOf(holder['valueCodeableConcept'])
  const text = stringOf(holder['valueString'])
  const grade = concept ? gradeAsValue(concept) : text === undefined ? undefined : gradeAlone(text)
  return grade && { state: 'present', grade }
}

/** The severity of a concept that is nothing but a severity: by code, or by one word. */
const gradeAsValue = (concept: CodeableConcept): Sign['grade'] =>
  gradeOf(concept.coding ? { coding: concept.coding } : undefined) ??
  (concept.text === undefined ? undefined : gradeAlone(concept.text))

/**
 * Code systems of findings: a code of theirs states the sign without a value. LOINC codes and words only ask about the
 * sign.
 */
const findingSystems: ReadonlySet<string | undefined> = new Set([
  'http://snomed.info/sct',
  'http://hl7.org/fhir/sid/icd-10-cm',
])

/** Does a coding from a system of findings, rather than of questions, belong to this sign? */
export const isFindingCode = (sign: string, code: CodeableConcept | undefined, codes: CodeBook): boolean =>
  (code?.coding ?? []).some((coding) => findingSystems.has(coding.system) && codes.codingIn(sign, coding))

/** A coded answer that names a share of the breast: "less than a third". */
function sharedValue({ valueCodeableConcept }: Fields, codes: CodeBook): SignValue | undefined {
  const percent = codes.percentOf(conceptOf(valueCodeableConcept))
  return percent === undefined ? undefined : { state: 'present', share: percent / 100 }
}

/**
 * Reads the value of a sign that is no prose: coded, boolean, one word, number, size, share or severity.
 *
 * Edge:    a value outweighs the interpretation. Without a value and without dataAbsentReason the sign is present only
 *          if the code itself is the finding.
 * Missing: `undefined` for any other value; the caller then reads the value as prose, or notes it as unreadable.
 * Source:  clinical 3.5, 2.7
 */
export function signValue(
  holder: Fields,
  codeIsFinding: () => boolean,
  codes: CodeBook,
): SignValue | undefined {
  const { valueQuantity, valueInteger } = holder
  const integer = numberOf(valueInteger)
  if (isGiven(valueQuantity)) return quantityValue(valueQuantity)
  if (integer !== undefined) return numberValue(integer)
  const shared = sharedValue(holder, codes)
  if (shared) return shared
  const answer = answerOf(holder, codes)
  const state = stateOf.get(answer)
  if (state && answer !== 'unknown') return { state }
  const graded = gradeValue(holder)
  if (graded) return graded
  if (answer === 'unreadable') return undefined
  const interpreted = interpretationOf(holder)
  if (interpreted) return { state: interpreted }
  if (answer === 'silent' && codeIsFinding()) return { state: 'present' }
  return { state: 'unknown' }
}

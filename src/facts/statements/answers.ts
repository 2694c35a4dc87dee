import type { CodeableConcept } from 'fhir/r4.js'
import type { CodeBook } from '../../terminology/code-book.js'
import type { Grade } from '../../terminology/concepts.js'
import { conceptOf, isGiven, stringOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'

/**
 * The answer of a value to a yes-or-no question: `silent` without a value, `unreadable` for a value that is no such
 * answer.
 */
export type YesNoAnswer = 'yes' | 'no' | 'unknown' | 'silent' | 'unreadable'

const answerWords = new Map<string, 'yes' | 'no' | 'unknown'>([
  ...['yes', 'y', 'true', 'present', 'positive', 'pos'].map((word): [string, 'yes'] => [word, 'yes']),
  ...['no', 'n', 'false', 'absent', 'negative', 'neg', 'none'].map((word): [string, 'no'] => [word, 'no']),
  ...['unknown', 'unk', 'asku', 'nask', 'not known', 'not asked'].map((word): [string, 'unknown'] => [
    word,
    'unknown',
  ]),
])

const valueMember = /^value[A-Z]/
const finalStop = /[.!\s]{1,20}$/

/** The answer of a text that is nothing but an answer: "Yes", "absent.", "unknown". */
export const wordAnswer = (text: string): 'yes' | 'no' | 'unknown' | undefined =>
  text.length > 20 ? undefined : answerWords.get(text.trim().toLowerCase().replace(finalStop, ''))

/** Two answers of one value together: the answer if both agree, or else `unreadable`. */
const agreed = (one: YesNoAnswer | undefined, other: YesNoAnswer | undefined): YesNoAnswer | undefined =>
  one === undefined || other === undefined || one === other ? (one ?? other) : 'unreadable'

/**
 * Reads the answer of a coded value: by reviewed codes first, then by local codes and words.
 *
 * Shape:  codes of the sets `yesSet` and `noSet`, and of 'present-value', 'absent-value' and 'unknown-value'. A local
 *         system's "true", "N" or "No" counts only where no coding has a recognised system.
 * Edge:   codings that contradict each other are `unreadable`.
 * Source: clinical 3.5
 */
export function conceptAnswer(
  concept: CodeableConcept,
  codes: CodeBook,
  yesSet = 'present-value',
  noSet = 'absent-value',
): YesNoAnswer {
  let answer: YesNoAnswer | undefined
  for (const coding of concept.coding ?? []) {
    if (codes.codingIn(yesSet, coding) || codes.codingIn('present-value', coding))
      answer = agreed(answer, 'yes')
    else if (codes.codingIn(noSet, coding) || codes.codingIn('absent-value', coding))
      answer = agreed(answer, 'no')
    else if (codes.codingIn('unknown-value', coding)) answer = agreed(answer, 'unknown')
  }
  if (answer !== undefined || codes.hasRecognisedSystem(concept)) return answer ?? 'unreadable'
  for (const coding of concept.coding ?? []) {
    answer = agreed(answer, coding.code === undefined ? undefined : wordAnswer(coding.code))
    answer = agreed(answer, coding.display === undefined ? undefined : wordAnswer(coding.display))
  }
  answer = agreed(answer, concept.text === undefined ? undefined : wordAnswer(concept.text))
  return answer ?? 'unreadable'
}

/** Does the Observation or component hold any `value[x]`? */
export const hasValue = (holder: Fields): boolean => {
  for (const name in holder) if (valueMember.test(name) && isGiven(holder[name])) return true
  return false
}

/**
 * Reads the answer of an Observation or component: a boolean, a coded value or one word.
 *
 * Missing: without a value, `dataAbsentReason` is `unknown` and its absence `silent`. Numbers and prose are
 *          `unreadable` here and read elsewhere.
 */
export function answerOf(holder: Fields, codes: CodeBook, yesSet?: string, noSet?: string): YesNoAnswer {
  const { valueBoolean, valueString, valueCodeableConcept } = holder
  if (typeof valueBoolean === 'boolean') return valueBoolean ? 'yes' : 'no'
  const concept = conceptOf(valueCodeableConcept)
  if (concept) return conceptAnswer(concept, codes, yesSet, noSet)
  const text = stringOf(valueString)
  if (text !== undefined) return wordAnswer(text) ?? 'unreadable'
  if (hasValue(holder)) return 'unreadable'
  return isGiven(holder['dataAbsentReason']) ? 'unknown' : 'silent'
}

const gradeCodes = new Map<string, Grade>([
  ['255604002', 'mild'],
  ['6736007', 'moderate'],
  ['24484000', 'severe'],
])
const gradeWord = /\b(mild|moderate|severe)\b/gi

/** The grade that words name; undefined when they name two different ones. */
function gradeInWords(words: string): Grade | undefined {
  const found = new Set((words.match(gradeWord) ?? []).map((word) => word.toLowerCase()))
  const [grade] = found
  return found.size === 1 ? (grade as Grade) : undefined
}

/** The severity that a concept states, by SNOMED CT code or by its words (clinical 2.7). */
export function gradeOf(concept: CodeableConcept | undefined): Grade | undefined {
  if (!concept) return undefined
  for (const { code } of concept.coding ?? []) {
    const grade = code === undefined ? undefined : gradeCodes.get(code)
    if (grade) return grade
  }
  return gradeInWords(conceptWords(concept))
}

/** The severity of a text that is nothing but a severity: "Severe". */
export const gradeAlone = (text: string): Grade | undefined =>
  text.trim().length <= 10 ? gradeInWords(text) : undefined

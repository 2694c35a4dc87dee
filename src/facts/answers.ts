import type { CodeableConcept } from 'fhir/r4.js'
import type { CodeBook } from './code-book.js'
import type { Grade } from './facts.js'
import { conceptOf, isGiven, stringOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'

/** What a value says to a yes-or-no question; `silent` when there is no value, `unreadable` when it says neither. */
export type Answer = 'yes' | 'no' | 'unknown' | 'silent' | 'unreadable'

const answerWords = new Map<string, 'yes' | 'no' | 'unknown'>([
  ...['yes', 'y', 'true', 'present', 'positive', 'pos'].map((word): [string, 'yes'] => [word, 'yes']),
  ...['no', 'n', 'false', 'absent', 'negative', 'neg', 'none'].map((word): [string, 'no'] => [word, 'no']),
  ...['unknown', 'unk', 'asku', 'nask', 'not known', 'not asked'].map((word): [string, 'unknown'] => [
    word,
    'unknown',
  ]),
])

const valueMember = /^value[A-Z]/
const finalStop = /[.!\s]+$/

/** A string that is nothing but an answer: "Yes", "absent.", "unknown". */
export const wordAnswer = (text: string): 'yes' | 'no' | 'unknown' | undefined =>
  text.length > 20 ? undefined : answerWords.get(text.trim().toLowerCase().replace(finalStop, ''))

/** Two sayings of one value: the same is kept, different ones cannot be read. */
const agreed = (one: Answer | undefined, other: Answer | undefined): Answer | undefined =>
  one === undefined || other === undefined || one === other ? (one ?? other) : 'unreadable'

/**
 * What a coded value says: yes, no or unknown, by reviewed codes first, then by local codes and words.
 *
 * Shape:   codes of the sets `yesSet` and `noSet`, of 'present-value', 'absent-value' and 'unknown-value'; a local
 *          system's "true", "N", "No" only where no coding has a recognised system.
 * Edge:    codings that contradict each other cannot be read.
 * Source:  clinical 3.5
 */
export function conceptAnswer(
  concept: CodeableConcept,
  codes: CodeBook,
  yesSet = 'present-value',
  noSet = 'absent-value',
): Answer {
  let answer: Answer | undefined
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
 * Reads the answer of an Observation or component that is a boolean, a coded value or one word.
 *
 * Missing: `dataAbsentReason` without a value is `unknown`; no value at all is `silent`; numbers and prose are
 *          `unreadable` here and read elsewhere.
 */
export function answerOf(holder: Fields, codes: CodeBook, yesSet?: string, noSet?: string): Answer {
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

/** The one grade that words name; two different ones are none. */
function gradeInWords(words: string): Grade | undefined {
  const found = new Set((words.match(gradeWord) ?? []).map((word) => word.toLowerCase()))
  const [grade] = found
  return found.size === 1 ? (grade as Grade) : undefined
}

/** The severity a concept states, by SNOMED CT code or its words (clinical 2.7). */
export function gradeOf(concept: CodeableConcept | undefined): Grade | undefined {
  if (!concept) return undefined
  for (const { code } of concept.coding ?? []) {
    const grade = code === undefined ? undefined : gradeCodes.get(code)
    if (grade) return grade
  }
  return gradeInWords(wordsOf(concept))
}

/** Is a text nothing but a severity: "Severe"? */
export const gradeAlone = (text: string): Grade | undefined =>
  text.trim().length <= 10 ? gradeInWords(text) : undefined

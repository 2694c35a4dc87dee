import { signNames } from '../../terminology/concepts.js'
import type { SignName } from '../../terminology/concepts.js'
import type { SetMatch } from '../../terminology/code-book.js'
import type { Sign } from '../facts.js'
import { readMeasure } from './measures.js'
import { conceptOf, isGiven, numberOf, stringOf, conceptWords } from '../fhir/narrow.js'
import { noteProse } from './prose.js'
import { notFromImaging, signsOf } from './sign-readings.js'
import { extentOf } from './extents.js'
import { matchesSet, noteUnreadable } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import { interpretationOf, isFindingCode, signValue } from './sign-values.js'
import type { SignValue } from './sign-values.js'
import type { Statement } from './statement.js'

const signSets: ReadonlySet<string> = new Set(signNames)

/** Is the set one of the signs of clinical 2.2? */
export const isSignSet = (set: string): set is SignName => signSets.has(set)

/** Pain of 4 and more is at least moderate (clinical 2.7). */
const moderatePain = 4

function signFact(sign: SignName, value: SignValue, statement: Statement, fromText: boolean): Sign {
  const { state, grade, size, share } = value
  const { source, when, place, sets, began } = statement
  const fact: Sign = {
    source,
    fromText,
    sign,
    state,
    side: place.side,
    possible: false,
    focal: sign === 'breast-pain' && matchesSet(sets, 'focal-tenderness'),
    spreading: false,
  }
  if (when) fact.when = when
  if (grade) fact.grade = grade
  if (size) fact.size = size
  if (share !== undefined) fact.share = share
  if (began && state === 'present') fact.began = began
  return fact
}

/**
 * Reads a pain score into a measure, and into the sign breast pain.
 *
 * Edge:   4 and more is moderate. A score of a place that is not the breast is dropped. A score without any place is
 *         breast pain only beside other evidence (unplaced-pain.ts).
 * Source: clinical 2.2, 2.7
 */
export function readPainScore(statement: Statement, context: ReaderContext): void {
  if (statement.place.elsewhere) return
  const score = readMeasure('pain', statement, context)
  if (score === undefined) return
  const value: SignValue =
    score === 0
      ? { state: 'absent' }
      : { state: 'present', grade: score >= moderatePain ? 'moderate' : 'mild' }
  const { signs, unplacedPain } = context.collector
  const list = statement.aboutBreast() ? signs : unplacedPain
  list.push(signFact('breast-pain', value, statement, false))
}

const hasScore = ({ valueInteger, valueQuantity }: Statement['holder']): boolean => {
  if (numberOf(valueInteger) !== undefined) return true
  const reading = isGiven(valueQuantity) ? extentOf(valueQuantity) : undefined
  return reading !== undefined && 'score' in reading && reading.score
}

/** The prose of a statement: its string value, or the words of its coded value. */
export function proseOf({ holder }: Statement): string | undefined {
  const text = stringOf(holder['valueString'])
  if (text !== undefined) return text
  const concept = conceptOf(holder['valueCodeableConcept'])
  return stringOf(concept?.text) ?? stringOf(conceptWords(concept))
}

/** Reads an answer in words ("resolved", "not seen", "left breast red") to the question that the code asks. */
function readFromProse(sign: SignName, statement: Statement, context: ReaderContext): void {
  const text = proseOf(statement)
  if (text !== undefined && readAnswer(sign, text, statement, context)) return
  const { source, when, holder } = statement
  const interpreted = interpretationOf(holder)
  if (interpreted) context.collector.signs.push(signFact(sign, { state: interpreted }, statement, false))
  else noteUnreadable(context.collector, sign, 'value of the sign could not be read', { source, when })
}

/** Notes all that an answer says; was it understood for the sign that is asked about? */
function readAnswer(sign: SignName, text: string, statement: Statement, context: ReaderContext): boolean {
  const question = `breast ${sign.replaceAll('-', ' ')}` // the names of signs are words the reader knows
  const said = context.readText({ kind: 'exam', text, about: question })
  const own = signsOf(said, statement.imaging()).filter((one) => one.sign === sign)
  const answered = own.some(({ reading }) => reading.state !== 'unreadable')
  const unanswered = new Set(answered ? [] : own.map(({ reading }) => reading))
  const readings = said.readings.filter((reading) => !unanswered.has(reading))
  noteProse(text, { ...said, readings }, { ...statement, aboutBreast: () => true }, context)
  return answered
}

/**
 * Reads an Observation or component whose code is a sign.
 *
 * Edge:    imaging states no lump and no skin thickening; a number with breast pain is a pain score.
 * Missing: dataAbsentReason, "unknown", or a question without an answer is state `unknown`; a value that cannot be
 *          read is noted as unreadable.
 * Source:  clinical 2.2, 2.7, 3.5
 */
export function readSign({ set, fromText }: SetMatch, statement: Statement, context: ReaderContext): void {
  if (!isSignSet(set) || (notFromImaging.has(set) && statement.imaging())) return
  if (set === 'breast-pain') {
    if (matchesSet(statement.sets, 'pain')) return // the score itself is read by readPainScore
    if (hasScore(statement.holder)) {
      readPainScore({ ...statement, aboutBreast: () => true }, context)
      return
    }
  }
  const { holder, code } = statement
  const value = signValue(holder, () => isFindingCode(set, code, context.codes), context.codes)
  if (!value) {
    readFromProse(set, statement, context)
    return
  }
  context.collector.signs.push(signFact(set, value, statement, fromText))
  if (value.why !== undefined) noteUnreadable(context.collector, set, value.why, statement)
}

/** A coded value that is itself a sign ("finding: peau d'orange"): present, unless interpreted as normal. */
export function noteSignValue(
  { set, fromText }: SetMatch,
  statement: Statement,
  context: ReaderContext,
): void {
  if (!isSignSet(set) || (notFromImaging.has(set) && statement.imaging())) return
  const state = interpretationOf(statement.holder) ?? 'present'
  context.collector.signs.push(signFact(set, { state }, statement, fromText))
}

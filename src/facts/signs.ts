import { signNames } from './concepts.js'
import type { SignName } from './concepts.js'
import type { SetMatch } from './code-book.js'
import type { Sign } from './facts.js'
import { readMeasure } from './measures.js'
import { conceptOf, isGiven, numberOf, stringOf, wordsOf } from './narrow.js'
import { readProse } from './prose.js'
import { extentOf } from './extents.js'
import { isIn, noteUnreadable } from './sheet.js'
import type { Reading } from './sheet.js'
import { interpretationOf, isFindingCode, signValue } from './sign-values.js'
import type { SignValue } from './sign-values.js'
import type { Statement } from './statement.js'

const signSets: ReadonlySet<string> = new Set(signNames)

/** Is the set one of the signs of clinical 2.2? */
export const isSignSet = (set: string): set is SignName => signSets.has(set)

/** Signs that an imaging examination cannot state: there the words mean something else (clinical 2.2). */
const notFromImaging: ReadonlySet<SignName> = new Set(['lump', 'skin-thickening'])

/** Pain of 4 and more is at least moderate (clinical 2.7). */
const moderatePain = 4
const longestAnswer = 40

function signFact(sign: SignName, value: SignValue, statement: Statement, fromText: boolean): Sign {
  const { state, grade, size, share } = value
  const { source, when, place, sets } = statement
  const fact: Sign = {
    source,
    fromText,
    sign,
    state,
    side: place.side,
    possible: false,
    focal: sign === 'breast-pain' && isIn(sets, 'focal-tenderness'),
    spreading: false,
  }
  if (when) fact.when = when
  if (grade) fact.grade = grade
  if (size) fact.size = size
  if (share !== undefined) fact.share = share
  return fact
}

function pushSign(
  sign: SignName,
  value: SignValue,
  statement: Statement,
  fromText: boolean,
  { sheet }: Reading,
): void {
  sheet.signs.push(signFact(sign, value, statement, fromText))
  if (value.why !== undefined) noteUnreadable(sheet, sign, value.why, statement.source, statement.when)
}

/**
 * Reads a pain score: a measure, and whether there is breast pain.
 *
 * Edge:   4 and more is moderate; a score of a place that is not the breast is dropped, one without any place is breast
 *         pain only beside other evidence (unplaced-pain.ts).
 * Source: clinical 2.2, 2.7
 */
export function readPainScore(statement: Statement, reading: Reading): void {
  if (statement.place.elsewhere) return
  const score = readMeasure('pain', statement, reading)
  if (score === undefined) return
  const value: SignValue =
    score === 0
      ? { state: 'absent' }
      : { state: 'present', grade: score >= moderatePain ? 'moderate' : 'mild' }
  const { signs, unplacedPain } = reading.sheet
  const list = statement.aboutBreast() ? signs : unplacedPain
  list.push(signFact('breast-pain', value, statement, false))
}

const hasScore = ({ valueInteger, valueQuantity }: Statement['holder']): boolean => {
  if (numberOf(valueInteger) !== undefined) return true
  const reading = isGiven(valueQuantity) ? extentOf(valueQuantity) : undefined
  return reading !== undefined && 'score' in reading && reading.score
}

/** The prose of a statement: its string, or the words of a value without a recognised code. */
export function proseOf({ holder }: Statement, { codes }: Reading): string | undefined {
  const text = stringOf(holder['valueString'])
  if (text !== undefined) return text
  const concept = conceptOf(holder['valueCodeableConcept'])
  if (!concept || codes.hasRecognisedSystem(concept)) return undefined
  return stringOf(concept.text) ?? stringOf(wordsOf(concept))
}

/** Does a short answer in words ("resolved", "not seen") deny the sign that the code asks about? */
function deniedBy(text: string, sign: SignName, { place }: Statement, { codes }: Reading): boolean {
  if (text.length > longestAnswer) return false
  const sentence = `breast ${sign.replaceAll('-', ' ')} ${text}` // the names of signs are words the reader knows
  const { signs } = codes.readText(sentence, { aboutBreast: true, side: place.side, imaging: false })
  const own = signs.filter((said) => said.sign === sign)
  return own.length > 0 && own.every(({ state }) => state === 'absent')
}

function readFromProse(sign: SignName, statement: Statement, reading: Reading): void {
  const { source, when, holder } = statement
  const text = proseOf(statement, reading)
  if (text !== undefined) {
    const about: Statement = { ...statement, aboutBreast: () => true }
    if (readProse(text, about, reading).signs.some((said) => said.sign === sign)) return
    if (deniedBy(text, sign, statement, reading)) {
      pushSign(sign, { state: 'absent' }, statement, true, reading)
      return
    }
  }
  const interpreted = interpretationOf(holder)
  if (interpreted) pushSign(sign, { state: interpreted }, statement, false, reading)
  else noteUnreadable(reading.sheet, sign, 'value of the sign could not be read', source, when)
}

/**
 * Reads an Observation or component whose code is a sign.
 *
 * Edge:    imaging states no lump and no skin thickening; a number with breast pain is a pain score.
 * Missing: dataAbsentReason, "unknown", or a question without an answer is state `unknown`; a value that cannot be
 *          read is noted as unreadable.
 * Source:  clinical 2.2, 2.7, 3.5
 */
export function readSign({ set, fromText }: SetMatch, statement: Statement, reading: Reading): void {
  if (!isSignSet(set) || (notFromImaging.has(set) && statement.imaging())) return
  if (set === 'breast-pain') {
    if (isIn(statement.sets, 'pain')) return // the score itself is read by readPainScore
    if (hasScore(statement.holder)) {
      readPainScore({ ...statement, aboutBreast: () => true }, reading)
      return
    }
  }
  const { holder, code } = statement
  const value = signValue(holder, () => isFindingCode(set, code, reading.codes), reading.codes)
  if (value) pushSign(set, value, statement, fromText, reading)
  else readFromProse(set, statement, reading)
}

/** A coded value that is itself a sign ("finding: peau d'orange"): present, unless interpreted as normal. */
export function noteSignValue({ set, fromText }: SetMatch, statement: Statement, reading: Reading): void {
  if (!isSignSet(set) || (notFromImaging.has(set) && statement.imaging())) return
  pushSign(set, { state: interpretationOf(statement.holder) ?? 'present' }, statement, fromText, reading)
}

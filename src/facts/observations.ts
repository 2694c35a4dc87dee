import type { CodeableConcept } from 'fhir/r4.js'
import { hasValue } from './answers.js'
import { noteBirths, readDeliveryDate, readGestationalAge } from './births.js'
import { placeOf } from './body-site.js'
import { readNoResponse } from './course.js'
import { readCulture } from './cultures.js'
import type { MeasureKind, Span } from './facts.js'
import { readImaging } from './imaging.js'
import { observationTime, spanIn } from './instants.js'
import { readLactation } from './lactation.js'
import { readMeasure } from './measures.js'
import { conceptOf, conceptsOf, elementsOf, isGiven, objectsOf, wordsOf } from './narrow.js'
import type { Fields } from './narrow.js'
import { readPregnancy } from './pregnancy.js'
import { readProse } from './prose.js'
import { emptySheet, isIn, noteAllUnreadable } from './sheet.js'
import type { Entry, Reading } from './sheet.js'
import { isSignSet, noteSignValue, proseOf, readPainScore, readSign } from './signs.js'
import type { Statement } from './statement.js'
import { unitTables } from './units-of-measure.js'
import { observationStatuses, statusIn } from './validity.js'

type Read = (statement: Statement, reading: Reading) => void

/** Sets that say what an Observation is about, and who reads it. */
const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['bf-status', readLactation],
  ['pregnancy-status', readPregnancy],
  ['delivery-date', readDeliveryDate],
  ['gestational-age', readGestationalAge],
  ['no-response', readNoResponse],
  ['pain', readPainScore],
  ['blood-pressure', () => undefined], // the panel; its components are read as statements of their own
  ...[...unitTables.keys()]
    .filter((kind) => kind !== 'pain')
    .map((kind: MeasureKind): [string, Read] => [
      kind,
      (statement, reading) => void readMeasure(kind, statement, reading),
    ]),
])

const imagingWord = /ultraso|sonogra|mammogra|\bmri\b|imaging|x-?ray/i
/** Observations about the past or the family say nothing of now; "history of present illness" does. */
const notAboutNow = /\bfamily\b|\bpast\b|\bprevious\b|\bprior\b|\bhistory\b(?! of present| and physical)/i

const isImagingCategory = (category: unknown): boolean =>
  conceptsOf(category).some(({ coding }) => (coding ?? []).some(({ code }) => code === 'imaging'))

/** Reads a value or prose that no reader of the code's sets has claimed. */
function readFinding(statement: Statement, reading: Reading): void {
  const { code, holder, place, source, when } = statement
  const { codes } = reading
  if (notAboutNow.test(wordsOf(code))) return
  const prose = proseOf(statement, reading)
  if (prose !== undefined) {
    readProse(prose, statement, reading)
    return
  }
  const value = conceptOf(holder['valueCodeableConcept'])
  if (value) {
    const sets = codes.setsOf(value, { breast: place.breast || statement.aboutBreast() })
    const said: Statement = { ...statement, sets }
    for (const match of sets) noteSignValue(match, said, reading)
    if (isIn(sets, 'no-response')) readNoResponse({ ...said, holder: {} }, reading)
    noteBirths(sets, source, when, reading)
  } else if (statement.sets.length === 0 && code && !codes.hasRecognisedSystem(code) && !hasValue(holder)) {
    readDenials(statement, reading)
  }
}

/** Words without a value ("No peau d'orange" as the code's text): what they deny is absent, the rest is a question. */
function readDenials(statement: Statement, reading: Reading): void {
  if (statement.component || isGiven(statement.holder['dataAbsentReason'])) return
  const scratch = emptySheet()
  readProse(wordsOf(statement.code), statement, { ...reading, sheet: scratch })
  for (const sign of scratch.signs) {
    reading.sheet.signs.push(sign.state === 'absent' ? sign : { ...sign, state: 'unknown' })
  }
}

/** Hands one statement to the readers of its sets. */
function readStatement(statement: Statement, reading: Reading): void {
  let claimed = false
  for (const match of statement.sets) {
    const read = readers.get(match.set)
    if (read) read(statement, reading)
    else if (isSignSet(match.set)) readSign(match, statement, reading)
    else continue
    claimed = true
  }
  if (!claimed) readFinding(statement, reading)
}

interface Parent {
  statement: Statement
  breast: boolean
}

function componentStatement(component: Fields, { statement, breast }: Parent, { codes }: Reading): Statement {
  const code = conceptOf(component['code'])
  const own = placeOf(component['bodySite'], code, codes)
  const { place } = statement
  return {
    ...statement,
    holder: component,
    code,
    sets: codes.setsOf(code, { breast }),
    place: own.side === 'unspecified' ? place : { ...own, breast: own.breast || place.breast },
    aboutBreast: () => breast || own.breast || codes.namesBreast(code),
    component: true,
  }
}

/** What an Observation is about. */
type Asked = Pick<Statement, 'code' | 'place' | 'sets'>

function statementOf(
  { fields, source }: Entry,
  when: Span | undefined,
  { code, place, sets }: Asked,
  { codes }: Reading,
): Statement {
  return {
    source,
    when,
    holder: fields,
    code,
    sets,
    place,
    aboutBreast: () => place.breast || codes.namesBreast(code),
    imaging: () =>
      isImagingCategory(fields['category']) ||
      isIn(sets, 'ultrasound') ||
      isIn(sets, 'mammogram') ||
      imagingWord.test(wordsOf(code)),
    component: false,
  }
}

function readAt(when: Span | undefined, asked: Asked, entry: Entry, reading: Reading): void {
  const statement = statementOf(entry, when, asked, reading)
  readStatement(statement, reading)
  if (isIn(statement.sets, 'ultrasound') || isIn(statement.sets, 'mammogram'))
    readImaging(entry, statement, reading)
  if (isIn(statement.sets, 'culture')) readCulture(entry, statement, reading)
  if (elementsOf(entry.fields['component']).length === 0) return
  const parent: Parent = { statement, breast: statement.aboutBreast() }
  for (const component of objectsOf(entry.fields['component'])) {
    readStatement(componentStatement(component, parent, reading), reading)
  }
}

/**
 * Reads one Observation and its components into whatever facts its codes and values speak of.
 *
 * Missing: a status that does not count (clinical 3.2) drops it; without any time its facts have no `when`. A status
 *          or time that is there but cannot be read makes what it says unreadable, with that reason.
 */
export function readObservation(entry: Entry, reading: Reading): void {
  const { fields } = entry
  const status = statusIn(observationStatuses, fields['status'])
  if (status === 'void') return
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, reading.codes)
  const sets = reading.codes.setsOf(code, place)
  if (sets.length === 0 && saysNothing(fields, code, reading)) return
  const asked: Asked = { code, place, sets }
  const time = observationTime(fields, reading.clock)
  if (status === 'counts' && time !== 'malformed') {
    readAt(time, asked, entry, reading)
    return
  }
  const scratch = emptySheet()
  readAt(spanIn(time), asked, entry, { ...reading, sheet: scratch })
  const why = status === 'unreadable' ? 'status could not be read' : 'time could not be read'
  noteAllUnreadable(reading.sheet, scratch, why)
}

/**
 * Is it an everyday record that no rule reads: a coded question of no set, whose answer is a quantity or a code of no set?
 *
 * Edge: most Observations of a chart are; asking this first spares them everything else.
 */
function saysNothing(fields: Fields, code: CodeableConcept | undefined, { codes }: Reading): boolean {
  if (!code || !codes.hasRecognisedSystem(code)) return false
  if (isGiven(fields['component']) || isGiven(fields['valueString'])) return false
  const value = conceptOf(fields['valueCodeableConcept'])
  if (!value) return isGiven(fields['valueQuantity'])
  return codes.hasRecognisedSystem(value) && codes.setsOf(value, onTheBreast).length === 0
}

/** Wherever the record speaks of, no set must be missed. */
const onTheBreast = { breast: true }

import type { CodeableConcept } from 'fhir/r4.js'
import { hasValue } from '../statements/answers.js'
import { noteBirths, readDeliveryDate, readGestationalAge } from '../statements/births.js'
import { placeOf } from '../fhir/body-site.js'
import { readCourse, readNoResponse } from '../statements/course.js'
import { readCulture } from '../statements/cultures.js'
import type { ResourceRef, Span } from '../facts.js'
import type { ConceptContext, SetMatch } from '../../terminology/code-book.js'
import type { MeasureKind } from '../../terminology/concepts.js'
import { examinationsIn, readImaging } from '../statements/imaging.js'
import { effectiveTime, periodOf, spanIn } from '../fhir/instants.js'
import { readLactation } from '../statements/lactation.js'
import { readMeasure, readPressurePanel } from '../statements/measures.js'
import { conceptOf, conceptsOf, elementsOf, isGiven, objectsOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { needsNamed } from '../statements/needs.js'
import { readPregnancy } from '../statements/pregnancy.js'
import { readProse } from '../statements/prose.js'
import { emptyCollector, matchesSet, noteAllUnreadable } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { setsOfQuestion } from '../sets-of-concept.js'
import { mayBeUnknown, noteUnknownObservation, type UnknownObservation } from '../statements/unknown-codes.js'
import { isSignSet, noteSignValue, proseOf, readPainScore, readSign } from '../statements/signs.js'
import { onceAsked } from '../statements/statement.js'
import type { Statement } from '../statements/statement.js'
import { unitTables } from '../../terminology/units-of-measure.js'
import { observationStatuses, statusIn } from '../fhir/validity.js'

type Read = (statement: Statement, context: ReaderContext) => void

/**
 * The reader of each code set that an Observation can belong to.
 */
const readers: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['bf-status', readLactation],
  ['pregnancy-status', readPregnancy],
  ['delivery-date', readDeliveryDate],
  ['gestational-age', readGestationalAge],
  ['no-response', readNoResponse],
  ['course', readCourse],
  ['pain', readPainScore],
  ['blood-pressure', readPressurePanel], // its components are read as statements of their own
  ...[...unitTables.keys()]
    .filter((kind) => kind !== 'pain')
    .map((kind: MeasureKind): [string, Read] => [
      kind,
      (statement, reading) => void readMeasure(kind, statement, reading),
    ]),
])

const imagingSets = ['ultrasound', 'mammogram', 'imaging-text', 'imaging-impression']
const imagingWord = /ultraso|sonogra|mammogra|\bmri\b|imaging|x-?ray/i
/** Words of a code that put an Observation into the past or the family; "history of present illness" is about now. */
const notAboutNow = /\bfamily\b|\bpast\b|\bprevious\b|\bprior\b|\bhistory\b(?! of present| and physical)/i

const isImagingCategory = (category: unknown): boolean =>
  conceptsOf(category).some(({ coding }) => (coding ?? []).some(({ code }) => code === 'imaging'))

/** Reads a value or prose of an Observation whose code belongs to no set with a reader. */
function readFinding(statement: Statement, context: ReaderContext): void {
  const { code, holder, place, source, when } = statement
  if (notAboutNow.test(conceptWords(code))) return
  const value = conceptOf(holder['valueCodeableConcept'])
  const sets = value ? codedSetsOf(value, place.breast || statement.aboutBreast(), context) : []
  const said: Statement = { ...statement, sets }
  for (const match of sets) noteSignValue(match, said, context)
  if (matchesSet(sets, 'no-response')) readNoResponse({ ...said, holder: {} }, context)
  noteBirths(sets, source, when, context)
  const prose = sets.length === 0 ? proseOf(statement) : undefined
  if (prose !== undefined) readProse(prose, questionOf(statement), statement, context)
  else if (statement.sets.length === 0 && code && !hasValue(holder)) readDenials(statement, context)
}

/** The sets of a coded value. */
const codedSetsOf = (
  value: CodeableConcept,
  breast: boolean,
  { codes }: ReaderContext,
): readonly SetMatch[] => codes.codedSets(value, { breast }).map(({ set }) => ({ set, fromText: false }))

const breastExamination = 'breast examination'

/** What prose is about: the words of its code, and the breast if only other parts of the resource name it. */
function questionOf({ code, aboutBreast }: Statement): string {
  const words = conceptWords(code)
  return aboutBreast() ? `${breastExamination} ${words}` : words
}

/**
 * Reads the words of a code without a value, such as "No peau d'orange": a sign that the words deny is absent, and
 * every other sign in the words is only asked about.
 */
function readDenials(statement: Statement, context: ReaderContext): void {
  if (statement.component || isGiven(statement.holder['dataAbsentReason'])) return
  const doubtful = emptyCollector()
  const about = statement.aboutBreast() ? breastExamination : ''
  readProse(conceptWords(statement.code), about, statement, { ...context, collector: doubtful })
  for (const sign of doubtful.signs) {
    context.collector.signs.push(sign.state === 'absent' ? sign : { ...sign, state: 'unknown' })
  }
}

/** Passes one statement to the reader of each set that its code belongs to. */
function readStatement(statement: Statement, context: ReaderContext): void {
  let claimed = false
  for (const match of statement.sets) {
    const read = readers.get(match.set)
    if (read) read(statement, context)
    else if (isSignSet(match.set)) readSign(match, statement, context)
    else continue
    claimed = true
  }
  if (!claimed) readFinding(statement, context)
}

/** Does an Observation carry a report: a value in words or codes, parts, an imaging category, or a code of imaging? */
const carriesReport = ({ holder, sets }: Statement): boolean =>
  isGiven(holder['valueString']) ||
  isGiven(holder['valueCodeableConcept']) ||
  isImagingCategory(holder['category']) ||
  isGiven(holder['component']) ||
  isGiven(holder['hasMember']) ||
  imagingSets.some((set) => matchesSet(sets, set))

/** Reads an Observation that is the report of an imaging examination, or of a culture, of the breast. */
function readAsReport(entry: PatientResource, statement: Statement, context: ReaderContext): void {
  const { code, place } = statement
  if (notAboutNow.test(conceptWords(code))) return
  const needs = needsNamed(code, place, context)
  const examinations = examinationsIn(needs)
  if (examinations.length > 0) readImaging(entry, statement, examinations, context)
  if (needs.some(({ need }) => need === 'culture')) readCulture(entry, statement, context)
}

interface Parent {
  statement: Statement
  breast: boolean
}

function componentStatement(
  component: Fields,
  { statement, breast }: Parent,
  context: ReaderContext,
): Statement {
  const { codes } = context
  const code = conceptOf(component['code'])
  const own = placeOf(component['bodySite'], code, codes)
  const { place } = statement
  return {
    ...statement,
    holder: component,
    code,
    sets: questionSets(component, code, { breast: breast || own.breast }, context),
    place: own.side === 'unspecified' ? place : { ...own, breast: own.breast || place.breast },
    aboutBreast: onceAsked(() => breast || own.breast || codes.namesBreast(code)),
    component: true,
  }
}

/** The subject of an Observation: its code, its place on the body, and the sets of its code. */
type Asked = Pick<Statement, 'code' | 'place' | 'sets'>

function statementOf(
  { fields, source }: PatientResource,
  when: Span | undefined,
  { code, place, sets }: Asked,
  { codes, clock }: ReaderContext,
): Statement {
  const period = fields['effectivePeriod']
  const began = isGiven(period) ? spanIn(periodOf(period, clock).start) : undefined
  return {
    source,
    when,
    ...(began && { began }),
    holder: fields,
    code,
    sets,
    place,
    aboutBreast: onceAsked(() => place.breast || codes.namesBreast(code)),
    imaging: onceAsked(
      () =>
        isImagingCategory(fields['category']) ||
        imagingSets.some((set) => matchesSet(sets, set)) ||
        imagingWord.test(conceptWords(code)),
    ),
    component: false,
  }
}

function readAt(when: Span | undefined, asked: Asked, entry: PatientResource, context: ReaderContext): void {
  const statement = statementOf(entry, when, asked, context)
  readStatement(statement, context)
  if (carriesReport(statement)) readAsReport(entry, statement, context)
  if (elementsOf(entry.fields['component']).length === 0) return
  const parent: Parent = { statement, breast: statement.aboutBreast() }
  for (const component of context.budget.take(objectsOf(entry.fields['component']))) {
    const part = componentStatement(component, parent, context)
    if (part.sets.length === 0) {
      const { code, place } = part
      const origin = { source: entry.source, when }
      noteUnknownObservation(
        { fields: component, category: entry.fields['category'], code, place },
        origin,
        context,
      )
    }
    readStatement(part, context)
  }
}

/**
 * Reads one Observation and its components into facts, by their codes and values.
 *
 * Missing: an Observation whose status does not count (clinical 3.2) is dropped; facts of an Observation without a
 *          time have no `when`. An unreadable status or time makes every fact of the Observation unreadable, with the
 *          reason.
 */
export function readObservation(entry: PatientResource, context: ReaderContext): void {
  const { fields } = entry
  const status = statusIn(observationStatuses, fields['status'])
  if (status === 'void') return
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, context.codes)
  const sets = questionSets(fields, code, place, context)
  if (sets.length === 0) {
    noteUnknown({ fields, category: fields['category'], code, place }, entry.source, context)
    if (saysNothing(fields)) return
  }
  const asked: Asked = { code, place, sets }
  const time = effectiveTime(fields, context.clock)
  if (status === 'counts' && time !== 'malformed') {
    readAt(time, asked, entry, context)
    return
  }
  const doubtful = emptyCollector()
  readAt(spanIn(time), asked, entry, { ...context, collector: doubtful })
  const why = status === 'unreadable' ? 'status could not be read' : 'time could not be read'
  noteAllUnreadable(context.collector, doubtful, why)
}

/**
 * The sets of a question, by codes and words; a number under words that name a measure counts as that measure.
 *
 * Source: clinical changes C1 and C4
 */
function questionSets(
  holder: Fields,
  code: CodeableConcept | undefined,
  about: ConceptContext,
  context: ReaderContext,
): readonly SetMatch[] {
  const sets = setsOfQuestion(code, about, context)
  if (sets.length > 0 || !isGiven(holder['valueQuantity'])) return sets
  const measure = context.codes.measureNamed(code)
  return measure === undefined || measure === 'another' ? sets : [{ set: measure, fromText: true }]
}

/** Notes an Observation whose code no set and no word explains; its time is read only if it is noted. */
function noteUnknown(unknown: UnknownObservation, source: ResourceRef, context: ReaderContext): void {
  if (!mayBeUnknown(unknown)) return
  const when = spanIn(effectiveTime(unknown.fields, context.clock))
  noteUnknownObservation(unknown, { source, when }, context)
}

/**
 * Is the Observation one that no rule reads: a question of no set, answered by a quantity?
 *
 * Edge: most Observations of a chart are; this quick check spares them all further reading.
 */
const saysNothing = (fields: Fields): boolean =>
  isGiven(fields['valueQuantity']) && !isGiven(fields['component'])

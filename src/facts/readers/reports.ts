import { readBiopsy } from '../statements/biopsies.js'
import { placeOf } from '../fhir/body-site.js'
import type { BodyPlace } from '../fhir/body-site.js'
import type { CareNeed } from '../care-need.js'
import { readCulture } from '../statements/cultures.js'
import { examinationsIn, readImaging } from '../statements/imaging.js'
import { needsNamed } from '../statements/needs.js'
import type { Need } from '../statements/needs.js'
import { effectiveTime, spanIn } from '../fhir/instants.js'
import type { CodeBook } from '../../terminology/code-book.js'
import { conceptOf, conceptsOf, isGiven, stringOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { noteUnreadable } from '../fact-collector.js'
import { noteBareCode } from '../statements/unknown-codes.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import type { Statement } from '../statements/statement.js'

/**
 * Does the conclusion name the breast? If so, a report on "biopsy of skin" is a biopsy of the breast (clinical 2.5).
 */
function concludesOnBreast(fields: Fields, codes: CodeBook): boolean {
  const conclusion = stringOf(fields['conclusion'])
  return (
    (conclusion !== undefined && codes.namesBreast({ text: conclusion })) ||
    conceptsOf(fields['conclusionCode']).some((concept) => codes.namesBreast(concept))
  )
}

/** The needs of clinical 2.5 that a report can answer. */
const reported: ReadonlySet<CareNeed> = new Set([
  'ultrasound',
  'mammogram',
  'skin-biopsy',
  'breast-biopsy',
  'culture',
])

/**
 * Reads a DiagnosticReport: imaging, biopsy or culture, by the codes and words of its code.
 *
 * Missing: a report whose code names none of them gives no fact, and is noted if it has no words at all; a malformed time makes the result unreadable.
 * Source:  clinical 2.5, 3.7, clinical changes C5
 */
export function readReport(entry: PatientResource, context: ReaderContext): void {
  const { fields, source } = entry
  const { codes, clock, collector } = context
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, codes)
  const needs = needsOf(entry, place, context)
  const time = effectiveTime(fields, clock)
  if (needs.length === 0) {
    noteBareCode('result', code, { source, when: spanIn(time) }, context)
    return
  }
  if (time === 'malformed') {
    const subject = needs.some(({ need }) => need === 'ultrasound') ? 'ultrasound' : 'result'
    if (isGiven(fields['status']))
      noteUnreadable(collector, subject, 'report time could not be read', { source })
    return
  }
  const statement: Statement = {
    source,
    when: spanIn(time),
    holder: fields,
    code,
    sets: [],
    place,
    aboutBreast: () => true,
    imaging: () => true,
    component: false,
  }
  const examinations = examinationsIn(needs)
  if (examinations.length > 0) readImaging(entry, statement, examinations, context)
  const onSkin = needs.some(({ need }) => need === 'skin-biopsy')
  if (onSkin || needs.some(({ need }) => need === 'breast-biopsy'))
    readBiopsy(entry, statement, onSkin ? 'skin' : 'breast', context)
  if (needs.some(({ need }) => need === 'culture')) readCulture(entry, statement, context)
}

function needsOf({ fields }: PatientResource, place: BodyPlace, context: ReaderContext): readonly Need[] {
  const code = conceptOf(fields['code'])
  const needs = needsNamed(code, place, context)
  const found = needs.length > 0 || place.breast || !concludesOnBreast(fields, context.codes)
  const all = found ? needs : needsNamed(code, { ...place, breast: true }, context).filter(isBiopsy)
  return all.filter(({ need }) => reported.has(need))
}

const isBiopsy = ({ need }: Need): boolean => need === 'skin-biopsy' || need === 'breast-biopsy'

import { answerOf } from './answers.js'
import { noteUnreadable, provenance } from '../fact-collector.js'
import type { ReaderContext } from '../fact-collector.js'
import { conceptOf } from '../fhir/narrow.js'
import type { CourseStatement } from '../facts.js'
import type { Statement } from './statement.js'

const courseSets: ReadonlyMap<string, CourseStatement['says']> = new Map([
  ['answered-improved', 'improved'],
  ['answered-not-improved', 'not-improved'],
  ['answered-worse', 'worse'],
])

/**
 * Reads the coded answer to the question of how the breast has gone since treatment began.
 *
 * Missing: an answer that is none of the three is noted as not understood.
 * Source:  clinical changes C34
 */
export function readCourse(
  { source, when, holder, place }: Statement,
  { codes, collector }: ReaderContext,
): void {
  const sets = codes.codedSets(conceptOf(holder['valueCodeableConcept']))
  const says = sets.map(({ set }) => courseSets.get(set)).find((each) => each !== undefined)
  if (says) collector.course.push({ says, side: place.side, ...provenance(source, when, false) })
  else noteUnreadable(collector, 'observation', 'course has a value that is not understood', { source, when })
}

/**
 * Reads the coded statement "absent response to treatment" (VS-NO-RESPONSE) as not improved.
 *
 * Edge:   a value of no or unknown gives no statement on the course.
 * Source: clinical 2.2, 4.3; the words of the course are read with the prose
 */
export function readNoResponse(
  { source, when, holder, place }: Statement,
  { codes, collector }: ReaderContext,
): void {
  const answer = answerOf(holder, codes)
  if (answer === 'yes' || answer === 'silent') {
    collector.course.push({ says: 'not-improved', side: place.side, ...provenance(source, when, false) })
  }
}

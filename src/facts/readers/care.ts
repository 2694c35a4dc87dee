import { noteBirths } from '../statements/births.js'
import { placeOf } from '../fhir/body-site.js'
import type { BodyPlace } from '../fhir/body-site.js'
import type { CareItem } from '../facts.js'
import type { CareNeed } from '../care-need.js'
import type { Side } from '../../terminology/concepts.js'
import { needsNamed } from '../statements/needs.js'
import type { Need } from '../statements/needs.js'
import { finestOf, periodOf, spanIn, timeOf, type TimeReading } from '../fhir/instants.js'
import { conceptOf, conceptsOf, conceptWords } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { provenance } from '../fact-collector.js'
import type { PatientResource, ReaderContext } from '../fact-collector.js'
import { setsOfDiagnosis } from '../sets-of-concept.js'
import { noteBareCode } from '../statements/unknown-codes.js'

const wordedNeeds: readonly (readonly [RegExp, CareNeed])[] = [
  [/\blactation (?:support|consult\w*)\b/i, 'lactation-support'],
  [/\b(?:clinical )?review of (?:the breast|mastitis)\b/i, 'review'],
]

/** The care that an order or procedure asks for. */
export interface RequestedCare {
  needs: readonly Need[]
  side: Side
  place: BodyPlace
}

/**
 * The needs of clinical 2.5 that the code of an order or procedure meets.
 *
 * Edge: the breast may be named by the site or the reason; care elsewhere on the body meets no need.
 */
export function requestedCare(fields: Fields, context: ReaderContext): RequestedCare {
  const { codes } = context
  const code = conceptOf(fields['code'])
  const place = placeOf(fields['bodySite'], code, codes)
  const breast = place.breast || conceptsOf(fields['reasonCode']).some((reason) => codes.namesBreast(reason))
  const named = needsNamed(code, { ...place, breast }, context)
  const side = named[0]?.side ?? place.side
  if (place.elsewhere) return { needs: [], side, place }
  const words = conceptWords(code)
  const worded = wordedNeeds.flatMap(([pattern, need]) =>
    pattern.test(words) ? [{ need, side, fromText: true }] : [],
  )
  return { needs: [...named, ...worded], side, place }
}

const orderStatuses = new Map<unknown, CareItem['status']>([
  ['active', 'active'],
  ['on-hold', 'on-hold'],
  ['completed', 'completed'],
])
const procedureStatuses = new Map<unknown, CareItem['status']>([
  ['completed', 'completed'],
  ['in-progress', 'in-progress'],
  ['on-hold', 'on-hold'],
  ['preparation', 'other'],
  ['stopped', 'other'],
])

/**
 * Reads a ServiceRequest into the needs that the order meets.
 *
 * Edge:    revoked, draft, entered-in-error and unknown orders, and orders with `doNotPerform`, meet no need.
 * Missing: an order without a readable date has no `when` and so stands in no window.
 * Source:  clinical 2.5, 8
 */
export function readServiceRequest({ fields, source }: PatientResource, context: ReaderContext): void {
  const status = orderStatuses.get(fields['status'])
  if (!status || fields['doNotPerform'] === true) return
  const { needs } = requestedCare(fields, context)
  if (needs.length === 0) return
  const { clock } = context
  const occurrence = (): TimeReading =>
    timeOf(fields['occurrenceDateTime'], clock) ?? periodOf(fields['occurrencePeriod'], clock).start
  const when = spanIn(finestOf(spanIn(timeOf(fields['authoredOn'], clock)), occurrence))
  for (const { need, side, fromText } of needs) {
    context.collector.care.push({ need, kind: 'order', status, side, ...provenance(source, when, fromText) })
  }
}

/**
 * Reads a Procedure into the needs that the procedure met, and the births that the procedure tells of.
 *
 * Edge:   not-done, entered-in-error and unknown procedures are dropped; only a procedure that is done or in progress
 *         tells of a birth. One with neither a known code nor words is noted as not understood.
 * Source: clinical 2.1, 2.5
 */
export function readProcedure({ fields, source }: PatientResource, context: ReaderContext): void {
  const status = procedureStatuses.get(fields['status'])
  if (!status) return
  const { needs, place } = requestedCare(fields, context)
  const { clock } = context
  const performed =
    timeOf(fields['performedDateTime'], clock) ?? periodOf(fields['performedPeriod'], clock).start
  const when = spanIn(performed)
  for (const { need, side, fromText } of needs) {
    context.collector.care.push({
      need,
      kind: 'procedure',
      status,
      side,
      ...provenance(source, when, fromText),
    })
  }
  if (status !== 'completed' && status !== 'in-progress') return
  const code = conceptOf(fields['code'])
  const sets = setsOfDiagnosis(code, place, context)
  noteBirths(sets, source, when, context)
  if (sets.length === 0 && needs.length === 0) noteBareCode('procedure', code, { source, when }, context)
}

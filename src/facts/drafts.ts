import type { Chart } from '../gather/chart.js'
import { askOf } from './care.js'
import { stopsFeeding } from './stop-feeding.js'
import type { DraftOrder } from './facts.js'
import { courseOf } from './medicine-timing.js'
import type { Course } from './medicine-timing.js'
import { isKnown, medicineOf } from './medicine-names.js'
import { reasonOf } from './medicine-reasons.js'
import { kindOfMedicine, noExposureOf } from './medicines.js'
import { conceptOf, fieldsOf, objectsOf, stringOf } from './narrow.js'
import type { Fields } from './narrow.js'
import type { Reading } from './sheet.js'
import { draftBelongsTo, nameIn, resourceRef } from './validity.js'

const typeName = /^[A-Z][A-Za-z]{1,63}$/
const evaluatedTypes: ReadonlySet<string> = new Set([
  'MedicationRequest',
  'ServiceRequest',
  'NutritionOrder',
  'CommunicationRequest',
])
const withdrawn: ReadonlySet<unknown> = new Set(['entered-in-error', 'revoked', 'cancelled'])
const dayMs = 86_400_000
const longestName = 200
// Control characters, and characters that reorder text on the screen.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu

/** Chart words made safe to print on one line, at most 200 characters; the renderer still escapes them. */
export const printable = (words: string): string =>
  words
    .slice(0, 4 * longestName)
    .replace(unprintable, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestName)
    .replace(/[\ud800-\udbff]$/, '')

/** Which drafts the clinician acts on: all when signing, else the ones selected by these names. */
type Selected = 'all' | ReadonlySet<string>

/** The selections as given, and the `Type/id` that each absolute one ends with. */
const selectedIn = ({ hook, selections }: Chart): Selected =>
  hook === 'order-sign' ? 'all' : new Set(selections.flatMap((selection) => [selection, nameIn(selection)]))

/** Is this draft selected: by `Type/id`, by an absolute URL that ends so, or by its bare id? */
function isSelected(type: string, id: string | undefined, selected: Selected): boolean {
  if (selected === 'all') return true
  return (
    id !== undefined && (selected.has(`${type}/${id}`) || selected.has(id) || selected.has(`urn:uuid:${id}`))
  )
}

const durationOf = ({ start, end, days }: Course): number | undefined =>
  start && end ? Math.round((end.latest - start.earliest) / dayMs) : days

function medicinePart(fields: Fields, reading: Reading): Pick<DraftOrder, 'medicine' | 'breastReason'> {
  const reason = reasonOf(fields, reading)
  const named = medicineOf(fields, reading)
  const breastReason = reason === 'breast'
  if (named === 'nameless' || !isKnown(named.match)) return { breastReason }
  const course = courseOf(fields, 'dosageInstruction', reading.clock)
  const noExposure = noExposureOf('request', fields, named, reason, course)
  const durationDays = durationOf(course)
  return {
    breastReason,
    medicine: {
      ...kindOfMedicine(named, reason),
      reason,
      ...(noExposure !== undefined && { noExposure }),
      ...(durationDays !== undefined && { durationDays }),
    },
  }
}

/** The name a clinician knows the order by. */
function nameOf(fields: Fields): string | undefined {
  const words = [
    conceptOf(fields['code']),
    conceptOf(fields['medicationCodeableConcept']),
    conceptOf(fieldsOf(fields['oralDiet'])?.['type']),
  ].map((concept) => stringOf(concept?.text) ?? stringOf(concept?.coding?.[0]?.display))
  const payload = objectsOf(fields['payload']).map((part) => stringOf(part['contentString']))
  const link = stringOf(fieldsOf(fields['medicationReference'])?.['display'])
  const name = printable([...words, link, ...payload].find((text) => text !== undefined) ?? '')
  return name === '' ? undefined : name
}

/**
 * Reads one draft order of the hook context.
 *
 * Shape:   order-sign evaluates every draft, order-select those in `selections`; other resource types, and drafts
 *          entered in error, are kept as context only.
 * Edge:    another patient's draft, or one without subject, is dropped and counted.
 * Privacy: `name` is chart text on one line, without control characters; only the renderer prints it, escaped.
 * Source:  clinical 7
 */
function readDraft(fields: Fields, type: string, selected: Selected, reading: Reading): DraftOrder {
  const known = evaluatedTypes.has(type) && !withdrawn.has(fields['status'])
  const evaluated = known && isSelected(type, stringOf(fields['id']), selected)
  const base = { source: resourceRef(type, fields), resourceType: type, evaluated }
  const name = nameOf(fields)
  const named = name === undefined ? {} : { name }
  if (!known) {
    return { ...base, needs: [], stopsFeeding: false, breastReason: false, side: 'unspecified', ...named }
  }
  const ask = type === 'ServiceRequest' ? askOf(fields, reading) : undefined
  const wanted = fields['doNotPerform'] !== true
  return {
    ...base,
    needs: wanted && ask ? ask.needs.map(({ need }) => need) : [],
    stopsFeeding: type !== 'MedicationRequest' && wanted && stopsFeeding(fields),
    ...(type === 'MedicationRequest'
      ? medicinePart(fields, reading)
      : { breastReason: reasonOf(fields, reading) === 'breast' }),
    side: ask?.side ?? 'unspecified',
    ...named,
  }
}

/** Reads all draft orders of the call, in order. */
export function readDrafts(draftOrders: Chart['draftOrders'], reading: Reading): void {
  const { chart, sheet } = reading
  const selected = selectedIn(chart)
  for (const draft of draftOrders) {
    const fields = fieldsOf(draft)
    const type = stringOf(fields?.['resourceType'])
    if (!fields || type === undefined || !typeName.test(type)) continue
    if (draftBelongsTo(fields, chart.patientId)) sheet.drafts.push(readDraft(fields, type, selected, reading))
    else sheet.droppedForeign += 1
  }
}

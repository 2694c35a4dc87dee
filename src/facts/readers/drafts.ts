import type { Chart } from '../../gather/chart.js'
import { budgets } from '../../protocol/limits.js'
import { requestedCare } from './care.js'
import { stopsFeeding } from './stop-feeding.js'
import type { DraftOrder } from '../facts.js'
import { plainFields } from '../fhir/plain-fields.js'
import { medicineCourse } from '../medicines/medicine-timing.js'
import type { MedicineCourse } from '../medicines/medicine-timing.js'
import { kindOfMedicine } from '../medicines/medicine-kind.js'
import { medicineOf } from '../medicines/medicine-names.js'
import { reasonOf } from '../medicines/medicine-reasons.js'
import { noExposureOf } from './medicines.js'
import { conceptOf, fieldsOf, objectsOf, stringOf } from '../fhir/narrow.js'
import type { Fields } from '../fhir/narrow.js'
import { contextOf, type CallContext, type ReaderContext } from '../fact-collector.js'
import { nameIn, resourceRef } from '../fhir/validity.js'

const typeName = /^[A-Z][A-Za-z]{1,63}$/
const evaluatedTypes: ReadonlySet<string> = new Set([
  'MedicationRequest',
  'ServiceRequest',
  'NutritionOrder',
  'CommunicationRequest',
])
/** The statuses of an order that is not being started: signing it ends, holds or takes back what was begun. */
const notStarted: ReadonlySet<unknown> = new Set([
  'stopped',
  'completed',
  'cancelled',
  'revoked',
  'on-hold',
  'entered-in-error',
])
const dayMs = 86_400_000
const longestName = 200
// Control characters, and characters that reorder text on the screen.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu

/**
 * Words of the chart on one line of at most 200 characters, without control characters; the renderer still escapes
 * them.
 */
export const printable = (words: string): string =>
  words
    .slice(0, 4 * longestName)
    .replace(unprintable, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestName)
    .replace(/[\ud800-\udbff]$/, '')

/** The drafts that the call asks about: all when signing, or else the drafts with these references. */
type Selected = 'all' | ReadonlySet<string>

/** The selections of the hook, and the `Type/id` at the end of each absolute selection. */
const selectedIn = ({ hook, selections }: Chart): Selected =>
  hook === 'order-sign' ? 'all' : new Set(selections.flatMap((selection) => [selection, nameIn(selection)]))

/** Is this draft selected: by `Type/id`, by an absolute URL that ends in `Type/id`, or by its bare id? */
function isSelected(type: string, id: string | undefined, selected: Selected): boolean {
  if (selected === 'all') return true
  return (
    id !== undefined && (selected.has(`${type}/${id}`) || selected.has(id) || selected.has(`urn:uuid:${id}`))
  )
}

const durationOf = ({ start, end, days }: MedicineCourse): number | undefined =>
  start && end ? Math.round((end.latest - start.earliest) / dayMs) : days

function medicinePart(fields: Fields, context: ReaderContext): Pick<DraftOrder, 'medicine' | 'breastReason'> {
  const reason = reasonOf(fields, context)
  const named = medicineOf(fields, context)
  const breastReason = reason === 'breast'
  const what = named === 'nameless' ? undefined : kindOfMedicine(fields, named, reason, context)
  if (named === 'nameless' || !what) return { breastReason }
  const course = medicineCourse(fields, 'dosageInstruction', context.clock)
  const noExposure = noExposureOf('request', { fields, named, reason, course }, context)
  const durationDays = durationOf(course)
  return {
    breastReason,
    medicine: {
      ...what,
      reason,
      ...(noExposure !== undefined && { noExposure }),
      ...(durationDays !== undefined && { durationDays }),
    },
  }
}

/** The name by which a clinician knows the order. */
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
 * Shape:   order-sign evaluates every draft, order-select the drafts in `selections`. Drafts of other resource types,
 *          and orders that are stopped, completed, held, cancelled or entered in error, are kept as context only.
 * Privacy: `name` is chart text on one line, without control characters; only the renderer prints the name, escaped.
 * Source:  clinical 7
 */
function readDraft(fields: Fields, type: string, selected: Selected, call: CallContext): DraftOrder {
  const known = evaluatedTypes.has(type) && !notStarted.has(fields['status'])
  const evaluated = known && isSelected(type, stringOf(fields['id']), selected)
  const base = { source: resourceRef(type, fields), resourceType: type, evaluated }
  const context = contextOf(base.source, call)
  const name = nameOf(fields)
  const named = name === undefined ? {} : { name }
  if (!known) {
    return { ...base, needs: [], stopsFeeding: false, breastReason: false, side: 'unspecified', ...named }
  }
  const ask = type === 'ServiceRequest' ? requestedCare(fields, context) : undefined
  const wanted = fields['doNotPerform'] !== true
  return {
    ...base,
    needs: wanted && ask ? ask.needs.map(({ need }) => need) : [],
    stopsFeeding: type !== 'MedicationRequest' && wanted && stopsFeeding(fields, context),
    ...(type === 'MedicationRequest'
      ? medicinePart(fields, context)
      : { breastReason: reasonOf(fields, context) === 'breast' }),
    side: ask?.side ?? 'unspecified',
    ...named,
  }
}

/** The order types of FHIR DSTU2 and STU3, whose drafts count as not judged. */
const olderOrderTypes: ReadonlySet<string> = new Set([
  'MedicationOrder',
  'MedicationPrescription',
  'DiagnosticOrder',
  'ProcedureRequest',
  'ReferralRequest',
])

/** The most drafts that are read in search of drafts to judge. */
const mostRead = 10 * budgets.drafts.most

/** Does the draft hold anything that a rule asks about? */
const saysSomething = ({ needs, stopsFeeding, medicine, breastReason }: DraftOrder): boolean =>
  needs.length > 0 || stopsFeeding || medicine !== undefined || breastReason

/**
 * Reads the draft orders of the call, in order.
 *
 * Shape:   `draftOrders` all belong to the patient: gather has dropped the drafts of others
 *          (`gather/patient-ownership.ts`).
 * Edge:    one call judges a limited number of drafts; of more drafts, the ones that a rule asks about come first.
 * Missing: `unjudgedDrafts` counts the other drafts that a rule asks about, and the drafts that could not be read, such as
 *          orders of an earlier version of FHIR.
 */
export function readDrafts(draftOrders: Chart['draftOrders'], context: CallContext): void {
  const { budget, chart, collector, texts } = context
  const selected = selectedIn(chart)
  const read: DraftOrder[] = []
  let unread = 0
  for (const draft of draftOrders) {
    const fields = plainFields(draft)
    const type = stringOf(fields?.['resourceType'])
    if (!fields || type === undefined || !typeName.test(type)) continue
    if (read.length >= mostRead || olderOrderTypes.has(type) || !budget.allows(fields)) unread += 1
    else {
      read.push(readDraft(fields, type, selected, context))
      const textsUnread = texts.takeUnread()
      if (budget.takeLeftOut() || textsUnread) unread += 1
    }
  }
  const { most } = budgets.drafts
  const left = new Set<DraftOrder>()
  if (read.length > most) {
    const first = [...read].sort((one, other) => Number(saysSomething(other)) - Number(saysSomething(one)))
    for (const draft of first.slice(most)) left.add(draft)
  }
  for (const draft of read) if (!left.has(draft)) collector.drafts.push(draft)
  const unjudged = unread + [...left].filter((draft) => draft.evaluated && saysSomething(draft)).length
  if (unjudged > 0) collector.unjudgedDrafts = unjudged
}

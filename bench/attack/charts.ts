import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import type { Bundle, FhirResource } from 'fhir/r4.js'
import { makeDemoPatients } from '../../src/sandbox/demo-patients.js'
import { prefetchOf } from '../../src/sandbox/prefetch-of.js'

const patientId = 'antibiotic-48h-not-improving'
const patients = makeDemoPatients('fhir-fixtures', Date.now)

/** Words that the service looks for, so that it must read them. */
export const clinicalWords = 'Left breast red, warm and swollen; no fever; pain 7 of 10; milk flows. '

/** A text of so many letters that must be read to its end. */
export const longText = (letters: number): string =>
  clinicalWords.repeat(Math.ceil(letters / clinicalWords.length)).slice(0, letters)

export const subject = { reference: `Patient/${patientId}` }
const snomed = 'http://snomed.info/sct'
export const redBreast = { system: snomed, code: '290070001', display: 'Red breast' }
export const at = (place = 0): string => new Date(Date.now() - place * 60_000).toISOString()

/** A finding of an examination, with whatever a kind adds to it. */
export const anExam = (place: number, more: object = {}): FhirResource => ({
  resourceType: 'Observation',
  id: `exam-${place}`,
  status: 'final',
  category: [
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'exam' }] },
  ],
  code: { coding: [redBreast] },
  subject,
  effectiveDateTime: at(place % 2_000),
  ...more,
})

/** An order of a medicine, as a draft or as one that was given. */
export const anOrder = (place: number, more: object = {}): FhirResource => ({
  resourceType: 'MedicationRequest',
  id: `order-${place}`,
  status: 'draft',
  intent: 'order',
  medicationCodeableConcept: {
    coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '3356' }],
    text: 'Dicloxacillin',
  },
  subject,
  authoredOn: at(place % 2_000),
  ...more,
})

const bundleOf = (resources: readonly FhirResource[]): Bundle => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource, search: { mode: 'match' } })),
})

/** What a call brings beside the patient's usual chart. */
export interface Added {
  prefetch?: Record<string, readonly FhirResource[]>
  drafts?: readonly FhirResource[]
}

/** The body of a call: patient-view, or order-sign where there are drafts. */
export function aCall({ prefetch = {}, drafts }: Added = {}): Buffer {
  const usual = prefetchOf(patients.of(patientId), patientId)
  const added = Object.entries(prefetch).map(([key, resources]): [string, Bundle] => {
    const { entry = [] } = usual[key] as Bundle<FhirResource>
    const known = entry.flatMap(({ resource }) => resource ?? [])
    return [key, bundleOf([...known, ...resources])]
  })
  return Buffer.from(
    JSON.stringify({
      hook: drafts ? 'order-sign' : 'patient-view',
      hookInstance: randomUUID(),
      context: {
        userId: 'Practitioner/1',
        patientId,
        ...(drafts && { draftOrders: bundleOf(drafts) }),
      },
      prefetch: { ...usual, ...Object.fromEntries(added) },
    }),
  )
}

/** The usual call, of some 9 kB. */
export const smallHook = (): Buffer => aCall()

/** A call without prefetch, whose FHIR server is to be asked. */
export const callToServer = (fhirServer: string): Buffer =>
  Buffer.from(
    JSON.stringify({
      hook: 'patient-view',
      hookInstance: randomUUID(),
      context: { userId: 'Practitioner/1', patientId: 'attacked' },
      fhirServer,
      fhirAuthorization: {
        access_token: 'secret',
        token_type: 'Bearer',
        expires_in: 300,
        scope: 'patient/*.read',
        subject: 'cds',
      },
    }),
  )

/** As many things as fit into so many bytes of JSON. */
export function fill<Thing>(bytes: number, make: (place: number) => Thing): readonly Thing[] {
  const size = JSON.stringify(make(1_000)).length + 40
  return Array.from({ length: Math.floor(bytes / size) }, (_, place) => make(place))
}

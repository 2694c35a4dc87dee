import type { FhirResource } from 'fhir/r4.js'
import { requestBody } from '../src/cli/evaluate.js'
import { readFixture } from '../src/cli/fixture.js'
import { shiftBundle } from '../src/sandbox/shift-bundle.js'

const hourMs = 3_600_000

/** Everyday entries of a chart that no rule reads: what real prefetch bodies mostly consist of. */
function everyday(place: number, patientId: string, now: number): FhirResource {
  const at = new Date(now - (place % 300) * 7 * hourMs).toISOString()
  const subject = { reference: `Patient/${patientId}` }
  const kinds: readonly FhirResource[] = [
    {
      resourceType: 'Observation',
      id: `survey-${place}`,
      status: 'final',
      category: [
        {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }],
        },
      ],
      code: {
        coding: [
          { system: 'http://loinc.org', code: '69725-0', display: 'Feeling nervous, anxious, or on edge' },
        ],
        text: 'Feeling nervous, anxious, or on edge',
      },
      subject,
      effectiveDateTime: at,
      valueCodeableConcept: {
        coding: [{ system: 'http://loinc.org', code: 'LA6568-5', display: 'Not at all' }],
      },
    },
    {
      resourceType: 'Condition',
      id: `problem-${place}`,
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      code: {
        coding: [
          { system: 'http://snomed.info/sct', code: '195967001', display: 'Asthma' },
          { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'J45.909', display: 'Unspecified asthma' },
        ],
        text: 'Asthma',
      },
      subject,
      onsetDateTime: at,
      recordedDate: at,
    },
    {
      resourceType: 'Observation',
      id: `pulse-${place}`,
      status: 'final',
      category: [
        {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' },
          ],
        },
      ],
      code: {
        coding: [{ system: 'http://loinc.org', code: '8867-4', display: 'Heart rate' }],
        text: 'Heart rate',
      },
      subject,
      effectiveDateTime: at,
      valueQuantity: { value: 72, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
    },
  ]
  return kinds[place % kinds.length] as FhirResource
}

/** A request body of about so many kB: a fixture patient told now, filled up with everyday entries. */
export function bodyOfSize(fixtureName: string, kilobytes: number, now: number): string {
  const story = readFixture('fhir-fixtures', fixtureName, now)
  const resources = story.resources.map((resource) => shiftBundle(resource, now - story.at))
  const bodyWith = (extra: number): string => {
    const filler = Array.from({ length: extra }, (_item, place) => everyday(place, story.patientId, now))
    const fixture = { ...story, at: now, resources: [...resources, ...filler] }
    return JSON.stringify(requestBody({ fixture, hook: 'patient-view', orders: [] }))
  }
  const bare = bodyWith(0).length
  const perEntry = (bodyWith(30).length - bare) / 30
  return bodyWith(Math.max(0, Math.round((kilobytes * 1000 - bare) / perEntry)))
}

/**
 * The same body for so many patients, all of one length: a service asked about one woman alone would remember her.
 *
 * Shape: `mark` becomes part of their ids, so that bodies of different kinds are never about the same women.
 */
export function forPatients(body: string, amount: number, mark: string): readonly string[] {
  const { patientId } = (JSON.parse(body) as { context: { patientId: string } }).context
  return Array.from({ length: amount }, (_item, place) =>
    body.replaceAll(patientId, `${patientId}-${mark}-${String(place).padStart(4, '0')}`),
  )
}

import { expect, test } from '@jest/globals'
import type { FhirResource } from 'fhir/r4.js'
import { invocationBody } from '../../src/audit/invocation-body.js'
import { makePseudonyms } from '../../src/audit/pseudonym.js'
import { versionsOf } from '../../src/audit/versions-of.js'
import { requestBody } from '../../src/cli/evaluate.js'
import { readFixture } from '../../src/cli/fixture.js'
import { budgets } from '../../src/protocol/limits.js'
import { libraryOf, traceOfBody } from './rig.js'

const library = libraryOf()
const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
const subject = { reference: `Patient/${fixture.patientId}` }
const minutesAgo = (minutes: number): string => new Date(fixture.at - minutes * 60_000).toISOString()
const sct = (code: string) => ({ coding: [{ system: 'http://snomed.info/sct', code }] })
const sides = ['80248007', '73056007']
const times = <Made>(count: number, make: (at: number) => Made): Made[] =>
  Array.from({ length: count }, (_, at) => make(at))
const resourceOf = (fields: Record<string, unknown>): FhirResource => fields as unknown as FhirResource

const sign = (at: number): FhirResource =>
  resourceOf({
    resourceType: 'Observation',
    id: `sign-${at}`,
    status: 'final',
    code: sct(['247441003', '290080002', '87386002', '271771009'][at % 4] ?? ''),
    bodySite: sct(sides[(at >> 2) % 2] ?? ''),
    subject,
    effectiveDateTime: minutesAgo(at % 600),
  })
const draft = (at: number): FhirResource =>
  resourceOf({
    resourceType: 'MedicationRequest',
    id: `draft-${at}`,
    status: 'draft',
    intent: 'order',
    subject,
    medicationCodeableConcept: { text: at % 2 ? 'dicloxacillin 500 mg' : 'cabergoline' },
    reasonCode: [{ text: 'mastitis of left breast' }],
  })
const culture = (at: number): FhirResource =>
  resourceOf({
    resourceType: 'DiagnosticReport',
    id: `culture-${at}`,
    status: 'final',
    subject,
    effectiveDateTime: minutesAgo(at),
    code: { text: 'breast milk culture' },
    conclusion: 'S. aureus',
    contained: times(40, (test) => ({
      resourceType: 'Observation',
      id: `t${test}`,
      status: 'final',
      code: { text: 'dicloxacillin, cefalexin, clindamycin, erythromycin, vancomycin, ampicillin' },
      valueString: ['S', 'I', 'R'][test % 3],
    })),
    result: times(40, (test) => ({ reference: `#t${test}` })),
  })

const bundle = (resources: readonly FhirResource[]) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((resource) => ({ resource })),
})

test.each<[string, FhirResource[], FhirResource[], boolean]>([
  ['signs on both breasts and more drafts than are judged', times(1_800, sign), times(80, draft), true],
  ['cultures of forty tests of six agents', times(300, culture), [], false],
  ['both', [...times(900, sign), ...times(200, culture)], times(50, draft), true],
])(
  'the record of a call with %s fits, with all its scopes, verdicts and cards',
  async (_, more, orders, cut) => {
    const hook = orders.length > 0 ? 'order-sign' : 'patient-view'
    const body = requestBody({ fixture, hook, orders })
    const prefetch = body['prefetch'] as Record<string, unknown>
    const changed = { ...body, prefetch: { ...prefetch, breastSigns: bundle(more), reports: bundle(more) } }
    const trace = await traceOfBody(changed, library, fixture.at)
    const versions = versionsOf('0.0.0-test', library.pack)
    const record = invocationBody(trace, versions, makePseudonyms(Buffer.alloc(32, 7), 1))

    expect(Buffer.byteLength(JSON.stringify(record))).toBeLessThanOrEqual(budgets.recordBytes.most)
    expect(record.scopes).toHaveLength(trace.assessment.scopes.length)
    expect(record.cards).toHaveLength(trace.shown.length)
    expect(record.factsCut !== undefined).toBe(cut)
  },
)

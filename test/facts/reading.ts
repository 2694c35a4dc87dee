import type { CodeableConcept, FhirResource } from 'fhir/r4.js'
import type { Facts } from '../../src/facts/facts.js'
import { readFacts } from '../../src/facts/read-facts.js'
import { readKeys } from '../../src/gather/chart.js'
import type { Chart } from '../../src/gather/chart.js'
import { namesOf, readEntry } from '../../src/gather/entries.js'
import { textWords } from '../reading/word-files.js'
import { testQuestionnaire } from '../check/test-questionnaire.js'
import { testCodeBook } from '../terminology/test-code-book.js'

/** When everything in these tables was recorded, unless a row says otherwise. */
export const recorded = '2026-03-03T09:00:00Z'
export const recordedAt = { earliest: Date.parse(recorded), latest: Date.parse(recorded) }

const systems = {
  sct: 'http://snomed.info/sct',
  ln: 'http://loinc.org',
  icd: 'http://hl7.org/fhir/sid/icd-10-cm',
  rx: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
} as const

/** A concept with one coding: `coded('sct', '53430007')`. */
export const coded = (system: keyof typeof systems, code: string, text?: string): CodeableConcept => ({
  coding: [{ system: systems[system], code }],
  ...(text !== undefined && { text }),
})

export const leftBreast = coded('sct', '80248007')
export const rightBreast = coded('sct', '73056007')

/** The resources by every name that a reference may use for them. */
const named = (resources: readonly unknown[]): Chart['named'] =>
  new Map(
    resources.flatMap((resource) => {
      const entry = readEntry({ resource })
      return entry ? namesOf(entry).map((name) => [name, entry.resource] as const) : []
    }),
  )

/** A chart of patient p in which every category was read. */
export const chartOf = (resources: readonly unknown[], given: Partial<Chart> = {}): Chart => ({
  hook: 'patient-view',
  patientId: 'p',
  userId: 'Practitioner/x',
  resources: resources as readonly FhirResource[],
  named: named(resources),
  medications: new Map(),
  sources: readKeys.map((key) => ({ key, origin: 'prefetch', state: 'ok', count: 1, ms: 0 })),
  unreadChecks: [],
  droppedForeign: 0,
  draftOrders: [],
  selections: [],
  ...given,
})

const testWords = textWords()

/** The facts of a chart of these resources. */
export const factsIn = (resources: readonly unknown[], given: Partial<Chart> = {}, zone = 'UTC'): Facts =>
  readFacts(chartOf(resources, given), {
    codes: testCodeBook(),
    words: testWords,
    check: testQuestionnaire(),
    zone,
  })

const subject = { reference: 'Patient/p' }

export const observation = (code: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code,
  subject,
  effectiveDateTime: recorded,
  ...rest,
})

export const condition = (code: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  resourceType: 'Condition',
  id: 'c',
  code,
  subject,
  clinicalStatus: { coding: [{ code: 'active' }] },
  onsetDateTime: recorded,
  ...rest,
})

export const request = (rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  resourceType: 'MedicationRequest',
  id: 'm',
  status: 'active',
  intent: 'order',
  subject,
  authoredOn: recorded,
  medicationCodeableConcept: { text: 'dicloxacillin 500 mg oral capsule' },
  ...rest,
})

export const administration = (rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  resourceType: 'MedicationAdministration',
  id: 'a',
  status: 'completed',
  subject,
  effectiveDateTime: recorded,
  medicationCodeableConcept: { text: 'cefazolin' },
  ...rest,
})

export const order = (code: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  resourceType: 'ServiceRequest',
  id: 's',
  status: 'active',
  intent: 'order',
  subject,
  authoredOn: recorded,
  code,
  ...rest,
})

export const report = (
  code: unknown,
  conclusion: string | undefined,
  rest: Record<string, unknown> = {},
): Record<string, unknown> => ({
  resourceType: 'DiagnosticReport',
  id: 'r',
  status: 'final',
  subject,
  effectiveDateTime: recorded,
  code,
  ...(conclusion !== undefined && { conclusion }),
  ...rest,
})

/** A quantity with a UCUM code. */
export const ucum = (value: unknown, code: string): Record<string, unknown> => ({
  value,
  code,
  unit: code,
  system: 'http://unitsofmeasure.org',
})

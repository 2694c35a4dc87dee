import { describe, expect, test } from '@jest/globals'
import type { FhirResource } from 'fhir/r4.js'
import { linkMedications } from '../../src/gather/medications.js'
import { patientOwnership } from '../../src/gather/patient-ownership.js'

const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'
const number = (value: string, system?: string) => ({ ...(system !== undefined && { system }), value })
const entries = [
  {
    fullUrl: urn,
    resource: {
      resourceType: 'Patient',
      id: '12',
      identifier: [number('7005', 'https://ids.example.org/person'), number('77'), number('shared', 'urn:x')],
    },
  },
  {
    fullUrl: 'urn:uuid:ffffffff-1cbf-4d64-b04d-cd9187a4c6e0',
    resource: {
      resourceType: 'Patient',
      id: '13',
      identifier: [number('9', 'urn:x'), number('shared', 'urn:x')],
    },
  },
]
const whose = patientOwnership('12', () => entries)
const resource = (fields: object): FhirResource => fields as unknown as FhirResource

const hers = [
  'Patient/12',
  'Patient/12/_history/3',
  'https://ehr.example.org/Patient/12',
  'http://ehr.example.org/r4/Patient/12/_history/3',
  urn,
]
/** References that hold hers, or nearly so, and mean somebody else. */
const nearMisses = [
  ...[
    'Patient/112',
    'Patient/120',
    'Patient/1',
    'Patient/2',
    'Patient/12x',
    'Patient/x12',
    'Patient/12-1',
    'Patient/12.1',
  ],
  ...[
    'xPatient/12',
    'NotPatient/12',
    'patient/12',
    'PATIENT/12',
    '/Patient/12',
    'x/Patient/12',
    ' Patient/12',
    'Patient/12 ',
  ],
  ...[
    'Patient/12/',
    'Patient//12',
    'Patient/12/x',
    'Patient/12#x',
    'Patient/12?x',
    'Patient/12|3',
    'Patient/12_history/3',
  ],
  ...[
    'Patient/112/_history/3',
    'Patient/3/_history/12',
    'Patient/3/_history/Patient/12',
    'xPatient/12/_history/3',
  ],
  ...[
    'https://e.org/Patient/112',
    'https://e.org/Patient/120',
    'https://e.org/Patient/12/x',
    'https://e.org/xPatient/12',
  ],
  ...['https://e.org/Patient/12?x', 'https://e.org/Patient/12#x', 'https://e.org/Patient/3/_history/12'],
  ...[
    'https://e.org/Patient/112/_history/3',
    'https://e.org/?Patient/12&x',
    'ftp://e.org/Patient/12',
    'xhttps://e.org/Patient/12',
  ],
  ...[
    'RelatedPerson/12',
    'Group/12',
    '12',
    '#12',
    '',
    `${urn}0`,
    `x${urn}`,
    urn.slice(0, -1),
    'urn:uuid:12',
    'urn:x/Patient/12',
  ],
]

describe('P9 a reference that nearly names the patient names another patient', () => {
  test.each(hers)('P9 %j is the patient, in resources and in drafts', (reference) => {
    expect(whose.resource(resource({ resourceType: 'Condition', subject: { reference } }))).toBe('hers')
    expect(whose.draft(resource({ resourceType: 'Task', for: { reference } }))).toBe(true)
  })

  test.each(nearMisses)('P9 %j is not the patient, in resources and in drafts', (reference) => {
    for (const element of ['subject', 'patient'])
      expect(whose.draft(resource({ resourceType: 'ServiceRequest', [element]: { reference } }))).toBe(false)
    expect(whose.draft(resource({ resourceType: 'Task', for: { reference } }))).toBe(false)
    expect(whose.resource(resource({ resourceType: 'Condition', subject: { reference } }))).toBe('foreign')
    expect(whose.resource(resource({ resourceType: 'AllergyIntolerance', patient: { reference } }))).toBe(
      'foreign',
    )
  })

  test.each(['112', '120', '1', '2', '12 ', '', 12, undefined])(
    'P9 a Patient with the id %j is not the patient',
    (id) => {
      expect(whose.resource(resource({ resourceType: 'Patient', id }))).toBe('foreign')
    },
  )

  test('P9 the urn of a Patient with nearly the same id is not the patient', () => {
    const other = [{ fullUrl: urn, resource: { resourceType: 'Patient', id: '112' } }]
    const fields = { resourceType: 'Condition', subject: { reference: urn } }

    expect(patientOwnership('12', () => other).resource(resource(fields))).toBe('foreign')
  })

  test('P9 a resource does not belong to the patient by an element of another type', () => {
    const patient = { reference: 'Patient/12' }

    expect(whose.resource(resource({ resourceType: 'Condition', patient }))).toBe('foreign')
    expect(whose.resource(resource({ resourceType: 'AllergyIntolerance', subject: patient }))).toBe('foreign')
  })
})

describe('P9 a subject by an identifier is the patient who carries the identifier', () => {
  const her = number('7005', 'https://ids.example.org/person')
  test.each([
    ['an identifier of hers', { identifier: her }],
    ['an identifier of hers, and a reference that is null', { reference: null, identifier: her }],
    ['an identifier of hers, and an address that no entry has', { reference: 'urn:uuid:0', identifier: her }],
    ['an identifier of hers without a system', { identifier: number('77') }],
  ])('P9 %s', (_, subject) => {
    expect(whose.resource(resource({ resourceType: 'Condition', subject }))).toBe('hers')
    expect(whose.draft(resource({ resourceType: 'MedicationRequest', subject }))).toBe(true)
  })

  test.each([
    ['an identifier of another', { identifier: number('9', 'urn:x') }],
    ['an identifier that another carries too', { identifier: number('shared', 'urn:x') }],
    ['her number in another system', { identifier: number('7005', 'https://other.example.org') }],
    ['her number without its system', { identifier: number('7005') }],
    ['a system alone', { identifier: { system: 'https://ids.example.org/person' } }],
    ['an identifier of hers beside the id of another', { reference: 'Patient/13', identifier: her }],
    [
      'an identifier of hers beside the address of another',
      { reference: 'urn:uuid:ffffffff-1cbf-4d64-b04d-cd9187a4c6e0', identifier: her },
    ],
    ['an identifier of hers beside a reference without a name', { reference: '', identifier: her }],
  ])('P9 %s names another', (_, subject) => {
    expect(whose.resource(resource({ resourceType: 'Condition', subject }))).toBe('foreign')
    expect(whose.draft(resource({ resourceType: 'MedicationRequest', subject }))).toBe(false)
  })

  test.each(['p', '#p'])('P9 a contained Patient with the id %j is her by an identifier of hers', (id) => {
    const contained = (identifier: object) => [{ resourceType: 'Patient', id, identifier: [identifier] }]
    const fields = { resourceType: 'Condition', subject: { reference: '#p' } }
    const owner = (identifier: object) =>
      whose.resource(resource({ ...fields, contained: contained(identifier) }))

    expect([owner(her), owner(number('9', 'urn:x'))]).toEqual(['hers', 'foreign'])
  })

  test('H7 a draft without a subject, or with an empty one, belongs to the patient of the context', () => {
    for (const subject of [{}, { reference: null }, null, undefined])
      expect(whose.draft(resource({ resourceType: 'MedicationRequest', subject }))).toBe(true)
    const somebody = { display: 'Nora Example' }
    expect(whose.draft(resource({ resourceType: 'MedicationRequest', subject: somebody }))).toBe(false)
  })
})

describe('P9 an id that is a UUID is also a URN', () => {
  const id = '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d'
  const whoseUuid = patientOwnership(id, () => [])
  test.each([
    [`urn:uuid:${id}`, 'hers'],
    [`urn:uuid:${id.toUpperCase()}`, 'hers'],
    [`urn:uuid:${id.replace('9b', '8b')}`, 'foreign'],
  ])('P9 %s is %s', (reference, owner) => {
    expect(whoseUuid.resource(resource({ resourceType: 'Condition', subject: { reference } }))).toBe(owner)
  })
})

describe('a reference that nearly names a Medication names another Medication', () => {
  const known = resource({ resourceType: 'Medication', id: 'm1' })
  const link = (reference: string) => {
    const medications = new Map([['Medication/m1', known]])
    const order = resource({ resourceType: 'MedicationRequest', id: 'r', medicationReference: { reference } })
    return { unknown: linkMedications([order], medications), found: medications.get(reference) }
  }

  test.each(['Medication/m1', 'Medication/m1/_history/2', 'https://e.org/r4/Medication/m1'])(
    '%j finds the Medication',
    (reference) => {
      expect(link(reference)).toEqual({ unknown: [], found: known })
    },
  )

  test.each([
    'Medication/m11',
    'Medication/m',
    'Medication/xm1',
    'https://e.org/Medication/m11',
    'Medication/m1/x',
    'Medication/m1#x',
  ])('%j names another Medication', (reference) => {
    const { unknown, found } = link(reference)

    expect(found).toBeUndefined()
    expect(unknown).toEqual([reference.slice(reference.indexOf('Medication/'))])
  })

  test.each([
    'xMedication/m1',
    'https://e.org/NotMedication/m1',
    'medication/m1',
    'MedicationRequest/m1',
    'm1',
    '',
  ])('%j names no Medication', (reference) => {
    expect(link(reference)).toEqual({ unknown: [], found: undefined })
  })
})

import { expect, test } from '@jest/globals'
import type { Condition, FhirResource, Patient } from 'fhir/r4.js'
import { extract } from '../../src/check/extract.js'
import { prefetchOf } from '../../src/sandbox/prefetch-of.js'
import { developmentClient } from '../../src/config/development-client.js'
import { decideOnce } from '../../src/service/decide-once.js'
import { loadLibrary } from '../../src/service/load-library.js'
import { authored, responseOf, type AnswersGiven } from './response.js'
import { base, testQuestionnaire } from './test-questionnaire.js'

const now = Date.parse(authored)
const library = loadLibrary({ cardsDir: 'cards', mode: 'development', canonicalBase: base })
const patient: Patient = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1994-05-17' }

const mastitis: Condition = {
  resourceType: 'Condition',
  id: 'mastitis',
  subject: { reference: 'Patient/p' },
  clinicalStatus: { coding: [{ code: 'active' }] },
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'O91.23' }] },
  bodySite: [{ coding: [{ system: 'http://snomed.info/sct', code: '80248007' }] }],
  onsetDateTime: '2026-02-21T09:00:00Z',
}

/** The cards of a chart, with a breast check beside it or without: "kind variant (indicator)". */
async function cardsOf(chart: readonly FhirResource[], breastCheck?: unknown): Promise<readonly string[]> {
  const body = {
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/x', patientId: 'p' },
    prefetch: { ...prefetchOf(chart, 'p'), ...(breastCheck !== undefined && { breastCheck }) },
  }
  const { trace } = await decideOnce(body, { library, now })
  return trace.shown.map(({ kind, variant, indicator }) => `${kind} ${variant} (${indicator})`)
}

const lactating = { baby: 'Infant well, born at term', feeding: 'Currently breastfeeding' } as const
const left = { ...lactating, side: 'Left breast', temperature: [36.8, 'Cel'] } as const

const twins: readonly (readonly [
  words: string,
  given: AnswersGiven,
  beside: readonly FhirResource[],
  card: string,
])[] = [
  ['lump since 3 weeks', { ...left, lump: 'Yes', 'lump-since': [3, 'wk'] }, [], 'ultrasound lump (info)'],
  [
    "peau d'orange since 10 days, afebrile",
    { ...left, 'peau-d-orange': 'Yes', 'peau-d-orange-since': [10, 'd'] },
    [],
    'punch-biopsy skin-sign-urgent (critical)',
  ],
  [
    'a third or more red since 15 days, afebrile',
    { ...left, redness: 'A third or more', 'redness-since': [15, 'd'] },
    [],
    'ultrasound persistent (warning)',
  ],
  [
    'skin thick today, mastitis since 10 days',
    { ...left, 'skin-thickening': 'Yes' },
    [mastitis],
    'punch-biopsy skin-sign (warning)',
  ],
]

test.each(twins)('C34: %s, as a response in the prefetch', async (_, given, beside, card) => {
  expect(await cardsOf([patient, ...beside], responseOf(given))).toContain(card)
})

test.each(twins)('C34: %s, as what the check wrote into the chart', async (_, given, beside, card) => {
  const response = responseOf(given)
  const written = extract(testQuestionnaire(), { ...response }).resources.map((resource, at) => ({
    ...resource,
    id: `w${at}`,
  }))
  const cards = await cardsOf([patient, ...beside, ...written])

  expect(cards).toContain(card)
  expect(cards).toEqual(await cardsOf([patient, ...beside], response))
})

test.each([
  ['lump since 13 days', { ...left, lump: 'Yes', 'lump-since': [13, 'd'] }, 'ultrasound lump'],
  ["peau d'orange today", { ...left, 'peau-d-orange': 'Yes' }, 'punch-biopsy skin-sign-urgent (critical)'],
  [
    'a third or more red since 13 days',
    { ...left, redness: 'A third or more', 'redness-since': [13, 'd'] },
    'ultrasound persistent',
  ],
  ['a lump that is not there, since 3 weeks', { ...left, lump: 'No', 'lump-since': [3, 'wk'] }, 'ultrasound'],
] as const)('C34, the other side: %s', async (_, given, card) => {
  expect((await cardsOf([patient], responseOf(given))).join()).not.toContain(card)
})

test.each([
  ['no value at all', undefined, 0],
  ['null', null, 0],
  ['an empty Bundle', { resourceType: 'Bundle', type: 'searchset' }, 0],
  ['a response that is entered in error', responseOf({}, { status: 'entered-in-error' }), 0],
  ['a text', 'yes', 1],
  ['a list', [], 1],
  ['an Observation', { resourceType: 'Observation', subject: { reference: 'Patient/p' } }, 1],
  ['an OperationOutcome', { resourceType: 'OperationOutcome' }, 1],
  ['a response of another patient', responseOf({}, { subject: { reference: 'Patient/q' } }), 1],
  ['a response to another form', responseOf({}, { questionnaire: 'http://loinc.org/q/44249-1' }), 1],
  ['a response without a form', { ...responseOf({}), questionnaire: 7 }, 1],
  ['a response whose items are no items', { ...responseOf({}), item: [[], 'x', { linkId: {} }] }, 1],
  ['a Bundle of two, one of another patient', bundle(responseOf({}), responseOf({}, { subject: {} })), 1],
])('%s under breastCheck ends no call, and is named %p %d time(s)', async (_, breastCheck, times) => {
  const body = {
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/x', patientId: 'p' },
    prefetch: { ...prefetchOf([patient, mastitis], 'p'), breastCheck },
  }
  const { trace, notUnderstood = {} } = await decideOnce(body, { library, now })

  expect(trace.shown.length).toBeGreaterThan(0)
  expect(Object.values(notUnderstood).reduce((sum, each) => sum + each, 0)).toBe(times)
})

test('a check that is not understood is asked for by reassess, which opens the check', async () => {
  const smartLaunchUrl = `${base}/smart/launch.html`
  const body = {
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/x', patientId: 'p' },
    prefetch: {
      ...prefetchOf([patient, mastitis], 'p'),
      breastCheck: responseOf({}, { status: 'in-progress' }),
    },
  }
  const { trace } = await decideOnce(body, {
    library: loadLibrary({ cardsDir: 'cards', mode: 'development', canonicalBase: base, smartLaunchUrl }),
    client: { ...developmentClient, links: ['smart-app'] },
    now,
  })
  const asked = trace.shown.find(({ kind }) => kind === 'reassess')

  expect(asked?.wire?.detail).toContain('breast check is not completed')
  expect(asked?.wire?.links).toContainEqual(
    expect.objectContaining({ label: 'Open the breast check', url: smartLaunchUrl, type: 'smart' }),
  )
})

function bundle(...resources: readonly FhirResource[]): FhirResource {
  return { resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) }
}

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { CodeSystem, Coding, Questionnaire, QuestionnaireItem } from 'fhir/r4.js'
import { responseOf } from '../check/response.js'
import { testCodeBook } from '../terminology/test-code-book.js'
import { ask, post } from './rig.js'
import { startWhole } from './whole.js'
import type { Whole } from './whole.js'

let whole: Whole
beforeAll(async () => {
  whole = await startWhole()
})
afterAll(() => whole.close())

const published = async <Resource>(path: string): Promise<Resource> =>
  (await ask(`${whole.base}${path}`)).body as Resource

const itemsIn = (items: readonly QuestionnaireItem[] = []): readonly QuestionnaireItem[] =>
  items.flatMap((item) => [item, ...itemsIn(item.item)])

const questionnaire = () => published<Questionnaire>('/Questionnaire/breast-check')

test('GET /Questionnaire/breast-check is a FHIR resource with a canonical address and a version', async () => {
  const { status, headers, body } = await ask(`${whole.base}/Questionnaire/breast-check`)

  expect([status, headers.get('content-type')]).toEqual([200, 'application/fhir+json; charset=utf-8'])
  expect(body).toMatchObject({
    resourceType: 'Questionnaire',
    url: 'https://cds.example.org/Questionnaire/breast-check',
    version: '1.0.0',
    subjectType: ['Patient'],
  })
})

test('every item has an id of its own, none is required, and what opens an item is an item', async () => {
  const items = itemsIn((await questionnaire()).item)
  const ids = items.map(({ linkId }) => linkId)

  expect(new Set(ids).size).toBe(ids.length)
  expect(items.filter(({ required }) => required === true)).toEqual([])
  expect(items.flatMap(({ enableWhen = [] }) => enableWhen.map(({ question }) => question))).toEqual(
    expect.not.arrayContaining([expect.stringMatching(/^$/)]),
  )
  expect(
    items.flatMap(({ enableWhen = [] }) => enableWhen).filter(({ question }) => !ids.includes(question)),
  ).toEqual([])
})

test('every code is one that the rules read, and every own code is in the published code system', async () => {
  const items = itemsIn((await questionnaire()).item)
  const own = await published<CodeSystem>('/CodeSystem/breast-check')
  const codings = items.flatMap(({ code = [], answerOption = [] }): readonly Coding[] => [
    ...code,
    ...answerOption.flatMap(({ valueCoding }) => valueCoding ?? []),
  ])
  const ofOwn = codings.filter(({ system }) => system === own.url)

  expect(codings.length).toBeGreaterThan(60)
  expect(
    codings.filter((coding) => testCodeBook().codedSets({ coding: [coding] }, { breast: true }).length === 0),
  ).toEqual([])
  expect(own.concept?.map(({ code }) => code)).toEqual(expect.arrayContaining(ofOwn.map(({ code }) => code)))
  expect(codings.filter(({ display, system }) => !display || !system)).toEqual([])
})

test('every sign asks for its own onset in hours, days or weeks', async () => {
  const items = itemsIn((await questionnaire()).item)
  const onsets = items.filter(({ definition }) => definition?.endsWith('#Observation.effective[x]'))
  const units = onsets.map(({ extension = [] }) =>
    extension.flatMap(({ valueCoding }) => valueCoding?.code ?? []),
  )

  expect(onsets).toHaveLength(14)
  expect(new Set(units.map(String))).toEqual(new Set(['h,d,wk']))
})

test('a response in the prefetch of a call raises the card of its sign', async () => {
  const patient = { resourceType: 'Patient', id: 'p', gender: 'female', birthDate: '1994-05-17' }
  const nothing = ['conditions', 'lactationStatus', 'temperatures', 'vitalSigns', 'laboratory', 'breastSigns']
  const rest = ['medicationRequests', 'medicationAdministrations', 'medicationStatements', 'allergies']
  const orders = ['serviceRequests', 'procedures', 'reports', 'encounters']
  const call = async (more: object): Promise<readonly string[]> => {
    const { body } = await post(`${whole.base}/cds-services/mastitis-patient-view`, {
      hook: 'patient-view',
      hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
      context: { userId: 'Practitioner/x', patientId: 'p' },
      prefetch: {
        patient,
        ...Object.fromEntries([...nothing, ...rest, ...orders].map((key) => [key, null])),
        ...more,
      },
    })
    return (body as { cards: { source: { topic: Coding } }[] }).cards.map(
      ({ source }) => source.topic.code ?? '',
    )
  }
  const given = { feeding: 'Currently breastfeeding', side: 'Left breast', 'peau-d-orange': 'Yes' }

  expect(await call({})).toEqual([])
  expect(await call({ breastCheck: responseOf(given) })).toContain('punch-biopsy')
})

import { expect, test } from '@jest/globals'
import type { Patient } from 'fhir/r4.js'
import { readFacts } from '../../src/facts/read-facts.js'
import type { Facts } from '../../src/facts/facts.js'
import { makeGather } from '../../src/gather/gather.js'
import { loadLibrary } from '../../src/service/load-library.js'
import { developmentClient } from '../../src/config/development-client.js'
import { parseHookRequest } from '../../src/protocol/parse-hook-request.js'
import { prefetchOf } from '../../src/sandbox/prefetch-of.js'
import { parseCheck, type BreastCheck } from '../../src/workbench/breast-check-answers.js'
import { checkObservations, writtenCodes } from '../../src/workbench/breast-check.js'

const now = Date.parse('2026-03-03T09:00:00Z')
const codes = writtenCodes('cards')
const { reading } = loadLibrary({ cardsDir: 'cards', mode: 'development', canonicalBase: 'http://localhost' })
const gather = makeGather({ settings: { mode: 'development' }, clock: () => now })

const patient: Patient = { resourceType: 'Patient', id: 'p1', gender: 'female', birthDate: '1994-05-17' }

/** What the service reads back from the Observations of a check, as an EHR would supply them. */
async function factsOf(check: BreastCheck): Promise<Facts> {
  const written = checkObservations(check, 'p1', now, codes).map((each, index) => ({
    ...each,
    id: `o${index}`,
  }))
  const body = {
    hook: 'patient-view',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId: 'Practitioner/p', patientId: 'p1' },
    prefetch: prefetchOf([patient, ...written], 'p1'),
  }
  return readFacts(await gather(parseHookRequest('mastitis-patient-view', body), developmentClient), reading)
}

test.each([
  // question              answer         sign                state
  ['lump', true, 'lump', 'present'],
  ['lump', false, 'lump', 'absent'],
  ['fluctuance', true, 'fluctuance', 'present'],
  ['fluctuance', false, 'fluctuance', 'absent'],
  ['peauDOrange', true, 'peau-d-orange', 'present'],
  ['peauDOrange', false, 'peau-d-orange', 'absent'],
  ['thickening', true, 'skin-thickening', 'present'],
  ['thickening', false, 'skin-thickening', 'absent'],
  ['colourChange', true, 'colour-change', 'present'],
  ['colourChange', false, 'colour-change', 'absent'],
  ['warmth', true, 'warmth', 'present'],
  ['nippleRetraction', true, 'nipple-retraction', 'present'],
  ['rednessCm', 4, 'erythema', 'present'],
  ['rednessCm', 0, 'erythema', 'absent'],
] as const)('%s answered %p is read back as %s %s of that breast', async (question, answer, sign, state) => {
  const facts = await factsOf({ side: 'left', onsetHours: 24, [question]: answer })

  expect(facts.signs.map((each) => [each.sign, each.state, each.side])).toEqual([[sign, state, 'left']])
  expect(facts.unreadable).toEqual([])
  expect(facts.signs[0]?.when?.latest).toBe(now)
})

test('the extent of redness is read back in centimetres', async () => {
  expect((await factsOf({ side: 'right', rednessCm: 6.5 })).signs[0]).toMatchObject({
    side: 'right',
    size: { value: 6.5, unit: 'cm' },
  })
})

test('temperature and pain are read back as measures, pain about the breast', async () => {
  const facts = await factsOf({ side: 'left', temperature: 38.5, pain: 7 })

  expect(facts.measures.map(({ kind, value }) => [kind, value])).toEqual(
    expect.arrayContaining([
      ['temperature', 38.5],
      ['pain', 7],
    ]),
  )
  expect(facts.measures.find(({ kind }) => kind === 'pain')).toMatchObject({
    aboutBreast: true,
    side: 'left',
  })
})

test.each([
  [true, 'yes'],
  [false, 'no'],
] as const)('feeding answered %p is read back as a lactation statement of %s', async (feeding, says) => {
  expect((await factsOf({ side: 'left', feeding })).lactation).toMatchObject([{ says }])
})

test.each(['improved', 'not-improved', 'worse'] as const)('the course %s is read back', async (course) => {
  expect((await factsOf({ side: 'both', course })).course).toMatchObject([{ says: course, side: 'both' }])
})

test('a question without an answer writes nothing', () => {
  expect(checkObservations({ side: 'left' }, 'p1', now, codes)).toEqual([])
})

test('every code that is written is one of cards/codes', () => {
  const everything = parseCheck({
    ...{ side: 'left', feeding: true, onsetHours: 5, rednessCm: 3, lump: true, fluctuance: true },
    ...{ peauDOrange: true, thickening: true, colourChange: true, warmth: true, nippleRetraction: true },
    ...{ temperature: 38, pain: 5, course: 'worse' },
  })
  const known = checkObservations(everything, 'p1', now, codes).flatMap(({ code }) => code.coding ?? [])

  expect(known.map(({ code }) => code)).toEqual([
    ...['63895-7', '8310-5', '72514-3', '290070001', '89164003', '87386002', '271955004'],
  ])
  expect(known.every(({ display, system }) => display !== undefined && system !== undefined)).toBe(true)
})

test.each([
  ['a side that is none', { side: 'middle' }],
  ['a temperature of a freezer', { side: 'left', temperature: 29.9 }],
  ['pain beyond the scale', { side: 'left', pain: 11 }],
  ['text in place of yes or no', { side: 'left', lump: '<img>' }],
  ['a course of its own', { side: 'left', course: 'dunno' }],
])('%s is refused', (_, check) => {
  expect(() => parseCheck(check)).toThrow('not an answer')
})

import { expect, test } from '@jest/globals'
import { requestBody } from '../../../src/cli/evaluate.js'
import { readFixture } from '../../../src/cli/fixture.js'
import { developmentClient } from '../../../src/config/development-client.js'
import { DataUnavailable } from '../../../src/errors.js'
import { budgets } from '../../../src/protocol/limits.js'
import { traceOfBody } from '../../audit/rig.js'
import { libraryWith } from '../../cases/ask.js'
import { requiredCategories } from '../../../src/assess/missing.js'
import { couldNotRun } from '../../../src/cards/choose/could-not-run.js'
import { readKeys, type ReadKey } from '../../../src/gather/chart.js'
import { packOf } from '../content-of.js'

const pack = packOf([{}])
const considered = (keys: readonly ReadKey[]) =>
  couldNotRun(pack, keys, '0a7a5a3e-8f1b-4c57-9d1c-6f0f6f1f2a3b')
const card = (keys: readonly ReadKey[]) => considered(keys).wire

test.each<[readonly ReadKey[], string]>([
  [['conditions'], 'Mastitis check could not be run: conditions could not be read.'],
  [
    ['vitalSigns', 'laboratory'],
    'Mastitis check could not be run: vital signs, laboratory values could not be read.',
  ],
  [
    requiredCategories,
    'Mastitis check could not be run: the patient record, conditions and more could not be read.',
  ],
])('the card says what could not be read: %j', (keys, summary) => {
  expect(card(keys)).toMatchObject({ summary, indicator: 'info' })
})

test('the detail lists every key and that no card does not mean nothing to find', () => {
  const { detail } = card(readKeys)

  expect(detail.match(/^- /gmu)).toHaveLength(readKeys.length)
  expect(detail).toContain('No card does not mean that there is nothing to find')
})

test('every possible summary stays under 140 characters', () => {
  for (const one of readKeys) {
    for (const other of readKeys) expect(card([one, other, one]).summary.length).toBeLessThan(140)
  }
})

test('it carries a topic of its own, a UUID and no suggestion', () => {
  const { source, uuid, suggestions } = card(['patient'])

  expect(source.topic.code).toBe('check-not-run')
  expect(uuid).toMatch(/^[\da-f-]{36}$/u)
  expect(suggestions).toBeUndefined()
})

test('it is recorded like any other card, under its own kind', () => {
  expect(considered(['patient'])).toMatchObject({ kind: 'check-not-run', indicator: 'info' })
})

const healthy = readFixture('fhir-fixtures', 'healthy-lactating', 0)
const signs = (drafts: number): Record<string, unknown> => ({
  ...requestBody({
    fixture: healthy,
    hook: 'order-sign',
    orders: Array.from({ length: drafts }, (_, at) => ({
      resourceType: 'ServiceRequest' as const,
      id: `draft-${at}`,
      status: 'draft' as const,
      intent: 'order' as const,
      subject: { reference: `Patient/${healthy.patientId}` },
      code: { coding: [{ system: 'http://loinc.org', code: '24601-7' }] },
    })),
  }),
})
const told = (drafts: number, onMissingData: '412' | 'card') =>
  traceOfBody(signs(drafts), libraryWith(), healthy.at, { ...developmentClient, onMissingData })

test('as many draft orders as are judged, none of which is of note, are answered without a card', async () => {
  expect((await told(budgets.drafts.most, '412')).shown).toEqual([])
})

test('one draft order more, and nobody has looked at it: the answer is 412, or the card that says so', async () => {
  await expect(told(budgets.drafts.most + 1, '412')).rejects.toThrow(DataUnavailable)
  const { shown } = await told(budgets.drafts.most + 1, 'card')

  expect(shown.map(({ wire }) => wire?.summary)).toEqual([
    'Mastitis check could not be run: some draft orders could not be read.',
  ])
})

import { expect, test } from '@jest/globals'
import { couldNotRun } from '../../src/cards/could-not-run.js'
import { readKeys, requiredKeys, type ReadKey } from '../../src/gather/chart.js'
import { packOf } from './content-of.js'

const pack = packOf([{}])
const considered = (keys: readonly ReadKey[]) =>
  couldNotRun(pack, keys, '0a7a5a3e-8f1b-4c57-9d1c-6f0f6f1f2a3b')
const card = (keys: readonly ReadKey[]) => considered(keys).wire

test.each<[readonly ReadKey[], string]>([
  [['conditions'], 'Mastitis check could not be run: conditions could not be read.'],
  [
    ['vitalSigns', 'laboratory'],
    'Mastitis check could not be run: vital signs, laboratory results could not be read.',
  ],
  [requiredKeys, 'Mastitis check could not be run: patient data, conditions and more could not be read.'],
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

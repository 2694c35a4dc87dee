import { expect, test } from '@jest/globals'
import { fittingBody } from '../../src/audit/fitting-body.js'
import type { RecordedScope } from '../../src/audit/recorded-findings.js'
import { budgets } from '../../src/protocol/limits.js'

const { most } = budgets.recordBytes
const bytesOf = (body: object): number => Buffer.byteLength(JSON.stringify(body))
const fact = (at: number) => ({ sign: 'erythema', source: `Observation#${at}` })
const facts = (count: number, filler = '') => ({
  droppedForeign: 0,
  signs: Array.from({ length: count }, (_, at) => fact(at)),
  filler,
})
const scope = (reasons: number, sources: number): RecordedScope => ({
  stage: 'none',
  present: Array.from({ length: reasons }, (_, at) => [
    `finding-${at}`,
    'red',
    ...Array.from({ length: sources }, (_, number) => `Observation#${number}`),
  ]),
  cannotTell: [],
  absent: [],
})
const small = { scopes: [scope(1, 1)] }

/** Bytes that `factsCut` would take; there is room for them in every record that is measured. */
const mark = bytesOf({ facts: 0, factsCut: 100_000 })

test.each([
  ['as many bytes as a record has', 0, undefined],
  ['one byte more', 1, 75],
])('facts and decision of %s: facts left out', (_, more, cut) => {
  const bare = facts(200)
  const filler = 'x'.repeat(most - mark - bytesOf(small) - bytesOf(bare) + more)
  const body = fittingBody(facts(200, filler), small)

  expect(body.factsCut).toBe(cut)
  expect(bytesOf(body)).toBeLessThanOrEqual(most)
  expect(body.scopes).toEqual(small.scopes)
})

test('the first facts are kept, the same each time', () => {
  const many = facts(20_000)
  const body = fittingBody(many, small)
  const kept = (body.facts as typeof many).signs

  expect(kept).toEqual(many.signs.slice(0, kept.length))
  expect(kept.length + (body.factsCut ?? 0)).toBe(20_000)
  expect(fittingBody(many, small)).toEqual(body)
})

test('a decision of at most half the record names its sources; in a larger decision the sources are counted', () => {
  const scopesOf = (count: number) => Array.from({ length: count }, () => scope(20, 20))
  const fewer = { scopes: scopesOf(18) }
  const more = { scopes: scopesOf(30) }

  expect(bytesOf(fewer)).toBeLessThanOrEqual(most / 2)
  expect(bytesOf(more)).toBeGreaterThan(most / 2)
  expect(fittingBody(facts(1), fewer).scopes).toEqual(fewer.scopes)
  expect(fittingBody(facts(1), more).scopes).toHaveLength(30)
  expect(fittingBody(facts(1), more).scopes[0]?.present[0]).toEqual(['finding-0', 'red', '+20'])
})

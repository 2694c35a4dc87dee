import { expect, test } from '@jest/globals'
import type { Scope } from '../../src/assess/assessment.js'
import { present } from '../../src/assess/finding.js'
import { countsOnly, recordedScopes } from '../../src/audit/recorded-findings.js'
import { budgets } from '../../src/protocol/limits.js'

const { most } = budgets.findingSources
const scopeOn = (sources: number): Scope => {
  const evidence = Array.from({ length: sources }, (_, at) => ({
    what: 'fever',
    source: `Observation/${at}`,
    fromText: false,
  }))
  return {
    stage: 'none',
    findings: new Map([['fever' as never, present('fever', ...evidence)]]),
    values: {} as Scope['values'],
  }
}
const recorded = (sources: number) => recordedScopes([scopeOn(sources)], (ref) => ref.replace('/', '#'))

test('a finding with the largest number of sources names them all', () => {
  const [, , ...sources] = recorded(most)[0]?.present[0] ?? []

  expect(sources).toHaveLength(most)
  expect(sources.at(-1)).toBe(`Observation#${most - 1}`)
})

test('with one source more the first sources are named, and the last is counted', () => {
  const [, , ...sources] = recorded(most + 1)[0]?.present[0] ?? []

  expect(sources).toHaveLength(most + 1)
  expect(sources.at(-1)).toBe('+1')
})

test.each([
  [0, []],
  [3, ['+3']],
  [most + 7, [`+${most + 7}`]],
])('with counts only, %d sources become %j', (count, expected) => {
  const [, , ...sources] = countsOnly(recorded(count))[0]?.present[0] ?? []

  expect(sources).toEqual(expected)
})

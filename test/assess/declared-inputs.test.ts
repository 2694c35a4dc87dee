import { expect, test } from '@jest/globals'
import type { FindingName } from '../../src/assess/finding-names.js'
import { findingDefinitions } from '../../src/assess/registry.js'
import { libraryWith } from '../cases/ask.js'
import { allCases } from '../cases/case-file.js'
import { readCase } from '../cases/outcome.js'
import { someOf } from '../depth.js'
import { movedIn, type Chart, type Input } from './changed-inputs.js'

const library = libraryWith()
const declared = new Map<FindingName, ReadonlySet<string>>(
  findingDefinitions.map(({ name, facts, parameters }) => [name, new Set<string>([...facts, ...parameters])]),
)

/** The charts of some cases; of cases with the same chart the first. */
async function charts(): Promise<readonly Chart[]> {
  const promises = allCases().filter(({ parameters, overridden }) => !parameters && !overridden)
  const read = await Promise.all(someOf(promises, 10).map((promise) => readCase(promise, library)))
  return read.map(({ promise, facts, at }) => ({ what: `${promise.kind}: ${promise.case}`, facts, now: at }))
}

test('whatever moves a finding is among its declared inputs', async () => {
  const undeclared = new Map<string, string>()
  for (const chart of await charts()) {
    for (const [input, names] of movedIn(chart, library.parameters))
      for (const name of names) if (!isDeclared(name, input)) undeclared.set(`${name}: ${input}`, chart.what)
  }

  expect(Object.fromEntries(undeclared)).toEqual({})
}, 120_000)

const isDeclared = (name: FindingName, input: Input): boolean => declared.get(name)?.has(input) === true

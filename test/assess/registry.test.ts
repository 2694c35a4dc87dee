import { expect, test } from '@jest/globals'
import { findingNames } from '../../src/assess/finding-names.js'
import { definitionsOf, findingDefinitions } from '../../src/assess/registry.js'
import { parametersOf } from './facts-of.js'

test('every finding name has exactly one definition, and no other exists', () => {
  const defined = findingDefinitions.map(({ name }) => name).sort()

  expect(defined).toEqual(Object.keys(findingNames).sort())
})

test('definitions are asked of what their name says: the patient, one breast, or one draft', () => {
  const byScope = Object.entries(definitionsOf).flatMap(([scope, definitions]) =>
    definitions.map(({ name }) => [name, scope]),
  )

  expect(Object.fromEntries(byScope)).toEqual(findingNames)
})

test('each definition says what it means, where its edge lies and what missing facts do', () => {
  const wordless = findingDefinitions.filter(
    ({ means, edge, missing }) => !/[.?]$/.test(means) || !/\.$/.test(edge) || !/\.$/.test(missing),
  )

  expect(wordless.map(({ name }) => name)).toEqual([])
})

test('each definition names only parameters that exist', () => {
  const known = new Set(Object.keys(parametersOf()))
  const unknown = findingDefinitions.flatMap(({ name, parameters }) =>
    parameters.filter((parameter) => !known.has(parameter)).map((parameter) => `${name}: ${parameter}`),
  )

  expect(unknown).toEqual([])
})

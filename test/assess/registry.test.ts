import { expect, test } from '@jest/globals'
import { findingNames } from '../../src/assess/finding-names.js'
import {
  draftFindings,
  findingDefinitions,
  patientFindings,
  sideFindings,
} from '../../src/assess/registry.js'
import { parametersOf } from './facts-of.js'

const byName = findingDefinitions.map((definition) => [definition.name, definition] as const)

test('no two findings have the same name', () => {
  expect(findingDefinitions).toHaveLength(Object.keys(findingNames).length)
})

test('every finding is asked of the patient, of one breast or of one draft', () => {
  const asked = [...patientFindings, ...sideFindings, ...draftFindings].map(({ name }) => name)

  expect(asked.sort()).toEqual(Object.keys(findingNames).sort())
})

test.each(byName)('%s says what it means, where its edge lies and what missing facts do', (_, definition) => {
  const { means, edge, missing, facts } = definition

  expect(means).toMatch(/\?$/)
  expect(edge).toMatch(/\.$/)
  expect(missing).toMatch(/\.$/)
  expect(facts).not.toEqual([])
})

test('each definition names only parameters that exist', () => {
  const known = new Set(Object.keys(parametersOf()))
  const unknown = findingDefinitions.flatMap(({ name, parameters }) =>
    parameters.filter((parameter) => !known.has(parameter)).map((parameter) => `${name}: ${parameter}`),
  )

  expect(unknown).toEqual([])
})

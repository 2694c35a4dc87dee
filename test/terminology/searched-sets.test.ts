import { expect, test } from '@jest/globals'
import { discoveryWith } from '../../src/protocol/discovery.js'
import { prefetchTemplates, templateByKey, templatesWith } from '../../src/protocol/prefetch-templates.js'
import { searchedCodes } from '../../src/protocol/searched-codes.js'
import { listCodeSets } from '../../src/terminology/list-code-sets.js'
import { localSearches, searchedSets } from '../../src/terminology/searched-sets.js'
import { tokensOf } from '../generated/searched-codes.js'
import { codeFilesOnDisk } from './test-code-book.js'

const codedSearches = Object.keys(searchedSets) as (keyof typeof searchedSets)[]

/** Sets of Observations that come with the examination, by its category. */
const byCategory = ['course', 'focal-tenderness', 'no-response']

test('every set of Observations is searched by its codes, once, or comes with the examination', () => {
  const sets = listCodeSets(codeFilesOnDisk()).sets.filter(({ kind }) => kind === 'observation')
  const searched = codedSearches.flatMap((key): readonly string[] => searchedSets[key])
  expect([...searched, ...byCategory].sort()).toEqual(sets.map(({ id }) => id).sort())
})

test.each(codedSearches)('the template %s asks for every code of its sets and for no other', (key) => {
  const asked = templateByKey.get(key)?.parameters.find(([name]) => name === 'code')?.[1]
  expect(asked?.split(',')).toEqual(tokensOf(searchedSets[key]))
  expect(searchedCodes[key]).toEqual(tokensOf(searchedSets[key]))
})

const own = new Map([
  ['temperature', [{ system: 'https://ehr.example.org/vitals', code: 'T1' }]],
  ['lactate', [{ system: 'urn:lab', code: 'a,b|c d' }]],
  ['fluctuance', [{ system: 'urn:exam', code: 'F' }]],
])

test('the codes that a site adds are asked for in the search of their set, in discovery as in calls', () => {
  const templates = templatesWith(localSearches(own))
  const asked = (key: string) => templates.find((one) => one.key === key)?.parameters[0]?.[1]
  expect(asked('temperatures')).toBe(
    [...searchedCodes.temperatures, 'https://ehr.example.org/vitals|T1'].join(','),
  )
  expect(asked('laboratory')).toMatch(/,urn:lab\|a%5C%2Cb%5C%7Cc%20d$/)
  expect(asked('vitalSigns')).toBe(searchedCodes.vitalSigns.join(','))
  expect(JSON.stringify(templates)).not.toContain('urn:exam')
  expect(discoveryWith(templates).services[0]?.prefetch['temperatures']).toContain(
    ',https://ehr.example.org/vitals|T1&',
  )
})

test('a site without codes of its own asks with the templates as shipped', () => {
  expect(templatesWith(localSearches(new Map()))).toEqual(prefetchTemplates)
})

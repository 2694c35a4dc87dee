import { describe, expect, test } from '@jest/globals'
import { grantedSearch } from '../../src/gather/granted-search.js'
import { scopeRule } from '../../src/gather/scopes.js'
import { type PrefetchTemplate, templateByKey } from '../../src/protocol/prefetch-templates.js'

const system = 'http://terminology.hl7.org/CodeSystem/observation-category'
const limited = (...codes: readonly string[]): string =>
  codes.map((code) => `patient/Observation.rs?category=${system}|${code}`).join(' ')
const templateOf = (key: string): PrefetchTemplate => {
  const template = templateByKey.get(key)
  if (!template) throw new Error(key)
  return template
}

describe('SEC-027 how much the scopes grant', () => {
  test.each([
    ['', 'all'],
    ['user/*.read', 'all'],
    ['patient/Observation.rs', 'all'],
    [`${limited('exam')} patient/Observation.s`, 'all'],
    ['patient/Condition.rs', 'nothing'],
    ['patient/Observation.r', 'nothing'],
    [limited('exam', 'survey'), { categories: [`${system}|exam`, `${system}|survey`] }],
    [
      `patient/Observation.rs?category=${encodeURIComponent(`${system}|exam`)}`,
      { categories: [`${system}|exam`] },
    ],
    ['patient/Observation.rs?code=http://loinc.org|8310-5', { categories: [] }],
    ['patient/Observation.rs?category=exam&status=final', { categories: [] }],
    ['patient/Observation.rs?', { categories: [] }],
  ])('SEC-027 "%s" grants %j of searches for Observations', (scope, grant) => {
    expect(scopeRule(scope)('Observation', 'search')).toEqual(grant)
  })
})

describe('SEC-027 the search that is left', () => {
  const search = (key: string, ...codes: readonly string[]) =>
    grantedSearch(templateOf(key), scopeRule(limited(...codes))('Observation', 'search'))

  test('SEC-027 without limits the template is asked for as written, and its answer is whole', () => {
    const template = templateOf('breastSigns')

    expect(grantedSearch(template, 'all')).toEqual({
      parameters: template.parameters,
      categories: [],
      isWhole: true,
    })
    expect(grantedSearch(template, 'nothing')).toBeUndefined()
  })

  test('SEC-027 a search by category names the granted categories alone', () => {
    expect(search('breastSigns', 'exam', 'vital-signs')?.parameters[0]).toEqual(['category', 'exam'])
    expect(search('breastSigns', 'vital-signs')).toBeUndefined()
  })

  test.each([
    ['temperatures', ['vital-signs'], true],
    ['temperatures', ['laboratory', 'exam'], false],
    ['laboratory', ['laboratory'], true],
    ['laboratory', ['vital-signs'], false],
    ['lactationStatus', ['social-history', 'survey', 'exam'], true],
    ['lactationStatus', ['social-history', 'exam'], false],
    ['breastSigns', ['exam', 'survey', 'imaging'], true],
    ['breastSigns', ['exam', 'survey'], false],
  ])('SEC-027 of %s with %j granted it is %j that nothing can be hidden', (key, codes, isWhole) => {
    expect(search(key, ...codes)?.isWhole).toBe(isWhole)
  })

  test('SEC-027 limits other than categories never grant a whole type', () => {
    const rule = scopeRule('patient/Procedure.rs?category=x patient/Observation.rs?code=y')

    expect(grantedSearch(templateOf('procedures'), rule('Procedure', 'search'))?.isWhole).toBe(false)
    expect(grantedSearch(templateOf('temperatures'), rule('Observation', 'search'))?.isWhole).toBe(false)
  })
})

import { describe, expect, test } from '@jest/globals'
import { formsOf, objectionOf } from '../../src/gather/search-forms.js'
import { budgets } from '../../src/protocol/limits.js'

const orders = [
  ['intent', 'order,plan'],
  ['_include', 'MedicationRequest:medication'],
  ['_sort', '-authoredon'],
  ['_count', '200'],
] as const
const named = (parameters: Parameters<typeof formsOf>[0], granted: readonly string[] = []) =>
  Object.fromEntries(formsOf(parameters, granted).map(({ name, searches }) => [name, searches]))

describe('the forms of a search', () => {
  test('the first form is the template as written', () => {
    expect(formsOf(orders, [])[0]).toEqual({ name: 'as written', after: [], searches: [orders] })
  })

  test('each part that servers refuse is left out alone, and the rest stays', () => {
    expect(named(orders)).toMatchObject({
      'without _sort': [[orders[0], orders[1], orders[3]]],
      '_count of 50': [[orders[0], orders[1], orders[2], ['_count', '50']]],
      'without _count': [[orders[0], orders[1], orders[2]]],
      'without _include': [[orders[0], orders[2], orders[3]]],
    })
  })

  test('a list of values becomes one search for each value, and no value is lost', () => {
    expect(named(orders)['one value a search']).toEqual([
      [['intent', 'order'], ...orders.slice(1)],
      [['intent', 'plan'], ...orders.slice(1)],
    ])
    expect(named(orders)['filters alone, one value a search']).toEqual([
      [['intent', 'order']],
      [['intent', 'plan']],
    ])
  })

  test('the smallest form names the patient alone', () => {
    expect(named(orders)['patient alone']).toEqual([[]])
  })

  test.each([
    ['a _count of 50 is not asked for again as 50', [['_count', '50']], '_count of 50', undefined],
    ['a _count of 51 is', [['_count', '51']], '_count of 50', [[['_count', '50']]]],
    ['a search without _sort has no form without', [['code', 'a']], 'without _sort', undefined],
    ['one value is not divided', [['code', 'a']], 'one value a search', undefined],
  ] as const)('%s', (_, parameters, form, searches) => {
    expect(named(parameters)[form]).toEqual(searches)
  })

  test.each([
    ['as many values as the budget are divided', 0, true],
    ['one value more is not divided', 1, false],
  ])('%s', (_, more, isDivided) => {
    const codes = Array.from({ length: budgets.fhirSearchParts.most + more }, (__, n) => `c${n}`).join(',')
    const names = Object.keys(named([['code', codes]]))

    expect(names.includes('one value a search')).toBe(isDivided)
    expect(names).toContain('patient alone')
  })

  test('granted categories are named where the search names none, and never widen a search that does', () => {
    const temperatures = [['code', 'a,b']] as const
    const signs = [['category', 'exam,survey']] as const

    expect(named(temperatures, ['s|exam', 's|survey'])).toMatchObject({
      'granted categories': [[['category', 's|exam,s|survey'], ...temperatures]],
      'one category a search': [
        [['category', 's|exam'], ...temperatures],
        [['category', 's|survey'], ...temperatures],
      ],
    })
    expect(named(signs, ['s|vital-signs'])['granted categories']).toBeUndefined()
  })

  test('forms that ask for the same are one form, tried after the objections of both', () => {
    const divided = formsOf([['category', 'exam,survey']], []).filter(({ searches }) => searches.length === 2)

    expect(divided).toHaveLength(1)
    expect(divided[0]?.after).toEqual(expect.arrayContaining(['parameters', 'permission']))
  })
})

test.each([
  [400, 'parameters'],
  [405, 'parameters'],
  [414, 'parameters'],
  [422, 'parameters'],
  [501, 'parameters'],
  [403, 'permission'],
  [401, undefined],
  [404, undefined],
  [410, undefined],
  [429, undefined],
  [500, undefined],
  [503, undefined],
  [undefined, undefined],
])('status %p objects to the %p', (status, objection) => {
  expect(objectionOf(status)).toBe(objection)
})

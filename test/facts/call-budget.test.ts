import { expect, test } from '@jest/globals'
import { budgets } from '../../src/protocol/limits.js'
import { sizeOf } from '../../src/facts/fhir/resource-size.js'
import { coded, condition, factsIn, leftBreast, observation, order, report } from './reading.js'

const note = (text: string, id = 'o') =>
  observation({ text: 'breast examination' }, { valueString: text, id })
const keysLeftOut = ({ reads }: ReturnType<typeof factsIn>) =>
  Object.entries(reads).flatMap(([key, { state, why }]) => (state === 'read' ? [] : [`${key} ${why ?? ''}`]))
const observationKeys = ['lactationStatus', 'temperatures', 'vitalSigns', 'laboratory', 'breastSigns'].map(
  (key) => `${key} truncated`,
)
const sentence = 'Left breast red. '

test('prose without words of ours does not count, however long it is', () => {
  const long = 'Slept well, walks on the ward. '.repeat(20_000)
  const facts = factsIn([note(long, 'long'), note(sentence, 'short')])

  expect(keysLeftOut(facts)).toEqual([])
  expect(facts.signs.map(({ sign }) => sign)).toEqual(['erythema'])
})

test('the same text counts once, whoever says it', () => {
  const text = 'Left breast red, warm. '.repeat(800)
  expect(keysLeftOut(factsIn(Array.from({ length: 100 }, (_, at) => note(text, `o${at}`))))).toEqual([])
})

test.each([
  [budgets.codings.most, [], true],
  [budgets.codings.most + 1, ['conditions truncated'], false],
])('of %d codings of a concept: left out %j', (count, expected, known) => {
  const codings = Array.from({ length: count - 1 }, (_, at) => ({ system: 'urn:x', code: String(at) }))
  const last = { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'O91.23' }
  const facts = factsIn([condition({ coding: [...codings, last] })])

  expect(keysLeftOut(facts)).toEqual(expected)
  expect(facts.problems.length > 0).toBe(known)
})

test.each([
  [budgets.parts.most, []],
  [budgets.parts.most + 1, observationKeys],
])('of %d components in one call: left out %j', (count, expected) => {
  const perResource = 100
  const resources = Array.from({ length: Math.ceil(count / perResource) }, (_, at) => {
    const components = Math.max(3, Math.min(perResource, count - at * perResource))
    const component = Array.from({ length: components }, () => ({ code: coded('ln', '8480-6') }))
    return observation(coded('ln', '85354-9'), { id: `o${at}`, component })
  })
  expect(keysLeftOut(factsIn(resources))).toEqual(expected)
})

/** How many JSON values a resource holds. */
const valuesIn = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? 1 + Object.values(value).reduce<number>((sum, member) => sum + valuesIn(member), 0)
    : 1
/** A sign on the left breast, filled up to that many values. */
const signOf = (values: number, id = 'o') => {
  const bare = observation(coded('sct', '247441003'), {
    id,
    bodySite: leftBreast,
    extension: [] as unknown[],
  })
  return { ...bare, extension: new Array<number>(values - valuesIn(bare)).fill(1) }
}

test.each([
  ['as many values as are read', budgets.resourceValues.most, [], 1],
  ['one value more', budgets.resourceValues.most + 1, observationKeys, 0],
])('a resource of %s', (_, values, expected, signs) => {
  const facts = factsIn([signOf(values)])

  expect(keysLeftOut(facts)).toEqual(expected)
  expect(facts.signs).toHaveLength(signs)
})

test.each([
  ['as many values as are read', 0, [], 0],
  ['one value more', 1, observationKeys, -1],
])('resources of together %s', (_, more, expected, signsMore) => {
  const each = budgets.resourceValues.most / 2
  const count = budgets.chartValues.most / each
  const resources = Array.from({ length: count }, (_, at) => signOf(at === 0 ? each + more : each, `o${at}`))
  const facts = factsIn(resources)

  expect(keysLeftOut(facts)).toEqual(expected)
  expect(facts.signs).toHaveLength(count + signsMore)
})

test.each([
  ['as many characters as are read', 0, [], 1],
  ['one character more', 1, observationKeys, 0],
])('a chart of %s, its narratives aside', (_, more, expected, signs) => {
  const bare = { ...signOf(30), text: { div: 'x'.repeat(1_000) } }
  const { characters } = sizeOf(bare, budgets.resourceValues.most)
  const extension = ['x'.repeat(budgets.chartCharacters.most - characters + more)]
  const facts = factsIn([{ ...bare, extension }])

  expect(keysLeftOut(facts)).toEqual(expected)
  expect(facts.signs).toHaveLength(signs)
})

test.each([
  ['as many facts as are read', budgets.facts.most, []],
  ['one more', budgets.facts.most + 1, observationKeys],
])('a chart of %s', (_, count, expected) => {
  const signs = Array.from({ length: count }, (_, at) =>
    observation(coded('sct', '247441003'), { id: `o${at}`, bodySite: leftBreast }),
  )
  const facts = factsIn(signs)

  expect(keysLeftOut(facts)).toEqual(expected)
  expect(facts.signs).toHaveLength(budgets.facts.most)
})

test.each([
  ['as often as its characters are read', 0, []],
  ['once more', 1, ['reports truncated']],
])('a long text that reports point at %s', (_, more, expected) => {
  const characters = 20_000
  const long = note('Slept well. '.repeat(characters).slice(0, characters))
  const times = Math.floor(budgets.chartCharacters.most / characters) - 1 + more
  const reports = Array.from({ length: times }, (_, at) =>
    report(coded('ln', '26215-4'), undefined, { id: `r${at}`, result: [{ reference: 'Observation/o' }] }),
  )
  const facts = factsIn([long, ...reports])

  expect(keysLeftOut(facts)).toEqual(expected)
  expect(facts.results).toHaveLength(times)
})

const ultrasound = coded('ln', '24601-7')
const drafts = (count: number, code: unknown) =>
  Array.from({ length: count }, (_, at) => order(code, { id: `d${at}`, status: 'draft' }))

test.each([
  ['as many as are judged', budgets.drafts.most, undefined],
  ['one more', budgets.drafts.most + 1, 1],
])('draft orders, %s', (_, count, unjudged) => {
  const facts = factsIn([], { hook: 'order-sign', draftOrders: drafts(count, ultrasound) as never })

  expect(facts.drafts).toHaveLength(budgets.drafts.most)
  expect(facts.unjudgedDrafts).toBe(unjudged)
})

test('draft orders that say nothing of ours take no place of those that do', () => {
  const others = drafts(80, { text: 'chest x-ray' })
  const draftOrders = [...others, ...drafts(1, ultrasound)] as never
  const facts = factsIn([], { hook: 'order-sign', draftOrders })

  expect(facts.drafts.filter(({ needs }) => needs.includes('ultrasound'))).toHaveLength(1)
  expect(facts.unjudgedDrafts).toBeUndefined()
})

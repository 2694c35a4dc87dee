import { expect, test } from '@jest/globals'
import { coded, condition, factsIn, leftBreast, observation } from './reading.js'

const setsIn = (code: unknown, rest: Record<string, unknown> = {}) =>
  factsIn([condition(code, rest)]).problems.flatMap(({ sets }) => [...sets])
const birthsIn = (code: unknown) => factsIn([condition(code)]).births.map(({ kind }) => kind)
const shown = (system: 'icd' | 'sct' | 'ln', code: string, display: string) => ({
  coding: [{ ...coded(system, code).coding?.[0], display }],
})

test.each([
  [
    'an unlisted code and its text',
    coded('sct', '700038005', 'Lactational mastitis'),
    ['mastitis-lactational'],
  ],
  [
    'an unlisted code and its display',
    shown('sct', '700038005', 'Lactational mastitis'),
    ['mastitis-lactational'],
  ],
  ['an ICD header', coded('icd', 'N61', 'Mastitis in the puerperium'), ['mastitis-lactational']],
  [
    'a code listed with all that begin so',
    coded('icd', 'C50.912', 'Inflammatory carcinoma of left breast'),
    ['breast-cancer', 'inflammatory-breast-cancer'],
  ],
  ['an "other" code', coded('icd', 'O92.79', 'Plugged milk duct'), ['lactation-condition', 'blocked-duct']],
  [
    'an encounter code',
    coded('icd', 'Z39.1', 'Postpartum care, HIV-1 infection'),
    ['lactation-condition', 'hiv'],
  ],
  [
    'a specific code, and what is always heard',
    coded('icd', 'O91.23', 'Mastitis with breast abscess'),
    ['mastitis-lactational', 'abscess-nos'],
  ],
  [
    'a code of mastitis that its words call granulomatous',
    coded('icd', 'N61.0', 'Granulomatous mastitis'),
    ['mastitis-nonlactational'],
  ],
])('the words are read beside %s', (_, code, sets) => {
  expect(setsIn(code)).toEqual(sets)
})

test.each([
  ['a specific code', coded('icd', 'B18.2', 'Peripartum cardiomyopathy'), ['hepatitis-c']],
  ['screening', coded('icd', 'Z11.4', 'Encounter for screening for HIV'), []],
  ['counselling', coded('icd', 'Z71.7', 'HIV infection discussed'), []],
  ['a past disease', coded('icd', 'B90.9', 'Pulmonary tuberculosis'), []],
  [
    'the text denies what the display says',
    { ...shown('sct', '700038005', 'Mastitis'), text: 'No mastitis' },
    [],
  ],
  [
    'the text is about the past',
    { ...shown('sct', '700038005', 'Mastitis'), text: 'History of mastitis' },
    [],
  ],
  ['the text doubts it', { ...shown('sct', '700038005', 'Mastitis'), text: 'Suspected mastitis' }, []],
])('the words are not read, or deny: %s', (_, code, sets) => {
  expect(setsIn(code)).toEqual(sets)
})

test('the words of a coded mastitis stay a coded mastitis; words alone are from text', () => {
  expect(factsIn([condition(coded('icd', 'N61.0', 'Lactational mastitis'))]).problems[0]?.fromText).toBe(
    false,
  )
  expect(factsIn([condition({ text: 'Lactational mastitis' })]).problems[0]?.fromText).toBe(true)
})

test('the words tell the side where no body site does', () => {
  expect(factsIn([condition({ text: 'Mastitis, L breast' })]).problems[0]?.side).toBe('left')
  expect(
    factsIn([condition({ text: 'Mastitis, right' }, { bodySite: [leftBreast] })]).problems[0]?.side,
  ).toBe('left')
})

test('the words of a diagnosis may name signs', () => {
  const { signs } = factsIn([condition(shown('sct', '123', "Peau d'orange of left breast"))])
  expect(signs).toEqual([expect.objectContaining({ sign: 'peau-d-orange', state: 'present', side: 'left' })])
  expect(factsIn([condition({ text: "No peau d'orange of the breast" })]).signs).toEqual([])
})

test.each([
  ['Baby died day 2', ['infant-loss']],
  ['Baby died day 2, grief counselling', ['infant-loss']],
  ['IUD at 30 weeks (intrauterine fetal death)', ['infant-loss']],
  ['Spontaneous abortion 19 weeks', ['loss-in-pregnancy']],
  ['Husband died', []],
  ['Twin B stillborn', ['some-infants-lost']],
  ['One twin died, surviving twin well', ['some-infants-lost']],
  ['Twins, both stillborn', ['infant-loss']],
  ['Newborn weight loss 8 %', []],
  ['Infant relinquished for adoption', ['infant-elsewhere']],
  ['Adoptive mother, induced lactation', []],
  ['Premature twins at 31 weeks', ['infant-at-risk-text']],
  ['Mother discharged, baby in NICU', ['infant-at-risk-text']],
  ['Infant not with the parent: in NICU', ['infant-at-risk-text']],
  ['Baby discharged from NICU', []],
  ['Works as NICU nurse', []],
  ['Preterm premature rupture of membranes', []],
])('"%s" tells of %j, as a diagnosis and in a note', (text, kinds) => {
  expect(birthsIn({ text })).toEqual(kinds)
  expect(
    factsIn([observation({ text: 'Note' }, { valueString: text })]).births.map(({ kind }) => kind),
  ).toEqual(kinds)
})

test('one of several infants lost is never a loss by the words of its code', () => {
  expect(birthsIn(coded('icd', 'Z37.3', 'Twins, one liveborn and one stillborn'))).toEqual([
    'delivery',
    'some-infants-lost',
  ])
})

test.each([
  ['HIV-1 on ART, partner negative', ['hiv']],
  ['On PrEP for HIV prevention', []],
  ['HIV, screening for TB', ['hiv']],
  ['Latent tuberculosis', []],
  ['Pulmonary TB, RIPE month 4, sputum negative', []],
  ['Pulmonary TB, started RIPE 3 days ago', ['tuberculosis']],
  ['Opioid dependence', ['substance-opioid']],
  ['Cocaine use', ['substance-other']],
])('"%s" names %j', (text, sets) => {
  expect(setsIn({ text })).toEqual(sets)
})

test('herpes is herpes of the breast by its site', () => {
  expect(setsIn(coded('sct', '88594005', 'Herpes simplex'), { bodySite: [leftBreast] })).toEqual([
    'herpes-simplex',
    'herpes-simplex-breast',
  ])
  expect(setsIn(coded('sct', '88594005', 'Herpes simplex'))).toEqual(['herpes-simplex'])
})

const present = { valueCodeableConcept: coded('sct', '52101004') }
test('the words of a question say nothing by themselves; its value does', () => {
  const asked = shown('sct', '123', "Peau d'orange of left breast")
  expect(factsIn([observation(asked)]).signs.map(({ state }) => state)).toEqual(['unknown'])
  expect(factsIn([observation(asked, present)]).signs).toEqual([
    expect.objectContaining({ sign: 'peau-d-orange', state: 'present', side: 'left' }),
  ])
})

test('the display of an unlisted coded value is read', () => {
  const value = { valueCodeableConcept: shown('sct', '123', "Peau d'orange") }
  expect(factsIn([observation({ text: 'Breast finding' }, value)]).signs.map(({ sign }) => sign)).toEqual([
    'peau-d-orange',
  ])
})

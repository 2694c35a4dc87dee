import { expect, test } from '@jest/globals'
import { coded, condition, factsIn, leftBreast, recordedAt } from '../reading.js'

const setsIn = (code: unknown, rest: Record<string, unknown> = {}) =>
  factsIn([condition(code, rest)]).problems.map(({ sets }) => [...sets])
const status = (code: string) => ({ clinicalStatus: { coding: [{ code }] } })
const verified = (code: string) => ({ verificationStatus: { coding: [{ code }] } })
const mastitis = coded('icd', 'O91.23')

test.each([
  ['O91.22', 'mastitis-lactational'],
  ['O9122', 'mastitis-lactational'],
  ['O91.211', 'mastitis-pregnancy'],
  ['N61.0', 'mastitis-nos'],
  ['O91.13', 'abscess-lactational'],
  ['O91.119', 'abscess-pregnancy'],
  ['N61.1', 'abscess-nos'],
  ['C50.911', 'breast-cancer'],
  ['A41.9', 'sepsis'],
  ['Z21', 'hiv'],
  ['B18.2', 'hepatitis-c'],
  ['A15.0', 'tuberculosis'],
  ['O14.10', 'hypertension-puerperium'],
  ['B95.62', 'mrsa'],
  ['Z98.82', 'breast-implant'],
  ['T85.44XA', 'breast-implant'],
  ['Z94.0', 'transplant'],
  ['D83.9', 'immune-deficiency'],
  ['E11.9', 'diabetes'],
  ['O24.13', 'diabetes'],
  ['O92.5', 'weaned'],
  ['Z39.1', 'lactation-condition'],
])('ICD %s is %s', (code, set) => {
  expect(setsIn(coded('icd', code))).toEqual([expect.arrayContaining([set])])
})

test.each([
  [
    'SCT 45198002 called lactational mastitis',
    coded('sct', '45198002', 'Lactational mastitis'),
    ['mastitis-lactational'],
  ],
  ['SCT 45198002 called mastitis', coded('sct', '45198002', 'Mastitis'), ['mastitis-nos']],
  [
    'N61.0 called non-lactational',
    coded('icd', 'N61.0', 'Non-lactational mastitis'),
    ['mastitis-nonlactational'],
  ],
  [
    'an abscess of a nursing woman',
    coded('icd', 'N61.1', 'Breast abscess, nursing mother'),
    ['abscess-lactational'],
  ],
  ['words alone', { text: 'Puerperal mastitis' }, ['mastitis-lactational']],
  ['O92.29 without words', coded('icd', 'O92.29'), undefined],
  ['O92.29 called engorgement', coded('icd', 'O92.29', 'Breast engorgement'), ['engorgement']],
  ['a blocked duct in words', { text: 'Blocked duct, left breast' }, ['blocked-duct']],
  ['possible cancer in words', { text: 'Possible inflammatory breast cancer' }, undefined],
  ['mastitis ruled out in words', { text: 'Rule out breast abscess' }, undefined],
  ['neonatal mastitis', coded('icd', 'P39.0'), undefined],
  ['nothing of ours', coded('icd', 'J45.9'), undefined],
])('%s', (_, code, sets) => {
  expect(setsIn(code)).toEqual(sets === undefined ? [] : [sets])
})

test('herpes is herpes of the breast by its site or its words', () => {
  expect(setsIn(coded('icd', 'B00.1'))).toEqual([['herpes-simplex']])
  expect(setsIn(coded('icd', 'B00.1'), { bodySite: [leftBreast] })[0]).toContain('herpes-simplex-breast')
  expect(setsIn({ text: 'HSV lesions of the nipple' })[0]).toContain('herpes-simplex-breast')
})

test.each([
  ['active', true],
  ['recurrence', true],
  ['relapse', true],
  ['inactive', false],
  ['remission', false],
  ['resolved', false],
])('clinical status %s is active: %s', (code, active) => {
  expect(factsIn([condition(mastitis, status(code))]).problems.map((problem) => problem.active)).toEqual([
    active,
  ])
})

test('without a clinical status a problem is active', () => {
  expect(factsIn([condition(mastitis, { clinicalStatus: undefined })]).problems[0]?.active).toBe(true)
})

test.each([
  ['a string', 'active', true],
  ['a string with capitals and spaces', ' Resolved ', false],
  ['a text', { text: 'Resolved' }, false],
  ['a text of activity', { text: 'Active' }, true],
  [
    'a display of another system',
    {
      coding: [
        { system: 'http://snomed.info/sct', code: '413322009', display: 'Resolved (qualifier value)' },
      ],
    },
    false,
  ],
  ['an unlisted code', { coding: [{ code: 'sleeping' }] }, true],
  ['an empty concept', {}, true],
  ['a number', 3, true],
])('a clinical status that is %s is active: %s', (_, clinicalStatus, active) => {
  const { problems, unreadable } = factsIn([condition(mastitis, { clinicalStatus })])
  expect(problems.map((problem) => problem.active)).toEqual([active])
  expect(unreadable).toEqual([])
})

test.each([
  ['Entered in error', 0],
  ['entered-in-error', 0],
  ['Ruled out', 0],
  ['confirmed', 1],
  ['see note', 1],
])('a verification in words, "%s", leaves %d problems', (text, count) => {
  expect(factsIn([condition(mastitis, { verificationStatus: { text } })]).problems).toHaveLength(count)
  expect(factsIn([condition(mastitis, { verificationStatus: text })]).problems).toHaveLength(count)
})

test.each([
  ['confirmed', 1],
  ['provisional', 1],
  ['refuted', 0],
  ['entered-in-error', 0],
])('a %s mastitis gives %d problems', (code, count) => {
  expect(factsIn([condition(mastitis, verified(code))]).problems).toHaveLength(count)
})

test.each([
  ['confirmed', [['inflammatory-breast-cancer']]],
  ['provisional', []],
  ['differential', []],
  ['unconfirmed', []],
])('inflammatory breast cancer that is %s is known as %j', (code, sets) => {
  expect(setsIn(coded('sct', '254840009'), verified(code))).toEqual(sets)
})

test('when is the onset, else the recorded date; all three dates are kept', () => {
  const [problem] = factsIn([
    condition(mastitis, {
      recordedDate: '2026-03-04',
      abatementDateTime: '2026-03-05',
      ...status('resolved'),
    }),
  ]).problems
  expect(problem).toMatchObject({ when: recordedAt, onset: recordedAt, active: false })
  expect(problem?.recorded?.earliest).toBe(Date.parse('2026-03-04T00:00:00Z'))
  expect(problem?.abated?.earliest).toBe(Date.parse('2026-03-05T00:00:00Z'))
  const [recordedOnly] = factsIn([
    condition(mastitis, { onsetDateTime: undefined, recordedDate: '2026-03-03T09:00:00Z' }),
  ]).problems
  expect(recordedOnly).toMatchObject({ when: recordedAt, recorded: recordedAt })
  expect(recordedOnly?.onset).toBeUndefined()
})

test('an onset period counts from its start', () => {
  const rest = { onsetDateTime: undefined, onsetPeriod: { start: '2026-03-03T09:00:00Z' } }
  expect(factsIn([condition(mastitis, rest)]).problems[0]?.when).toEqual(recordedAt)
})

test.each([
  ['no date at all', { onsetDateTime: undefined }, 0],
  ['a malformed onset and no recorded date', { onsetDateTime: 'spring' }, 1],
])('a problem with %s has no when', (_, rest, notes) => {
  const { problems, unreadable } = factsIn([condition(mastitis, rest)])
  expect(problems).toHaveLength(1)
  expect(problems[0]?.when).toBeUndefined()
  expect(unreadable).toHaveLength(notes)
})

test.each([
  ['F11.20', coded('icd', 'F11.20'), {}, false],
  ['F11.21', coded('icd', 'F11.21'), {}, true],
  ['F1421', coded('icd', 'F1421'), {}, true],
  ['words', coded('icd', 'F11.20', 'Opioid dependence, in remission'), {}, true],
  ['clinical status', coded('icd', 'F11.20'), status('remission'), true],
])('remission by %s', (_, code, rest, remission) => {
  expect(factsIn([condition(code, rest)]).problems.map((problem) => problem.remission)).toEqual([remission])
})

test.each([
  ['O91.211', true],
  ['O91.112', true],
  ['O91.23', false],
])('%s says pregnant: %s', (code, pregnant) => {
  expect(factsIn([condition(coded('icd', code))]).pregnancy).toHaveLength(pregnant ? 1 : 0)
})

test('the side comes from the body site, else from the words', () => {
  const sideOf = (code: unknown, rest = {}) => factsIn([condition(code, rest)]).problems[0]?.side
  expect(sideOf(mastitis, { bodySite: [leftBreast] })).toBe('left')
  expect(sideOf(coded('icd', 'O91.23', 'Mastitis of right breast, lactating'))).toBe('right')
  expect(sideOf(mastitis)).toBe('unspecified')
})

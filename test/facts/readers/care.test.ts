import { expect, test } from '@jest/globals'
import { coded, factsIn, leftBreast, order, recordedAt } from '../reading.js'

const needsIn = (code: unknown, rest: Record<string, unknown> = {}) =>
  factsIn([order(code, rest)]).care.map(({ need }) => need)

const procedure = (code: unknown, rest: Record<string, unknown> = {}) => ({
  resourceType: 'Procedure',
  id: 'd',
  status: 'completed',
  subject: { reference: 'Patient/p' },
  performedDateTime: '2026-03-03T09:00:00Z',
  code,
  ...rest,
})

test.each([
  ['SCT 47079000', coded('sct', '47079000'), ['ultrasound']],
  ['LN 26215-4', coded('ln', '26215-4'), ['ultrasound']],
  ['SCT 71651007', coded('sct', '71651007'), ['mammogram']],
  ['SCT 44578009', coded('sct', '44578009'), ['breast-biopsy']],
  ['punch biopsy in words', { text: 'Punch biopsy of the breast' }, ['skin-biopsy']],
  ['SCT 306300002', coded('sct', '306300002'), ['referral']],
  ['breast clinic in words', { text: 'Two week wait breast clinic' }, ['referral']],
  ['any surgeon', coded('sct', '183541002', 'Referral to surgeon'), []],
  [
    'any surgeon, for the breast',
    coded('sct', '183541002', 'Referral to surgeon: breast lump'),
    ['referral'],
  ],
  ['an aspiration', { text: 'Ultrasound-guided aspiration of breast collection' }, ['drainage']],
  [
    'incision and drainage is no aspiration',
    { text: 'Incision and drainage of breast abscess' },
    ['incision'],
  ],
  ['a milk culture', { text: 'Milk culture' }, ['culture']],
  ['lactation support', { text: 'Lactation support' }, ['lactation-support']],
  ['our review of the breast', { text: 'Clinical review of the breast within 24 h' }, ['review']],
  ['our review of mastitis', { text: 'Review of mastitis at 48 h' }, ['review']],
  ['something else', { text: 'Chest X-ray' }, []],
  [
    'a local code',
    { coding: [{ system: 'urn:oid:1.2', code: '9', display: 'US BREAST LEFT LIMITED' }] },
    ['ultrasound'],
  ],
  ['an unlisted code', coded('ln', '6463-4', 'Breast milk culture'), ['culture']],
  [
    'a code that is no drainage, and words',
    coded('sct', '122462000', 'Aspiration of breast abscess'),
    ['drainage'],
  ],
  ['therapy', { text: 'Therapeutic ultrasound left breast' }, []],
  ['milk', { text: 'Frequent breast drainage by feeding and pump' }, []],
  ['lymphatic drainage', { text: 'Lymphatic drainage massage of the breast' }, []],
  ['a needle for cells', { text: 'FNA of breast lump for cytology' }, ['breast-biopsy']],
  ['a core biopsy', { text: 'US guided core biopsy left breast' }, ['breast-biopsy']],
  ['surgery by its code', coded('sct', '392021009'), ['breast-surgery']],
  ['surgery in words', { text: 'Wide local excision, right breast' }, ['breast-surgery']],
  ['a mammogram in words', { text: 'MG DIAG BILAT' }, ['mammogram']],
  ['milligrams', { text: 'Cefalexin 500 MG breast infection' }, []],
  ['us, the people', { text: 'Call us about the breast pump' }, []],
  ['a culture of urine', { text: 'Urine culture' }, []],
])('%s asks for %j', (_, code, needs) => {
  expect(needsIn(code)).toEqual(needs)
})

test('a skin biopsy needs the breast: by site, by words, or not at all', () => {
  const skin = coded('sct', '240977001')
  expect(needsIn(skin)).toEqual([])
  expect(needsIn(skin, { bodySite: [leftBreast] })).toEqual(['skin-biopsy'])
  expect(needsIn({ ...skin, text: 'Biopsy of skin of breast' })).toEqual(['skin-biopsy'])
  expect(needsIn(skin, { reasonCode: [{ text: 'Suspected cancer of the left breast' }] })).toEqual([
    'skin-biopsy',
  ])
  expect(needsIn({ text: 'Punch biopsy' }, { bodySite: [{ text: 'left forearm' }] })).toEqual([])
})

test.each([
  ['active', ['active']],
  ['on-hold', ['on-hold']],
  ['completed', ['completed']],
  ['draft', []],
  ['revoked', []],
  ['entered-in-error', []],
  ['unknown', []],
  [undefined, []],
])('an order of status %s', (status, expected) => {
  const { care } = factsIn([order(coded('sct', '47079000'), { status })])
  expect(care.map((item) => item.status)).toEqual(expected)
})

test('an order not to do it asks for nothing', () => {
  expect(needsIn(coded('sct', '47079000'), { doNotPerform: true })).toEqual([])
})

test.each([
  ['completed', ['completed']],
  ['in-progress', ['in-progress']],
  ['on-hold', ['on-hold']],
  ['stopped', ['other']],
  ['preparation', ['other']],
  ['not-done', []],
  ['entered-in-error', []],
  ['unknown', []],
])('a procedure of status %s', (status, expected) => {
  const { care } = factsIn([procedure({ text: 'Aspiration of breast abscess' }, { status })])
  expect(care.map((item) => item.status)).toEqual(expected)
  expect(care.every(({ kind }) => kind === 'procedure')).toBe(true)
})

test('an order is dated when written, else when planned', () => {
  const us = coded('sct', '47079000')
  const planned = { authoredOn: undefined, occurrenceDateTime: '2026-03-03T09:00:00Z' }
  const [written, later, undated] = [{}, planned, { authoredOn: 'soon' }].map(
    (rest) => factsIn([order(us, rest)]).care[0],
  )
  expect([written?.when, later?.when, undated?.when]).toEqual([recordedAt, recordedAt, undefined])
})

test.each([
  ['the code', coded('ln', '26216-2'), {}, 'right'],
  ['the site', coded('sct', '47079000'), { bodySite: [leftBreast] }, 'left'],
  ['the words', coded('sct', '47079000', 'Ultrasound, both breasts'), {}, 'both'],
  ['nothing', coded('sct', '47079000'), {}, 'unspecified'],
])('the side of an order comes from %s', (_, code, rest, side) => {
  expect(factsIn([order(code, rest)]).care.map((item) => item.side)).toEqual([side])
})

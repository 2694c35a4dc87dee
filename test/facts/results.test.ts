import { expect, test } from '@jest/globals'
import { coded, factsIn, leftBreast, observation, report } from './reading.js'

const leftUltrasound = coded('ln', '26215-4')
const bothUltrasound = coded('ln', '26214-7')
const imagingIn = (code: unknown, conclusion: string | undefined, rest: Record<string, unknown> = {}) =>
  factsIn([report(code, conclusion, rest)]).results.flatMap((result) =>
    result.result === 'imaging' ? [result] : [],
  )
const readingIn = (conclusion: string, rest: Record<string, unknown> = {}) =>
  imagingIn(leftUltrasound, conclusion, rest).map(({ reading }) => reading)

test.each([
  ['Abscess at 3 o clock.', 'abscess'],
  ['Drainable fluid.', 'abscess'],
  ['Possible abscess.', 'abscess'],
  ['Phlegmon, no drainable collection.', 'phlegmon'],
  ['Suspicious mass.', 'suspicious'],
  ['Findings suspicious for malignancy.', 'suspicious'],
  ['BI-RADS 4b.', 'suspicious'],
  ['BI-RADS 5.', 'suspicious'],
  ['Small collection.', 'collection'],
  ['No fluid collection.', 'normal'],
  ['No abscess.', 'normal'],
  ['BI-RADS 2.', 'normal'],
  ['BI-RADS 3.', 'indeterminate'],
  ['Normal.', 'indeterminate'],
  ['Negative.', 'indeterminate'],
  ['Skin thickening.', 'indeterminate'],
  ['Mass.', 'indeterminate'],
])('an ultrasound that says "%s" reads %s', (conclusion, reading) => {
  expect(readingIn(conclusion)).toEqual([reading])
})

test.each([
  ['abscess before all', 'Phlegmon and abscess, BI-RADS 4.', 'abscess'],
  ['phlegmon before suspicion', 'Phlegmon, BI-RADS 4.', 'phlegmon'],
  ['suspicion before collection', 'Collection, BI-RADS 4.', 'suspicious'],
  ['collection before normal', 'Collection. No abscess.', 'collection'],
])('%s', (_, conclusion, reading) => {
  expect(readingIn(conclusion)).toEqual([reading])
})

test.each([
  ['a conclusion code of abscess', [coded('sct', '28432003')], 'abscess'],
  ['a conclusion code of BI-RADS 4', [coded('sct', '397144001')], 'suspicious'],
  ['a conclusion code of a normal scan', [coded('sct', '169254007')], 'normal'],
  ['breast normal', coded('sct', '290084006'), 'normal'],
])('%s', (_, conclusionCode, reading) => {
  const [result] = imagingIn(leftUltrasound, undefined, { conclusionCode })
  expect(result).toMatchObject({ reading, fromText: false })
})

test('no conclusion is indeterminate', () => {
  expect(imagingIn(leftUltrasound, undefined).map(({ reading }) => reading)).toEqual(['indeterminate'])
})

test.each([
  ['the code', leftUltrasound, {}, 'left'],
  ['the body site', coded('ln', '24601-7'), { bodySite: leftBreast }, 'left'],
  ['the words', coded('ln', '24601-7', 'US right breast'), {}, 'right'],
  ['nothing', coded('ln', '24601-7'), {}, 'unspecified'],
])('the side comes from %s', (_, code, rest, side) => {
  expect(imagingIn(code, 'Abscess.', rest).map((result) => result.side)).toEqual([side])
})

test('each side of a bilateral scan has its own reading', () => {
  const results = imagingIn(bothUltrasound, 'Left breast: abscess 3.2 x 2 cm. Right breast: no collection.')
  expect(results.map(({ side, reading, sizeCm }) => [side, reading, sizeCm])).toEqual([
    ['left', 'abscess', 3.2],
    ['right', 'normal', undefined],
  ])
})

test('BI-RADS and malignant words are kept beside the reading', () => {
  expect(imagingIn(leftUltrasound, 'BI-RADS 4c, suspicious for malignancy.')[0]).toMatchObject({
    birads: 4,
    malignantText: true,
  })
  expect(imagingIn(leftUltrasound, 'No evidence of malignancy. BI-RADS 1.')[0]).toMatchObject({
    birads: 1,
    malignantText: false,
  })
})

test('a mammogram gives BI-RADS only', () => {
  const readingOf = (text: string) =>
    imagingIn(coded('ln', '26346-7'), text).map(({ modality, reading }) => [modality, reading])
  expect(readingOf('BI-RADS 5.')).toEqual([['mammogram', 'suspicious']])
  expect(readingOf('Abscess.')).toEqual([['mammogram', 'indeterminate']])
})

test.each([
  ['final', 1],
  ['amended', 1],
  ['corrected', 1],
  ['appended', 1],
  ['preliminary', 0],
  ['registered', 0],
  ['entered-in-error', 0],
  ['cancelled', 0],
])('a report of status %s gives %d results', (status, count) => {
  expect(imagingIn(leftUltrasound, 'Abscess.', { status })).toHaveLength(count)
})

test.each([
  ['a malformed time', { effectiveDateTime: 'today' }],
  ['no status', { status: null }],
])('a report with %s is unreadable', (_, rest) => {
  const { results, unreadable } = factsIn([report(leftUltrasound, 'Abscess.', rest)])
  expect(results).toEqual([])
  expect(unreadable.map(({ subject }) => subject)).toEqual(['ultrasound'])
})

test('the words of result observations count', () => {
  const finding = observation({ text: 'Impression' }, { id: 'f', valueString: 'Abscess.' })
  const scan = report(leftUltrasound, undefined, { result: [{ reference: 'Observation/f' }] })
  const { results, signs } = factsIn([finding, scan])
  expect(results).toEqual([expect.objectContaining({ reading: 'abscess', fromText: true })])
  expect(signs).toEqual([])
})

test('an observation can be the ultrasound itself', () => {
  const { results } = factsIn([observation(leftUltrasound, { valueString: 'Collection.' })])
  expect(results).toEqual([expect.objectContaining({ reading: 'collection', side: 'left' })])
})

const biopsyIn = (
  conclusion: string | undefined,
  rest: Record<string, unknown> = {},
  code = coded('sct', '44578009'),
) =>
  factsIn([report(code, conclusion, rest)]).results.map((result) =>
    result.result === 'biopsy' ? [result.tissue, result.reading] : undefined,
  )

test.each([
  ['Invasive carcinoma.', 'malignant'],
  ['Malignant cells.', 'malignant'],
  ['Benign breast tissue.', 'benign'],
  ['No malignancy.', 'benign'],
  ['No carcinoma.', 'benign'],
  ['Benign tissue beside carcinoma.', 'malignant'],
  ['Insufficient material.', 'reported'],
])('a core biopsy that says "%s" is %s', (conclusion, reading) => {
  expect(biopsyIn(conclusion)).toEqual([['breast', reading]])
})

test('a skin biopsy counts when it is of the breast', () => {
  const skin = coded('sct', '240977001')
  expect(biopsyIn('Benign.', { bodySite: coded('sct', '82038008') }, skin)).toEqual([['skin', 'benign']])
  expect(biopsyIn('Benign.', {}, skin)).toEqual([])
  expect(biopsyIn('Skin of left breast: benign.', {}, skin)).toEqual([['skin', 'benign']])
  expect(
    biopsyIn(
      undefined,
      { conclusionCode: [coded('sct', '254840009')] },
      {
        text: 'Punch biopsy, left breast',
      },
    ),
  ).toEqual([['skin', 'malignant']])
})

test('the side of a biopsy comes from its words when nothing else says it', () => {
  const { results } = factsIn([report(coded('sct', '44578009'), 'Core of the right breast: benign.')])
  expect(results.map(({ side }) => side)).toEqual(['right'])
})

const culture = { text: 'Breast milk culture' }
const cultureIn = (
  conclusion: string | undefined,
  rest: Record<string, unknown> = {},
  more: readonly unknown[] = [],
) => factsIn([report(culture, conclusion, rest), ...more])

test.each([
  ['Staphylococcus aureus', true],
  ['Heavy growth of MRSA', true],
  ['No growth', false],
  ['No Staphylococcus aureus isolated', false],
  ['Pending', false],
])('a culture that says "%s" is positive: %s', (conclusion, positive) => {
  expect(cultureIn(conclusion).results).toEqual([expect.objectContaining({ result: 'culture', positive })])
})

test('a culture interpreted as positive is positive', () => {
  const value = { valueString: 'see below', interpretation: [{ coding: [{ code: 'POS' }] }] }
  expect(factsIn([observation(culture, value)]).results).toEqual([
    expect.objectContaining({ positive: true }),
  ])
})

const susceptibility = (agent: string, verdict: Record<string, unknown>, id: string) =>
  observation({ text: `${agent} [Susceptibility]` }, { id, ...verdict })
const interpreted = (code: string) => ({ interpretation: [{ coding: [{ code }] }] })
const agents = [
  susceptibility('Clindamycin', interpreted('R'), 's1'),
  susceptibility('Oxacillin', { valueCodeableConcept: { text: 'Susceptible' } }, 's2'),
  susceptibility('Doxycycline', { valueString: 'I' }, 's3'),
  susceptibility('Linezolid', { valueString: 'see note' }, 's4'),
]

test.each([
  ['of the chart', { result: agents.map(({ id }) => ({ reference: `Observation/${String(id)}` })) }, agents],
  ['contained', { contained: agents, result: agents.map(({ id }) => ({ reference: `#${String(id)}` })) }, []],
])('susceptibilities come from result observations %s', (_, rest, more) => {
  const [result] = cultureIn('Staphylococcus aureus', rest, more).results
  expect(result?.result === 'culture' && result.susceptibilities).toEqual([
    { ingredient: 'clindamycin', verdict: 'R' },
    { ingredient: 'oxacillin', verdict: 'S' },
    { ingredient: 'doxycycline', verdict: 'I' },
  ])
})

test('a culture with components carries its own susceptibilities', () => {
  const component = [{ code: { text: 'Clindamycin' }, ...interpreted('S') }]
  const [result] = factsIn([observation(culture, { valueString: 'S. aureus', component })]).results
  expect(result).toMatchObject({
    positive: true,
    susceptibilities: [{ ingredient: 'clindamycin', verdict: 'S' }],
  })
})

test.each([
  ['MRSA', 1],
  ['No MRSA', 0],
])('a culture that says "%s" gives %d MRSA entries', (conclusion, count) => {
  expect(cultureIn(conclusion).problems.filter(({ sets }) => sets.includes('mrsa'))).toHaveLength(count)
})

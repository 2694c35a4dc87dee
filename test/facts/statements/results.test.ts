import { expect, test } from '@jest/globals'
import { coded, factsIn, leftBreast, observation, report } from '../reading.js'

const leftUltrasound = coded('ln', '26215-4')
const bothUltrasound = coded('ln', '26214-7')
const imagingIn = (code: unknown, conclusion: string | undefined, rest: Record<string, unknown> = {}) =>
  factsIn([report(code, conclusion, rest)]).results.flatMap((result) =>
    result.result === 'imaging' ? [result] : [],
  )

test.each([
  ['Abscess at 3 o clock.', { reading: 'abscess' }],
  ['Abscess 32 x 20 mm.', { reading: 'abscess', sizeCm: 3.2 }],
  ['No mass, 4 cm abscess.', { reading: 'abscess' }],
  ['Left breast abscess 3.4 cm, larger than on prior scan.', { reading: 'abscess' }],
  ['Drainable fluid.', { reading: 'collection' }],
  ['4 cm collection suspicious for abscess.', { reading: 'collection', doubt: true }],
  ['1.2 cm collection, too small to drain.', { reading: 'collection', small: true }],
  ['Phlegmon, no drainable collection.', { reading: 'phlegmon' }],
  ['Phlegmon, BI-RADS 4.', { reading: 'phlegmon', birads: 4 }],
  ['Collection, BI-RADS 4.', { reading: 'collection', birads: 4 }],
  ['Suspicious mass.', { reading: 'suspicious' }],
  ['BI-RADS 4b.', { reading: 'suspicious', birads: 4 }],
  ['BI-RADS V.', { reading: 'suspicious', birads: 5 }],
  ['No abscess.', { reading: 'normal' }],
  ['No drainable collection; abscess cannot be excluded.', { reading: 'normal', doubt: true }],
  ['BI-RADS 2.', { reading: 'normal', birads: 2 }],
  ['Galactocele of 2 cm.', { reading: 'normal' }],
  ['Possible abscess.', { reading: 'indeterminate', doubt: true }],
  ['BI-RADS 3.', { reading: 'indeterminate', birads: 3 }],
  ['Normal.', { reading: 'indeterminate' }],
  ['Skin thickening.', { reading: 'unclassified' }],
  ['RECOMMENDATION: aspirate any abscess.', { reading: 'unclassified' }],
])('an ultrasound that says "%s" is %j', (conclusion, expected) => {
  expect(imagingIn(leftUltrasound, conclusion)).toEqual([
    expect.objectContaining({ ...expected, side: 'left' }),
  ])
})

test.each([
  ['Collection of 3 cm.', 'small'],
  ['1.2 cm collection, too small to drain.', 'doubt'],
  ['No drainable collection.', 'doubt'],
])('an ultrasound that says "%s" is not marked as %s', (conclusion, mark) => {
  expect(imagingIn(leftUltrasound, conclusion)[0]).not.toHaveProperty(mark)
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

test.each([
  ['an abscess stands beside words that deny it', [coded('sct', '28432003')], 'No abscess.', 'abscess'],
  [
    'an abscess that words affirm stands beside a normal code',
    [coded('sct', '169254007')],
    '3 cm abscess.',
    'abscess',
  ],
  ['words of a conclusion without a code of ours', [{ text: 'Abscess of the breast' }], undefined, 'abscess'],
])('codes beside words: %s', (_, conclusionCode, conclusion, reading) => {
  expect(imagingIn(leftUltrasound, conclusion, { conclusionCode }).map((result) => result.reading)).toEqual([
    reading,
  ])
})

test('a report without a text is unclassified', () => {
  expect(imagingIn(leftUltrasound, undefined).map(({ reading }) => reading)).toEqual(['unclassified'])
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

test.each([
  ['BI-RADS 4c. Malignant mass.', { birads: 4, malignantText: true }],
  ['BI-RADS 4c, suspicious for malignancy.', { birads: 4, malignantText: false }],
  ['No evidence of malignancy. BI-RADS 1.', { birads: 1, malignantText: false }],
])('BI-RADS and an affirmed malignancy are kept beside the reading: %s', (conclusion, expected) => {
  expect(imagingIn(leftUltrasound, conclusion)[0]).toMatchObject(expected)
})

test.each([
  ['BI-RADS 5.', 'suspicious'],
  ['No abscess.', 'indeterminate'],
])('a mammogram that says "%s" is %s', (conclusion, reading) => {
  expect(
    imagingIn(coded('ln', '26346-7'), conclusion).map((result) => [result.modality, result.reading]),
  ).toEqual([['mammogram', reading]])
})

test.each([
  ['US BREAST LIMITED LEFT', [['ultrasound', 'left']]],
  ['Sonography of the right breast', [['ultrasound', 'right']]],
  [
    'MG DIAG BILAT W US BREAST LT',
    [
      ['ultrasound', 'left'],
      ['mammogram', 'both'],
    ],
  ],
  ['Obstetric ultrasound', []],
  ['Therapeutic ultrasound to left breast', []],
  ['US guided aspiration, left breast', []],
  ['Chest X-ray', []],
])('the words of a local code name the examination: %s', (text, expected) => {
  const local = { coding: [{ system: 'urn:oid:1.2.3', code: '4321', display: text }] }
  const found = imagingIn(local, 'BI-RADS 2.').map(({ modality, side }) => [modality, side])
  expect(found.sort()).toEqual([...expected].sort())
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

test('a report of both examinations is read for each of them', () => {
  const code = { text: 'MG DIAG BILAT W US BREAST' }
  const found = imagingIn(code, 'No abscess.').map(({ modality, reading }) => [modality, reading])
  expect(found).toEqual([
    ['mammogram', 'indeterminate'],
    ['ultrasound', 'normal'],
  ])
})

test('a report that is too long to be read whole is unreadable as well', () => {
  const { unreadable } = factsIn([report(leftUltrasound, `${'No abscess. '.repeat(2000)}3 cm abscess.`)])
  expect(unreadable).toEqual([
    expect.objectContaining({ subject: 'ultrasound', why: 'report is too long to be read whole' }),
  ])
})

test('the words of result observations count', () => {
  const finding = observation({ text: 'Impression' }, { id: 'f', valueString: 'Abscess.' })
  const scan = report(leftUltrasound, undefined, { result: [{ reference: 'Observation/f' }] })
  const { results, signs } = factsIn([finding, scan])
  expect(results).toEqual([expect.objectContaining({ reading: 'abscess', fromText: true })])
  expect(signs).toEqual([])
})

test('the conclusion decides before the results, and denies what they affirm', () => {
  const finding = observation({ text: 'Findings' }, { id: 'f', valueString: '2 cm collection.' })
  const scan = (conclusion: string) =>
    factsIn([finding, report(leftUltrasound, conclusion, { result: [{ reference: 'Observation/f' }] })])
      .results
  expect(scan('No abscess or collection.')).toEqual([expect.objectContaining({ reading: 'normal' })])
  expect(scan('Mastitis. BI-RADS 2.')).toEqual([
    expect.objectContaining({ reading: 'collection', birads: 2 }),
  ])
})

test.each([
  ['a local code and the words', { text: 'Ultrasound of left breast' }, {}, 1],
  ['words of another place', { text: 'Ultrasound of the pelvis' }, {}, 0],
  ['words of an earlier one', { text: 'Date of previous breast ultrasound' }, {}, 0],
  ['no text', { text: 'Ultrasound of left breast' }, { valueString: undefined }, 0],
])('an observation with %s', (_, code, rest, count) => {
  const { results } = factsIn([observation(code, { valueString: 'Impression: 3 cm abscess.', ...rest })])
  expect(results).toHaveLength(count)
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
  expect(result?.result === 'culture' && result.susceptibilities).toMatchObject([
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

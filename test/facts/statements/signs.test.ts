import { expect, test } from '@jest/globals'
import { coded, condition, factsIn, leftBreast, observation, rightBreast, ucum } from '../reading.js'

const red = coded('sct', '290070001')
const peau = coded('sct', '87386002')
const present = { valueCodeableConcept: coded('sct', '52101004') }
const absent = { valueCodeableConcept: coded('sct', '2667000') }

const signsIn = (code: unknown, rest: Record<string, unknown> = {}) =>
  factsIn([observation(code, rest)]).signs
const stateIn = (rest: Record<string, unknown>, code: unknown = red) =>
  signsIn(code, rest).map(({ state }) => state)

test.each([
  ['SCT present', present, 'present'],
  ['SCT absent', absent, 'absent'],
  ['LOINC unknown', { valueCodeableConcept: coded('ln', 'LA4489-6') }, 'unknown'],
  ['SCT unknown', { valueCodeableConcept: coded('sct', '261665006') }, 'unknown'],
  [
    'v2-0136 Y',
    {
      valueCodeableConcept: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'Y' }],
      },
    },
    'present',
  ],
  [
    'v2-0136 N',
    {
      valueCodeableConcept: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0136', code: 'N' }],
      },
    },
    'absent',
  ],
  ['text yes', { valueCodeableConcept: { text: 'Yes' } }, 'present'],
  ['text absent', { valueCodeableConcept: { text: 'absent' } }, 'absent'],
  ['true', { valueBoolean: true }, 'present'],
  ['false', { valueBoolean: false }, 'absent'],
  ['the word no', { valueString: 'no' }, 'absent'],
  ['the integer 0', { valueInteger: 0 }, 'absent'],
  ['the integer 2', { valueInteger: 2 }, 'present'],
  ['0 cm', { valueQuantity: ucum(0, 'cm') }, 'absent'],
  ['3 cm', { valueQuantity: ucum(3, 'cm') }, 'present'],
  ['dataAbsentReason', { dataAbsentReason: { coding: [{ code: 'unknown' }] } }, 'unknown'],
  ['interpretation N without value', { interpretation: [{ coding: [{ code: 'N' }] }] }, 'absent'],
  ['interpretation POS without value', { interpretation: [{ coding: [{ code: 'POS' }] }] }, 'present'],
  ['interpretation A without value', { interpretation: { coding: [{ code: 'A' }] } }, 'present'],
  ['interpretation H without value', { interpretation: [{ coding: [{ code: 'H' }] }] }, 'present'],
  [
    'a value before its interpretation',
    { valueBoolean: true, interpretation: [{ coding: [{ code: 'N' }] }] },
    'present',
  ],
  ['no value, the code is the finding', {}, 'present'],
  ['words that deny it', { valueString: 'resolved' }, 'absent'],
  ['words that say since when', { valueString: 'since this morning' }, 'present'],
] as const)('redness of the breast with %s', (_, value, state) => {
  expect(stateIn(value)).toEqual([state])
})

test.each([
  ['an unlisted coded value', { valueCodeableConcept: coded('sct', '999') }],
  ['words that say neither', { valueString: 'see photograph' }],
  ['a negative size', { valueQuantity: ucum(-1, 'cm') }],
  ['a value that is an object of garbage', { valueQuantity: { value: {} } }],
  ['a negative integer', { valueInteger: -2 }],
  ['a date', { valueDateTime: '2026-03-03' }],
])('%s is unreadable, neither present nor absent', (_, value) => {
  const { signs, unreadable } = factsIn([observation(red, value)])
  expect(signs).toEqual([])
  expect(unreadable.map(({ subject }) => subject)).toEqual(['erythema'])
})

test.each([
  ['a question in words', { text: 'Breast redness' }, 'unknown'],
  ['a code that is the finding', peau, 'present'],
  ['words that deny it', { text: "No peau d'orange of the breast" }, 'absent'],
] as const)('without a value, %s', (_, code, state) => {
  expect(stateIn({}, code)).toEqual([state])
})

test.each([
  ['cm', 4, { size: { value: 4, unit: 'cm' } }],
  ['mm', 40, { size: { value: 4, unit: 'cm' } }],
  ['cm2', 12, { size: { value: 12, unit: 'cm2' } }],
  ['cm²', 12, { size: { value: 12, unit: 'cm2' } }],
  ['CM', 4, { size: { value: 4, unit: 'cm' } }],
  ['m', 0.04, { size: { value: 4, unit: 'cm' } }],
  ['cm', 60, { size: { value: 60, unit: 'cm' } }],
  ['cm2', 2500, { size: { value: 2500, unit: 'cm2' } }],
  ['%', 100, { share: 1 }],
  ['%', 40, { share: 0.4 }],
])('a quantity in %s is a size or a share', (unit, value, extent) => {
  expect(signsIn(red, { valueQuantity: ucum(value, unit) })).toEqual([expect.objectContaining(extent)])
})

test.each([
  ['in inches', 3, '[in_i]', 'size unit is not cm, mm, cm2, mm2 or %'],
  ['in an unknown unit', 3, 'span', 'size unit is not cm, mm, cm2, mm2 or %'],
  ['in a unit of another kind', 3, 'kg', 'size unit is not cm, mm, cm2, mm2 or %'],
  ['of more than 60 cm', 61, 'cm', 'size is above 60 cm'],
  ['of more than 2500 cm2', 2501, 'cm2', 'size is above 2500 cm2'],
  ['of more than the whole breast', 101, '%', 'size is above 100 %'],
])('a size %s leaves the sign without size, and says so', (_, value, unit, why) => {
  const { signs, unreadable } = factsIn([observation(red, { valueQuantity: ucum(value, unit) })])
  expect(signs.map(({ state, size, share }) => [state, size, share])).toEqual([
    ['present', undefined, undefined],
  ])
  expect(unreadable.map((entry) => entry.why)).toEqual([why])
})

test.each([
  ['the code of moderate', { valueCodeableConcept: coded('sct', '6736007') }, 'moderate'],
  ['the word severe', { valueString: 'Severe' }, 'severe'],
  ['the text mild', { valueCodeableConcept: { text: 'mild' } }, 'mild'],
] as const)('a severity as value grades the sign: %s', (_, value, grade) => {
  expect(signsIn(red, value)).toEqual([expect.objectContaining({ state: 'present', grade })])
})

test.each([
  ['the body site code', { bodySite: leftBreast }, 'left'],
  ['both breasts', { bodySite: coded('sct', '63762007') }, 'both'],
  ['words of the code', {}, 'right'],
  ['a list where one belongs', { bodySite: [rightBreast] }, 'right'],
] as const)('the side comes from %s', (_, rest, side) => {
  const code = Object.keys(rest).length > 0 ? red : { ...red, text: 'Red right breast' }
  expect(signsIn(code, { ...present, ...rest }).map((sign) => sign.side)).toEqual([side])
})

test('erythema counts only on the breast', () => {
  const erythema = coded('sct', '247441003')
  expect(signsIn(erythema, { ...present, bodySite: leftBreast })).toHaveLength(1)
  expect(signsIn(erythema, { ...present, bodySite: { text: 'left leg' } })).toEqual([])
  expect(signsIn(erythema, present)).toEqual([])
})

test('localized tenderness is focal, generalized is not', () => {
  expect(signsIn(coded('sct', '290080002'), present).map(({ focal }) => focal)).toEqual([true])
  expect(signsIn(coded('sct', '290079000'), present).map(({ focal }) => focal)).toEqual([false])
})

test('a number with breast pain is a pain score', () => {
  const { signs, measures } = factsIn([observation(coded('sct', '53430007'), { valueInteger: 6 })])
  expect(signs).toEqual([expect.objectContaining({ sign: 'breast-pain', grade: 'moderate' })])
  expect(measures).toEqual([expect.objectContaining({ kind: 'pain', value: 6 })])
})

test('a component has the time, subject and body site of its parent', () => {
  const exam = observation(
    { text: 'Breast examination' },
    {
      bodySite: leftBreast,
      component: [
        { code: red, ...present },
        { code: { text: 'Warmth' }, ...present },
        { code: coded('sct', '89164003'), ...absent },
        { code: peau, dataAbsentReason: { coding: [{ code: 'not-performed' }] } },
      ],
    },
  )
  const { signs } = factsIn([exam])
  expect(signs.map(({ sign, state, side }) => [sign, state, side])).toEqual([
    ['erythema', 'present', 'left'],
    ['warmth', 'present', 'left'],
    ['lump', 'absent', 'left'],
    ['peau-d-orange', 'unknown', 'left'],
  ])
  expect(signs.every(({ when }) => when?.latest === Date.parse('2026-03-03T09:00:00Z'))).toBe(true)
})

test.each([
  ['a coded finding', { valueCodeableConcept: peau }, [['peau-d-orange', 'present', false]]],
  [
    'a finding in words',
    { valueCodeableConcept: { text: 'red left breast' } },
    [['erythema', 'present', true]],
  ],
  [
    'a finding interpreted as normal',
    { valueCodeableConcept: peau, interpretation: [{ coding: [{ code: 'N' }] }] },
    [['peau-d-orange', 'absent', false]],
  ],
])('the value of a finding observation: %s', (_, value, expected) => {
  const signs = signsIn(coded('sct', '404684003', 'Clinical finding'), value)
  expect(signs.map(({ sign, state, fromText }) => [sign, state, fromText])).toEqual(expected)
})

test.each([
  ['Family history', []],
  ['Past medical history', []],
  ['History of present illness', ['erythema']],
  ['Breast examination', ['erythema']],
])('an observation titled %s', (text, expected) => {
  expect(signsIn({ text }, { valueString: 'Left breast is red.' }).map(({ sign }) => sign)).toEqual(expected)
})

const imaging = { category: [{ coding: [{ code: 'imaging' }] }] }

test.each([
  ['lump', coded('sct', '89164003'), []],
  ['redness', red, ['erythema']],
])('an imaging observation of %s gives %j', (_, code, expected) => {
  expect(signsIn(code, { ...present, ...imaging }).map(({ sign }) => sign)).toEqual(expected)
})

test.each([
  ['129797000', 'mammographic skin thickening'],
  ['129796009', 'mammographic retraction'],
])('SCT %s (%s) is no sign', (code) => {
  expect(signsIn(coded('sct', code), present)).toEqual([])
})

test('imaging words state no lump and no thickened skin', () => {
  const text = 'Mass in the left breast with skin thickening.'
  expect(signsIn({ text: 'Breast ultrasound' }, { valueString: text })).toEqual([])
  expect(
    signsIn({ text: 'Breast examination' }, { valueString: text })
      .map(({ sign }) => sign)
      .sort(),
  ).toEqual(['lump', 'skin-thickening'])
})

test('an examination in prose gives signs with side, marked as text', () => {
  const { signs } = factsIn([
    observation({ text: 'Breast examination' }, { valueString: 'No fever, left breast is red and hot.' }),
  ])
  expect(signs.map(({ sign, state, side, fromText }) => [sign, state, side, fromText])).toEqual([
    ['fever-finding', 'absent', expect.anything(), true],
    ['erythema', 'present', 'left', true],
    ['warmth', 'present', 'left', true],
  ])
})

test.each([
  ['Redness 5 x 4 cm of the left breast.', { size: { value: 5, unit: 'cm' } }],
  ['Redness of one third of the left breast.', { share: 1 / 3 }],
  ['Redness over 40 % of the breast.', { share: 0.4 }],
])('%s gives an extent', (valueString, extent) => {
  expect(signsIn({ text: 'Breast examination' }, { valueString })).toEqual([expect.objectContaining(extent)])
})

test('a size beside two signs belongs to neither', () => {
  const signs = signsIn({ text: 'Breast examination' }, { valueString: 'Left breast red with a lump, 3 cm.' })
  expect(signs.map(({ size }) => size)).toEqual([undefined, undefined])
})

test.each([
  ['a wedge', 'Tender red wedge of the left breast.', { focal: true }],
  ['new', 'New redness of the left breast.', { spreading: true }],
  ['spreading', 'Redness of the left breast spreading.', { spreading: true }],
  ['not spreading', 'Redness of the left breast not spreading.', { spreading: false, focal: false }],
  ['severe', 'Severe swelling of the left breast.', { grade: 'severe' }],
])('words of an examination, %s', (_, valueString, expected) => {
  const { signs } = factsIn([observation({ text: 'Breast examination' }, { valueString })])
  expect(signs).toContainEqual(expect.objectContaining({ state: 'present', side: 'left', ...expected }))
})

test.each([
  ["Peau d'orange: ", ['peau-d-orange']],
  ['Peau d’orange: see note. Breast red.', ['peau-d-orange']],
  ["Peau d'orange: none", []],
])(
  'a sign that "%s" asks for is unreadable where the answer is missing or not understood',
  (text, expected) => {
    const { unreadable, signs } = factsIn([
      observation({ text: 'Breast examination' }, { valueString: text }),
    ])
    expect(unreadable.map(({ subject, source }) => [subject, source])).toEqual(
      expected.map((subject) => [subject, 'Observation/o']),
    )
    expect(signs.filter(({ sign, state }) => sign === 'peau-d-orange' && state === 'present')).toEqual([])
  },
)

test('an examination in another language is named as unread, and says nothing', () => {
  const valueString = 'Linke Brust gerötet und überwärmt, kein Fieber.'
  const { unreadable, signs } = factsIn([observation({ text: 'Breast examination' }, { valueString })])
  expect(signs).toEqual([])
  expect(unreadable.map(({ why }) => why)).toEqual(['not read: this text is in another language (de)'])
})

test('each side has a course of its own', () => {
  const valueString = 'Left breast better. Right breast redness worse.'
  const { course } = factsIn([observation({ text: 'Breast examination' }, { valueString })])
  expect(course.map(({ says, side }) => [says, side])).toEqual([
    ['improved', 'left'],
    ['worse', 'right'],
  ])
})

test.each([
  ['Patient feels better.', []],
  ['Left breast better.', ['improved']],
  ['Latch improved. Left breast red.', []],
  ['Breast no longer red despite stopping antibiotics.', []],
])('in a note that is about something else, "%s" gives the course %j', (valueString, expected) => {
  const { course } = factsIn([observation({ text: 'Progress note' }, { valueString })])
  expect(course.map(({ says }) => says)).toEqual(expected)
})

test.each([
  ['a malformed time', { effectiveDateTime: 'last week' }, 'time could not be read'],
  ['no status', { status: undefined }, 'status could not be read'],
])('%s makes a sign unreadable', (_, rest, why) => {
  const { signs, unreadable } = factsIn([observation(peau, { ...present, ...rest })])
  expect(signs).toEqual([])
  expect(unreadable).toEqual([expect.objectContaining({ subject: 'peau-d-orange', why })])
})

test('entered in error says nothing', () => {
  const { signs, unreadable } = factsIn([observation(peau, { ...present, status: 'entered-in-error' })])
  expect([...signs, ...unreadable]).toEqual([])
})

test.each([
  ['N64.4', 'breast-pain'],
  ['N63.20', 'lump'],
  ['N64.53', 'nipple-retraction'],
  ['O92.13', 'nipple-fissure'],
  ['R50.9', 'fever-finding'],
])('the condition %s is also the sign %s, from its onset', (code, sign) => {
  const { signs } = factsIn([condition(coded('icd', code), { severity: coded('sct', '24484000') })])
  expect(signs).toEqual([
    expect.objectContaining({ sign, state: 'present', grade: 'severe', source: 'Condition/c' }),
  ])
})

test('a resolved condition is a sign until it abated, and none without that date', () => {
  const resolved = { clinicalStatus: { coding: [{ code: 'resolved' }] } }
  const lump = coded('sct', '89164003')
  expect(factsIn([condition(lump, resolved)]).signs).toEqual([])
  const { signs } = factsIn([condition(lump, { ...resolved, abatementDateTime: '2026-03-04T09:00:00Z' })])
  expect(signs.map(({ state, when }) => [state, when?.latest])).toEqual([
    ['present', Date.parse('2026-03-03T09:00:00Z')],
    ['absent', Date.parse('2026-03-04T09:00:00Z')],
  ])
})

test.each([
  ['no value', {}, ['not-improved']],
  ['present', present, ['not-improved']],
  ['absent', absent, []],
  ['unknown', { valueCodeableConcept: coded('ln', 'LA4489-6') }, []],
])('"absent response to treatment" with %s', (_, value, says) => {
  const { course } = factsIn([observation(coded('sct', '266721009'), value)])
  expect(course.map((statement) => statement.says)).toEqual(says)
})

test.each([
  ['Redness of the left breast not improved after 3 days.', 'not-improved', 'left'],
  ['Breast redness is worse.', 'worse', 'unspecified'],
  ['Left breast still red despite 4 days of dicloxacillin.', 'not-improved', 'left'],
  ['Breast is much improved.', 'improved', 'unspecified'],
])('the words "%s" state the course', (valueString, says, side) => {
  const { course } = factsIn([observation({ text: 'Breast examination' }, { valueString })])
  expect(course).toEqual([expect.objectContaining({ says, side, fromText: true })])
})

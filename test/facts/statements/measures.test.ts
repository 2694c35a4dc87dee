import { expect, test } from '@jest/globals'
import { coded, factsIn, leftBreast, observation, ucum } from '../reading.js'

const codeOf = {
  temperature: '8310-5',
  'heart-rate': '8867-4',
  'respiratory-rate': '9279-1',
  systolic: '8480-6',
  diastolic: '8462-4',
  'mean-arterial-pressure': '8478-0',
  'oxygen-saturation': '59408-5',
  'white-cells': '6690-2',
  platelets: '777-3',
  'c-reactive-protein': '1988-5',
  lactate: '2524-7',
  creatinine: '2160-0',
  bilirubin: '1975-2',
  inr: '6301-6',
  pain: '72514-3',
} as const
type Kind = keyof typeof codeOf

const readIn = (kind: Kind, value: Record<string, unknown>) =>
  factsIn([observation(coded('ln', codeOf[kind]), value)])
const plain = (value: unknown, unit?: string) => ({
  valueQuantity: { value, ...(unit !== undefined && { unit }) },
})

test.each([
  ['temperature', 38.04, 'Cel', 38],
  ['temperature', 38.05, 'Cel', 38.1],
  ['temperature', 100.4, '[degF]', 38],
  ['temperature', 101.3, '[degF]', 38.5],
  ['heart-rate', 118, '/min', 118],
  ['heart-rate', 118, '{beats}/min', 118],
  ['respiratory-rate', 26, '{breaths}/min', 26],
  ['systolic', 88, 'mm[Hg]', 88],
  ['diastolic', 50, 'mm[Hg]', 50],
  ['mean-arterial-pressure', 64, 'mm[Hg]', 64],
  ['oxygen-saturation', 91, '%', 91],
  ['white-cells', 15.1, '10*3/uL', 15.1],
  ['white-cells', 15.1, '10*9/L', 15.1],
  ['white-cells', 15100, '/uL', 15.1],
  ['platelets', 99, '10*3/uL', 99],
  ['platelets', 99000, '/uL', 99],
  ['c-reactive-protein', 48, 'mg/L', 48],
  ['c-reactive-protein', 4.8, 'mg/dL', 48],
  ['lactate', 2.1, 'mmol/L', 2.1],
  ['lactate', 18.016, 'mg/dL', 2],
  ['creatinine', 1.2, 'mg/dL', 1.2],
  ['creatinine', 106.08, 'umol/L', 1.2],
  ['bilirubin', 2, 'mg/dL', 2],
  ['bilirubin', 34.2, 'umol/L', 2],
  ['inr', 1.6, '{INR}', 1.6],
  ['inr', 1.6, '1', 1.6],
  ['pain', 6, '{score}', 6],
  ['pain', 6, '{NRS}', 6],
  ['heart-rate', 118, '{Beats}/min', 118],
  ['heart-rate', 118, '{Herzschläge}/min', 118],
  ['respiratory-rate', 30, '/min{resp}', 30],
  ['systolic', 8.8, 'cm[Hg]', 88],
  ['oxygen-saturation', 98, '%{O2}', 98],
  ['oxygen-saturation', 0.98, '1', 98],
  ['white-cells', 15.1, '10*9/l', 15.1],
  ['white-cells', 15.1, '10*3{cells}/uL', 15.1],
  ['white-cells', 15.1, '/nL', 15.1],
  ['platelets', 99, '10^9/L', 99],
  ['c-reactive-protein', 48, 'ug/mL', 48],
  ['lactate', 4, 'mmol/l', 4],
  ['lactate', 4, 'meq/L', 4],
  ['creatinine', 0.10608, 'mmol/L', 1.2],
] as const)('%s %d %s is %d in the one unit', (kind, value, unit, expected) => {
  const { measures, unreadable } = readIn(kind, { valueQuantity: ucum(value, unit) })
  expect(measures).toEqual([
    expect.objectContaining({ kind, value: expected, source: 'Observation/o', fromText: false }),
  ])
  expect(unreadable).toEqual([])
})

test.each([
  ['C', 38.5, 38.5],
  ['°C', 38.5, 38.5],
  ['Cel', 38.5, 38.5],
  ['F', 101.3, 38.5],
  ['°F', 101.3, 38.5],
  ['degF', 101.3, 38.5],
  ['℃', 38.5, 38.5],
  ['ºC', 38.5, 38.5],
  ['DEG C', 38.5, 38.5],
  ['degrees Celsius', 38.5, 38.5],
  ['Grad Celsius', 38.5, 38.5],
  ['℉', 101.3, 38.5],
  ['degrees F', 101.3, 38.5],
] as const)('a temperature is read by the written unit %s', (unit, value, expected) => {
  expect(readIn('temperature', plain(value, unit)).measures[0]?.value).toBe(expected)
})

test.each([
  ['heart-rate', 'bpm', 118, 118],
  ['heart-rate', 'Beats per minute', 118, 118],
  ['heart-rate', 'min⁻¹', 118, 118],
  ['respiratory-rate', 'br/min', 30, 30],
  ['systolic', 'MM HG', 84, 84],
  ['oxygen-saturation', 'per cent', 90, 90],
  ['white-cells', 'x10³/µL', 15.1, 15.1],
  ['white-cells', '× 10⁹ / L', 15.1, 15.1],
  ['white-cells', 'K/uL', 15.1, 15.1],
  ['white-cells', 'G/L', 15.1, 15.1],
  ['platelets', 'x10E3/uL', 99, 99],
  ['c-reactive-protein', 'MG/DL', 4.8, 48],
  ['lactate', 'MMOL/L', 4, 4],
  ['creatinine', 'µmol/l', 106.08, 1.2],
] as const)('%s in the written unit %s', (kind, unit, value, expected) => {
  expect(readIn(kind, plain(value, unit)).measures.map((measure) => measure.value)).toEqual([expected])
})

test.each([
  ['a code that UCUM does not know, and a word', { code: 'degC', unit: '°C' }, 38.9],
  ['a code of another kind of unit, and a word', { code: 'C', unit: '°C' }, 38.9],
  ['a code that is known by its words alone', { code: 'DEG C' }, 38.9],
  ['a code that says nothing, and a word', { code: '-', unit: 'Cel' }, 38.9],
  ['the address of UCUM in another spelling', { system: 'https://unitsofmeasure.org/', code: 'Cel' }, 38.9],
  ['the OID of UCUM', { system: 'urn:oid:2.16.840.1.113883.6.8', code: 'Cel' }, 38.9],
])('38.9 with %s', (_, unit, expected) => {
  const valueQuantity = { value: 38.9, system: 'http://unitsofmeasure.org', ...unit }
  const { measures, unreadable } = readIn('temperature', { valueQuantity })
  expect(measures.map(({ value }) => value)).toEqual([expected])
  expect(unreadable).toEqual([])
})

test.each([
  ['45.1 without unit is Fahrenheit, and then too cold to be one', 45.1, undefined],
  ['100.4 without unit is Fahrenheit', 100.4, 38],
  ['45.0 without unit is Celsius', 45, 45],
  ['30.0 without unit is Celsius', 30, 30],
  ['29.9 without unit is neither', 29.9, undefined],
] as const)('%s', (_, value, expected) => {
  const { measures, unreadable } = readIn('temperature', plain(value))
  expect(measures[0]?.value).toBe(expected)
  expect(unreadable).toHaveLength(expected === undefined ? 1 : 0)
})

test.each([
  // measure, unit, just too low, lowest, highest, just too high
  ['temperature', 'Cel', 29.9, 30, 45, 45.1],
  ['temperature', '[degF]', 85.8, 86, 113, 113.2],
  ['heart-rate', '/min', 19, 20, 300, 301],
  ['respiratory-rate', '/min', 1, 2, 100, 101],
  ['systolic', 'mm[Hg]', 29, 30, 350, 351],
  ['diastolic', 'mm[Hg]', 4, 5, 250, 251],
  ['mean-arterial-pressure', 'mm[Hg]', 14, 15, 280, 281],
  ['oxygen-saturation', '%', 29, 30, 100, 101],
  ['white-cells', '10*9/L', 0.09, 0.1, 600, 601],
  ['platelets', '10*9/L', 0.9, 1, 3000, 3001],
  ['c-reactive-protein', 'mg/L', -1, 0, 1000, 1001],
  ['lactate', 'mmol/L', 0.09, 0.1, 40, 40.1],
  ['creatinine', 'mg/dL', 0.09, 0.1, 50, 50.1],
  ['bilirubin', 'mg/dL', 0.04, 0.05, 60, 60.1],
  ['inr', '{INR}', 0.4, 0.5, 30, 30.1],
  ['pain', '{score}', -1, 0, 10, 11],
] as const)(
  'what no living adult can have is unreadable: %s in %s, below %d, from %d to %d, above %d',
  (kind, unit, ...values) => {
    const read = values.map((value) => readIn(kind, { valueQuantity: ucum(value, unit) }))

    expect(read.map(({ measures }) => measures.length)).toEqual([0, 1, 1, 0])
    expect(
      read.map(({ unreadable }) => unreadable.map(({ subject, why }) => [subject, / is outside /.test(why)])),
    ).toEqual([[[kind, true]], [], [], [[kind, true]]])
  },
)

test('the UCUM code decides before the written unit', () => {
  const valueQuantity = { value: 101.3, unit: 'C', code: '[degF]', system: 'http://unitsofmeasure.org' }
  expect(readIn('temperature', { valueQuantity }).measures[0]?.value).toBe(38.5)
})

test.each([
  [
    'an unknown unit',
    'temperature',
    { valueQuantity: ucum(38.9, 'grd') },
    'temperature unit is not Cel or [degF]',
  ],
  [
    'a unit of another kind',
    'temperature',
    { valueQuantity: ucum(38.9, 'kg') },
    'temperature unit is not Cel or [degF]',
  ],
  [
    'a code of another system and no unit',
    'temperature',
    { valueQuantity: { value: 38, code: 'Cel', system: 'urn:x', unit: '?' } },
    'temperature unit is not Cel or [degF]',
  ],
  [
    '101 degrees Celsius',
    'temperature',
    { valueQuantity: ucum(101, 'Cel') },
    'temperature is outside 30-45 °C',
  ],
  ['a missing unit', 'heart-rate', plain(118), 'heart rate has no unit'],
  [
    'a code and a word that say two things',
    'temperature',
    { valueQuantity: { value: 38.9, code: 'degC', unit: '°F', system: 'http://unitsofmeasure.org' } },
    'temperature has two units that differ',
  ],
  ['kelvin', 'temperature', { valueQuantity: ucum(311, 'K') }, 'temperature unit is not Cel or [degF]'],
  [
    'a pressure in kPa',
    'systolic',
    { valueQuantity: ucum(12, 'kPa') },
    'systolic blood pressure unit is not mm[Hg]',
  ],
  [
    'a flow for a rate',
    'heart-rate',
    { valueQuantity: ucum(118, 'mL/min') },
    'heart rate unit is not /min or {beats}/min or {breaths}/min',
  ],
  [
    'a count for an amount',
    'lactate',
    { valueQuantity: ucum(4, '/L') },
    'lactate unit is not mmol/L or mg/dL',
  ],
  [
    'arbitrary units for an amount',
    'lactate',
    { valueQuantity: ucum(4, '[IU]/L') },
    'lactate unit is not mmol/L or mg/dL',
  ],
  [
    'a capital M that can be mega',
    'lactate',
    { valueQuantity: ucum(4, 'MMol/L') },
    'lactate unit is not mmol/L or mg/dL',
  ],
  [
    'megamoles, as UCUM reads them',
    'lactate',
    { valueQuantity: ucum(4, 'Mmol/L') },
    'lactate is outside 0.1-40 mmol/L',
  ],
  [
    'a number with a comma before three digits',
    'heart-rate',
    { valueString: '1,180 /min' },
    'heart rate has a comma that can mean decimals or thousands',
  ],
  ['two numbers', 'temperature', { valueString: '38.9 - 39.2' }, 'temperature unit is not Cel or [degF]'],
  [
    'a saturation stored as a share',
    'oxygen-saturation',
    { valueQuantity: ucum(0.98, '%') },
    'oxygen saturation is outside 30-100 %',
  ],
  [
    'a score in per cent',
    'pain',
    { valueQuantity: ucum(60, '%') },
    'pain score unit is not {score} or 1 or /10',
  ],
  [
    'a bound',
    'lactate',
    { valueQuantity: { ...ucum(2, 'mmol/L'), comparator: '<' } },
    'lactate is only a bound (comparator)',
  ],
  ['nought', 'heart-rate', { valueQuantity: ucum(0, '/min') }, 'heart rate is outside 20-300 /min'],
  ['no value', 'temperature', {}, 'temperature has no number'],
  [
    'dataAbsentReason',
    'temperature',
    { dataAbsentReason: { coding: [{ code: 'error' }] } },
    'temperature was not obtained (dataAbsentReason)',
  ],
  ['words', 'temperature', { valueString: 'febrile' }, 'temperature has no number'],
  ['pain of 11', 'pain', { valueInteger: 11 }, 'pain score is outside 0-10'],
  ['pain below nought', 'pain', { valueInteger: -1 }, 'pain score is outside 0-10'],
] as const)('%s is unreadable, with the reason and no value', (_, kind, value, why) => {
  const { measures, unreadable } = readIn(kind, value)
  expect(measures).toEqual([])
  expect(unreadable).toEqual([expect.objectContaining({ subject: kind, why, source: 'Observation/o' })])
})

test.each([
  ['an integer is a pain score', 'pain', { valueInteger: 7 }, 7],
  ['a string that is only a number', 'temperature', { valueString: '38.5' }, 38.5],
  ['a string with number and unit', 'temperature', { valueString: '101.3 F' }, 38.5],
  ['a string with a decimal comma', 'temperature', { valueString: '38,9 °C' }, 38.9],
  ['a string without a blank', 'temperature', { valueString: ' 38,9°C ' }, 38.9],
  ['a string with a power of ten', 'white-cells', { valueString: '15,1 10^9/L' }, 15.1],
  ['a number as a string in a quantity', 'heart-rate', { valueQuantity: ucum('118', '/min') }, 118],
  ['a decimal comma in a quantity', 'temperature', { valueQuantity: ucum('38,95', 'Cel') }, 39],
  ['a comma before three digits of a share', 'lactate', { valueString: '0,985 mmol/L' }, 0.985],
] as const)('%s', (_, kind, value, expected) => {
  expect(readIn(kind, value).measures[0]?.value).toBe(expected)
})

const pressure = (code: string, value: number) => ({
  code: coded('ln', code),
  valueQuantity: ucum(value, 'mm[Hg]'),
})

test('a blood pressure panel gives both pressures at the time of the panel', () => {
  const panel = observation(coded('ln', '85354-9'), {
    component: [pressure('8480-6', 118), pressure('8462-4', 70)],
  })
  const { measures } = factsIn([panel])
  expect(measures.map(({ kind, value }) => [kind, value])).toEqual([
    ['systolic', 118],
    ['diastolic', 70],
  ])
  expect(new Set(measures.map(({ when }) => when?.latest)).size).toBe(1)
})

test.each([
  ['a text', { valueString: '84/50 mmHg' }, ['systolic']],
  ['one number', { valueQuantity: ucum(84, 'mm[Hg]') }, ['systolic']],
  ['nothing', {}, []],
])('a blood pressure panel with %s and without components', (_, value, subjects) => {
  const { measures, unreadable } = factsIn([observation(coded('ln', '85354-9'), value)])
  expect(measures).toEqual([])
  expect(unreadable.map(({ subject }) => subject)).toEqual(subjects)
})

test('one unreadable component leaves the other', () => {
  const broken = { code: coded('ln', '8480-6'), dataAbsentReason: { text: 'cuff slipped' } }
  const { measures, unreadable } = factsIn([
    observation(coded('ln', '85354-9'), { component: [broken, pressure('8462-4', 70), 7, null] }),
  ])
  expect(measures.map(({ kind }) => kind)).toEqual(['diastolic'])
  expect(unreadable.map(({ subject }) => subject)).toEqual(['systolic'])
})

test.each([
  ['registered', 1],
  ['preliminary', 1],
  ['corrected', 1],
  ['entered-in-error', 0],
  ['cancelled', 0],
  ['unknown', 0],
])('an observation of status %s gives %d measures', (status, count) => {
  expect(readIn('temperature', { status, valueQuantity: ucum(38, 'Cel') }).measures).toHaveLength(count)
})

test.each([
  ['a missing status', { status: undefined }, 'status could not be read'],
  ['a status that is a number', { status: 5 }, 'status could not be read'],
  ['a malformed time', { effectiveDateTime: 'this morning' }, 'time could not be read'],
])('%s makes the value unreadable', (_, rest, why) => {
  const { measures, unreadable } = readIn('temperature', { ...rest, valueQuantity: ucum(39, 'Cel') })
  expect(measures).toEqual([])
  expect(unreadable).toEqual([expect.objectContaining({ subject: 'temperature', why })])
})

test('without any time a measure has no when', () => {
  const { measures } = readIn('temperature', { effectiveDateTime: undefined, valueQuantity: ucum(38, 'Cel') })
  expect(measures).toEqual([expect.not.objectContaining({ when: expect.anything() as unknown })])
})

const painScore = (value: number, rest: Record<string, unknown> = {}) =>
  observation(coded('ln', '72514-3'), { valueInteger: value, ...rest })

test.each([
  ['4 is moderate', 4, 'present', 'moderate'],
  ['3 is mild', 3, 'present', 'mild'],
  ['0 is no pain', 0, 'absent', undefined],
] as const)('a breast pain score of %s', (_, score, state, grade) => {
  const { signs, measures } = factsIn([painScore(score, { bodySite: leftBreast })])
  expect(measures).toEqual([expect.objectContaining({ kind: 'pain', value: score, side: 'left' })])
  expect(signs).toEqual([expect.objectContaining({ sign: 'breast-pain', state, side: 'left' })])
  expect(signs[0]?.grade).toBe(grade)
})

test('a pain score without a place is no breast sign by itself, and joins one that is there', () => {
  const red = observation(coded('sct', '290070001'), { id: 'red', valueBoolean: true })
  expect(factsIn([painScore(6)]).signs).toEqual([])
  expect(factsIn([painScore(6)]).measures).toHaveLength(1)
  expect(
    factsIn([painScore(6), red])
      .signs.map(({ sign }) => sign)
      .sort(),
  ).toEqual(['breast-pain', 'erythema'])
})

test('a pain score of another place is dropped', () => {
  const { signs, measures } = factsIn([painScore(8, { bodySite: { text: 'lower abdomen' } })])
  expect([...signs, ...measures]).toEqual([])
})

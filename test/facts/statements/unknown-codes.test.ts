import { expect, test } from '@jest/globals'
import { coded, condition, factsIn, leftBreast, observation } from '../reading.js'

const unreadIn = (...resources: Parameters<typeof factsIn>[0]) =>
  factsIn(resources).unreadable.map(({ subject }) => subject)
const bare = (system: string, code: string) => ({ coding: [{ system, code }] })
const who = 'http://hl7.org/fhir/sid/icd-10'
const cm = 'http://hl7.org/fhir/sid/icd-10-cm'
const sct = 'http://snomed.info/sct'

test.each([
  ['O91.9 of the WHO', bare(who, 'O91.9')],
  ['N64.9 of the WHO', bare(who, 'N64.9')],
  ['N64.89 of ICD-10-CM', bare(cm, 'N64.89')],
  ['ICPC-2 W95', bare('http://hl7.org/fhir/sid/icpc-2', 'W95')],
  ['words of a language that is not read', { ...bare(who, 'N64.8'), text: '그 밖의 명시된 유방의 장애' }],
])('a diagnosis that only its chapter places in the breast is named: %s', (_, code) => {
  expect(unreadIn(condition(code))).toEqual(['breast-diagnosis'])
})

test.each([
  ['mastopathy, a disease that no rule asks about', bare(who, 'N60.1')],
  ['a code of a set', bare(who, 'O91.2')],
  ['words that are read', { ...bare(who, 'N64.8'), text: 'Other specified disorders of breast' }],
  ['another chapter', bare(who, 'E11.9')],
  ['another chapter of ICPC-2', bare('http://hl7.org/fhir/sid/icpc-2', 'T90')],
  ['an unknown code with words', { ...bare(sct, '999999'), text: 'Asthma' }],
])('nothing is missing with %s', (_, code) => {
  expect(unreadIn(condition(code))).toEqual([])
})

test('a diagnosis under a bare code that tells no chapter could be anything', () => {
  expect(unreadIn(condition(bare(sct, '999999')))).toEqual(['condition'])
  expect(unreadIn(condition(bare('https://ehr.example.org/problems', '7')))).toEqual(['condition'])
})

test.each(['Mastite non purulenta associata al parto', '유방염', 'Brustdrüsenentzündung, o.n.A.'])(
  'words of another language name the breast beside an unknown code: %s',
  (text) => {
    expect(unreadIn(condition({ ...bare(sct, '999999'), text }))).toEqual(['breast-diagnosis'])
  },
)

test('a code of the chapters on births that no set has is named', () => {
  expect(unreadIn(condition({ ...bare(cm, 'Z37.8'), text: 'Outcome' }))).toEqual(['birth'])
})

test('an answer on breastfeeding under an unknown code is named', () => {
  const feeding = { valueCodeableConcept: coded('ln', 'LA29252-6') }
  const yes = { valueCodeableConcept: coded('sct', '373066001') }
  expect(unreadIn(observation({ text: 'Feeding plan' }, feeding))).toEqual(['feeding'])
  expect(unreadIn(observation({ text: 'Infant is breastfed at discharge' }, yes))).toEqual(['feeding'])
  expect(unreadIn(observation({ text: 'Smoker' }, yes))).toEqual([])
})

test('a sign in words of another language is named', () => {
  const present = { valueCodeableConcept: coded('sct', '52101004') }
  expect(unreadIn(observation({ text: 'rougeur du sein gauche' }, present))).toEqual(['breast-sign'])
})

test('a diagnosis that is over is not asked about', () => {
  const over = { clinicalStatus: { coding: [{ code: 'resolved' }] } }
  expect(unreadIn(condition(bare(who, 'O91.9'), over))).toEqual([])
})

const celsius = (value: number) => ({
  valueQuantity: { value, unit: 'Cel', system: 'http://unitsofmeasure.org', code: 'Cel' },
})
const vitalSign = { category: [{ coding: [{ code: 'vital-signs' }] }] }

test.each([
  ['a bare code', bare('https://ehr.example.org/vitals', '1'), {}],
  ['words that are not read', { text: 'Θερμοκρασία' }, vitalSign],
])('a value in degrees under %s is a temperature that was not understood', (_, code, rest) => {
  expect(unreadIn(observation(code, { ...celsius(38.9), ...rest }))).toEqual(['temperature'])
})

test('the temperature of the skin is no temperature', () => {
  expect(unreadIn(observation({ text: 'Skin temperature' }, { ...celsius(34), ...vitalSign }))).toEqual([])
})

test('a value under a bare code is named by what its value or place tells', () => {
  const unknown = bare('https://ehr.example.org/exam', '1')
  const present = { valueCodeableConcept: coded('sct', '52101004') }
  expect(unreadIn(observation(unknown, present))).toEqual(['observation'])
  expect(unreadIn(observation(unknown, { ...present, bodySite: leftBreast }))).toEqual(['breast-sign'])
  const feeding = { valueCodeableConcept: coded('ln', 'LA29252-6') }
  expect(unreadIn(observation(unknown, feeding))).toEqual(['lactation'])
  expect(unreadIn(observation(unknown, {}))).toEqual([])
})

test('of many values under bare codes one is named', () => {
  const one = (code: string) => observation(bare('https://lab.example.org', code), { valueString: 'x' })
  expect(unreadIn(one('1'), one('2'), one('3'))).toEqual(['observation'])
})

const quantity = (value: number, code: string) => ({
  valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code },
})

test.each([
  ['Temperature', 38.9, 'Cel', 'temperature'],
  ['Body temp', 38.9, 'Cel', 'temperature'],
  ['Température corporelle', 38.9, 'Cel', 'temperature'],
  ['체온', 38.9, 'Cel', 'temperature'],
  ['Pulse', 118, '/min', 'heart-rate'],
  ['Resp. rate', 26, '/min', 'respiratory-rate'],
  ['Lactate, venous', 4, 'mmol/L', 'lactate'],
  ['WBC', 18, '10*9/L', 'white-cells'],
  ['Platelets', 80, '10*9/L', 'platelets'],
  ['S-Creatinine', 1.4, 'mg/dL', 'creatinine'],
  ['SpO2', 91, '%', 'oxygen-saturation'],
  ['NIBP systolic', 82, 'mm[Hg]', 'systolic'],
] as const)('the words "%s" with an accepted unit are measured', (text, value, unit, kind) => {
  expect(factsIn([observation({ text }, quantity(value, unit))]).measures).toMatchObject([
    { kind, value, fromText: false },
  ])
})

test.each([
  ['Lactate dehydrogenase', 4, 'mmol/L'],
  ['LDH (lactate)', 4, 'mmol/L'],
  ['WBC urine', 25, '10*9/L'],
  ['Fetal heart rate', 150, '/min'],
  ['Newborn temperature', 36, 'Cel'],
  ['Target heart rate', 150, '/min'],
  ['Room temperature', 22, 'Cel'],
  ['Creatinine clearance', 1, 'mg/dL'],
  ['Albumin/creatinine ratio', 1, 'mg/dL'],
  ['Systolic and diastolic blood pressure', 82, 'mm[Hg]'],
  ['Milk WBC', 25, '10*9/L'],
] as const)('the words "%s" name no measure of hers', (text, value, unit) => {
  const facts = factsIn([observation({ text }, quantity(value, unit))])
  expect(facts.measures).toEqual([])
  expect(facts.unreadable).toEqual([])
})

test('words that name a measure need a unit that is accepted, or are named as unread', () => {
  const without = observation({ text: 'Temperature' }, { valueQuantity: { value: 38.9 } })
  const odd = observation({ text: 'Lactate' }, quantity(4, 'kg'))
  expect(factsIn([without, odd]).measures).toEqual([])
  expect(unreadIn(without, odd)).toEqual(['temperature', 'lactate'])
})

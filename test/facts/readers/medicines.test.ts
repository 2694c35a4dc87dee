import { expect, test } from '@jest/globals'
import { administration, coded, condition, factsIn, recordedAt, request } from '../reading.js'

const medicineIn = (resource: unknown, medications?: ReadonlyMap<string, never>) => {
  const { medicines, unreadable } = factsIn([resource], medications ? { medications } : {})
  return { medicine: medicines[0], count: medicines.length, unreadable }
}
const named = (text: string) => ({ medicationCodeableConcept: { text } })

test.each([
  ['dicloxacillin 500 mg', 'appropriate', ['dicloxacillin']],
  ['Flucloxacillin capsules', 'appropriate', ['flucloxacillin']],
  ['amoxicillin 500 mg', 'other', ['amoxicillin']],
  ['nitrofurantoin', 'not-counted', ['nitrofurantoin']],
  ['cabergoline', 'none', ['cabergoline']],
])('%s covers: %s', (text, cover, ingredients) => {
  const { medicine } = medicineIn(request(named(text)))
  expect(medicine).toMatchObject({ cover, ingredients, kind: 'request', source: 'MedicationRequest/m' })
})

test.each([
  ['Keflex 500 mg', 'appropriate', ['cephalexin']],
  ['Augmentin 875', 'appropriate', ['amoxicillin-clavulanate']],
  ['cephalaxin 500 mg', 'appropriate', ['cephalexin']],
])('a brand or a slip is its ingredient: %s', (text, cover, ingredients) => {
  expect(medicineIn(request(named(text))).medicine).toMatchObject({ cover, ingredients })
})

test.each(['vincristine 1 mg', 'acitretin 25 mg', 'fluorouracil 500 mg IV', 'methotrexate 10 mg'])(
  '%s speaks against the milk',
  (text) => {
    expect(medicineIn(request(named(text))).medicine?.sets).toContain('contraindicated')
  },
)

test.each(['tretinoin 0.05 % cream', 'azathioprine 50 mg'])('%s does not speak against the milk', (text) => {
  expect(medicineIn(request(named(text))).medicine?.sets ?? []).not.toContain('contraindicated')
})

test('fluorouracil for the skin is on record, and is not in the milk', () => {
  expect(medicineIn(request(named('fluorouracil 5 % cream'))).medicine).toMatchObject({
    ingredients: ['fluorouracil'],
    noExposure: 'route',
  })
})

const noExposureIn = (resource: unknown) => medicineIn(resource).medicine?.noExposure

test.each([
  ['a brand for the skin', named('Dalacin T'), 'route'],
  ['tacrolimus ointment', named('Tacrolimus 0.1 % ointment'), 'route'],
  ['a brand of tacrolimus for the skin', named('Protopic'), 'route'],
  ['tacrolimus capsules', named('Tacrolimus 1 mg capsules'), undefined],
  ['eye drops of ciclosporin', named('Ciclosporin 1 mg/ml eye drops'), 'route'],
  ['a foam of prednisolone', named('Prednisolone rectal foam'), 'route'],
  ['the same brand by mouth', named('Dalacin C 300 mg'), undefined],
  ['a lotion', named('clindamycin 1 % lotion'), 'route'],
  ['Epic words for the ear', named('CIPROFLOXACIN-DEXAMETHASONE 0.3-0.1 % OT SUSP'), 'route'],
  ['ophth oint', named('erythromycin ophth oint'), 'route'],
  ['VA CREA', named('CLINDAMYCIN PHOSPHATE 2 % VA CREA'), 'route'],
  ['Salbe', named('Gentamicin Salbe'), 'route'],
  ['an infusion fluid with a per cent sign', named('cefazolin 2 g in sodium chloride 0.9 %'), undefined],
])('the words of %s tell how it is used', (_, medication, noExposure) => {
  expect(noExposureIn(request(medication))).toBe(noExposure)
})

const v2 = (code: string) => ({
  route: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0162', code }] },
})

test.each([
  ['a topical route by SNOMED CT', { route: coded('sct', '6064005') }, 'route'],
  ['an otic route by HL7 v2', v2('OT'), 'route'],
  ['a nasal route by HL7 v2', v2('NS'), 'route'],
  ['an oral route by HL7 v2', v2('PO'), undefined],
  ['a route in German words', { route: { text: 'Augensalbe' } }, 'route'],
  ['an instruction to apply it', { text: 'Apply thinly to the affected area twice a day' }, 'route'],
  ['an instruction for an ear infection', { text: '500 mg four times a day for ear infection' }, undefined],
  ['an instruction with warm compresses', { text: '500 mg QID. Apply warm compresses.' }, undefined],
  ['an instruction to keep it from the eyes', { text: '1 BD. Avoid contact with eyes.' }, undefined],
])('%s tells how clindamycin is used', (_, dosage, noExposure) => {
  const resource = request({ ...named('clindamycin'), dosageInstruction: [dosage] })
  expect(noExposureIn(resource)).toBe(noExposure)
})

test('a recorded oral route wins over the word cream, and a cream over a route that cannot be read', () => {
  const cream = (route: unknown) =>
    request({ ...named('fusidic acid cream'), dosageInstruction: [{ route }] })
  expect(noExposureIn(cream(coded('sct', '26643006')))).toBeUndefined()
  expect(noExposureIn(cream({ text: 'see instructions' }))).toBe('route')
})

test.each([
  ['Avoid clindamycin', 'not-given'],
  ['Clindamycin 300 mg capsules, stopped', 'not-given'],
  ['Clindamycin - allergy - do not give', 'not-given'],
  ['Clindamycin 300 mg if fever returns', 'not-given'],
  ['Clindamycin 300 mg, one four times a day', undefined],
])('%s', (text, noExposure) => {
  const { medicine } = medicineIn(request(named(text)))
  expect(medicine?.ingredients).toEqual(['clindamycin'])
  expect(medicine?.noExposure).toBe(noExposure)
})

test('a text decides before a display, and a code of another medicine is given all the same', () => {
  const withText = (text: string) =>
    request({ medicationCodeableConcept: { text, coding: [{ display: 'clindamycin 300 MG Oral Capsule' }] } })
  expect(noExposureIn(withText('Do not give clindamycin'))).toBe('not-given')
  expect(noExposureIn(withText('As prescribed'))).toBeUndefined()
  const coding = request({ medicationCodeableConcept: coded('rx', '3356', 'instead of clindamycin') })
  expect(medicineIn(coding).medicine).toMatchObject({ ingredients: ['dicloxacillin'], cover: 'appropriate' })
  expect(noExposureIn(coding)).toBeUndefined()
})

test('"no antibiotics" is no medicine', () => {
  expect(medicineIn(request(named('No antibiotics')))).toMatchObject({ count: 0, unreadable: [] })
})

test.each([
  ['its words', named('IV antibiotics per protocol')],
  ['its category', { ...named('Selexid 400 mg'), category: [{ text: 'Anti-infective' }] }],
  ['its reason', { ...named('study drug 7'), reasonCode: [{ text: 'antibiotic treatment of mastitis' }] }],
])('an antibiotic that we do not know is one by %s, and is named as unread', (_, rest) => {
  const { medicine, unreadable } = medicineIn(request(rest))
  expect(medicine).toMatchObject({ cover: 'unknown', ingredients: [] })
  expect(unreadable).toEqual([
    expect.objectContaining({ subject: 'medicine', why: 'an antibiotic that we do not know' }),
  ])
})

test.each([
  ['for the skin', { ...named('antibiotic'), dosageInstruction: [{ route: { text: 'Topical' } }] }, 'route'],
  ['that was never given', { ...named('antibiotics'), status: 'cancelled' }, 'status'],
])('an antibiotic that we do not know %s leaves no doubt', (_, rest, noExposure) => {
  const { medicine, unreadable } = medicineIn(request(rest))
  expect(medicine).toMatchObject({ cover: 'unknown', noExposure })
  expect(unreadable).toEqual([])
})

test('an unknown medicine of another category is no antibiotic', () => {
  const other = request({ ...named('Selexid 400 mg'), category: [{ text: 'Outpatient' }] })
  expect(medicineIn(other)).toMatchObject({ count: 0, unreadable: [] })
})

test('a medicine that is none of ours is no fact', () => {
  expect(medicineIn(request(named('lansoprazole')))).toMatchObject({ count: 0, unreadable: [] })
})

const resolved = (medication: Record<string, unknown>) =>
  new Map([['Medication/x', { resourceType: 'Medication', id: 'x', ...medication } as never]])
const link = (reference: Record<string, unknown>, rest: Record<string, unknown> = {}) =>
  request({ medicationCodeableConcept: undefined, medicationReference: reference, ...rest })

test.each([
  [
    'its display',
    link({ reference: 'Medication/none', display: 'Cephalexin 500 mg' }),
    undefined,
    'cephalexin',
  ],
  [
    'a contained medication',
    link(
      { reference: '#k' },
      { contained: [{ resourceType: 'Medication', id: 'k', code: { text: 'Cefazolin' } }] },
    ),
    undefined,
    'cefazolin',
  ],
  [
    'a contained medication with the number sign in its id',
    link(
      { reference: '#k' },
      { contained: [{ resourceType: 'Medication', id: '#k', code: { text: 'Cefazolin' } }] },
    ),
    undefined,
    'cefazolin',
  ],
  [
    'the chart, beside a display that names nothing to us',
    link({ reference: 'Medication/x', display: 'Staphban forte' }),
    resolved({ code: coded('rx', '3356') }),
    'dicloxacillin',
  ],
  [
    'the chart',
    link({ reference: 'Medication/x' }),
    resolved({ code: coded('rx', '3356') }),
    'dicloxacillin',
  ],
  [
    'an absolute reference',
    link({ reference: 'https://ehr.example.org/r4/Medication/x' }),
    resolved({ code: { text: 'clindamycin' } }),
    'clindamycin',
  ],
  [
    'its ingredients',
    link({ reference: 'Medication/x' }),
    resolved({ ingredient: [{ itemCodeableConcept: { text: 'clindamycin' } }] }),
    'clindamycin',
  ],
])('a referenced medicine is named by %s', (_, resource, medications, ingredient) => {
  expect(medicineIn(resource, medications).medicine?.ingredients).toEqual([ingredient])
})

test('two ingredients of one medication are a combination', () => {
  const medications = resolved({
    ingredient: [{ itemCodeableConcept: coded('rx', '723') }, { itemCodeableConcept: coded('rx', '48203') }],
  })
  expect(medicineIn(link({ reference: 'Medication/x' }), medications).medicine?.cover).toBe('appropriate')
})

test.each([
  ['a reference to nothing', link({ reference: 'Medication/gone' })],
  ['no medicine at all', request({ medicationCodeableConcept: undefined })],
  ['an unknown code without words', request({ medicationCodeableConcept: coded('rx', '1') })],
])('%s is unreadable', (_, resource) => {
  const { count, unreadable } = medicineIn(resource)
  expect(count).toBe(0)
  expect(unreadable.map(({ subject }) => subject)).toEqual(['medicine'])
})

test.each([
  ['active', 'active', undefined],
  ['completed', 'completed', undefined],
  ['stopped', 'stopped', undefined],
  ['on-hold', 'on-hold', 'status'],
  ['cancelled', 'other', 'status'],
  ['draft', 'other', 'status'],
  ['unknown', 'other', 'status'],
])('a request of status %s', (status, read, noExposure) => {
  const { medicine } = medicineIn(request({ status }))
  expect([medicine?.status, medicine?.noExposure]).toEqual([read, noExposure])
})

test.each([
  ['in-progress', 'in-progress', undefined],
  ['completed', 'completed', undefined],
  ['not-done', 'other', 'status'],
  ['stopped', 'stopped', 'status'],
])('an administration of status %s', (status, read, noExposure) => {
  const { medicine } = medicineIn(administration({ status }))
  expect([medicine?.status, medicine?.noExposure]).toEqual([read, noExposure])
})

test('a medicine entered in error is dropped', () => {
  expect(medicineIn(request({ status: 'entered-in-error' })).count).toBe(0)
})

test.each([
  ['order', undefined],
  ['original-order', undefined],
  ['reflex-order', undefined],
  ['filler-order', undefined],
  ['instance-order', undefined],
  ['proposal', 'intent'],
  ['plan', 'intent'],
  ['option', 'intent'],
])('a request of intent %s', (intent, noExposure) => {
  expect(medicineIn(request({ intent })).medicine?.noExposure).toBe(noExposure)
})

const dosage = (fields: Record<string, unknown>) => ({ dosageInstruction: [fields] })
const repeat = (fields: Record<string, unknown>) => dosage({ timing: { repeat: fields } })
const period = (start: string, end: string) => repeat({ boundsPeriod: { start, end } })
const supply = (value: number, code: string) => ({
  dispenseRequest: { expectedSupplyDuration: { value, code } },
})

test.each([
  ['do not perform', { doNotPerform: true }, 'do-not-perform'],
  ['prophylaxis in the dosage', dosage({ text: 'Surgical prophylaxis' }), 'prophylaxis'],
  ['prophylaxis as reason', { reasonCode: [{ text: 'GBS prophylaxis' }] }, 'prophylaxis'],
  ['prophylaxis in a note', { note: [{ text: 'prophylactic' }] }, 'prophylaxis'],
  ['another reason', { reasonCode: [{ text: 'Urinary tract infection' }] }, 'other-reason'],
  ['a topical route', dosage({ route: { text: 'Topical' } }), 'route'],
  ['a vaginal route by code', dosage({ route: coded('sct', '16857009') }), 'route'],
  ['eye drops', named('erythromycin eye drops'), 'route'],
  ['24 hours of bounds', period('2026-03-03T09:00:00Z', '2026-03-04T09:00:00Z'), 'short-order'],
  ['a minute more', period('2026-03-03T09:00:00Z', '2026-03-04T09:01:00Z'), undefined],
  ['one dose', repeat({ count: 1 }), 'short-order'],
  ['one dose in words', dosage({ text: '2 g IV, single dose' }), 'short-order'],
  ['a supply of one day', supply(1, 'd'), 'short-order'],
  ['a supply of two days', supply(2, 'd'), undefined],
  ['a breast reason', { reasonCode: [coded('icd', 'O91.23')] }, undefined],
  ['no reason', {}, undefined],
  ['an empty reason', { reasonCode: [{}] }, undefined],
  ['an oral route', dosage({ route: { text: 'Oral' } }), undefined],
])('exposure of a request with %s', (_, rest, noExposure) => {
  expect(medicineIn(request(rest)).medicine?.noExposure).toBe(noExposure)
})

test.each([
  ['a code', { reasonCode: [coded('icd', 'O91.23')] }, 'breast'],
  ['words', { reasonCode: [{ text: 'infection of the left breast' }] }, 'breast'],
  ['a condition of the chart', { reasonReference: [{ reference: 'Condition/c' }] }, 'breast'],
  [
    'a condition of the chart, by address and version',
    { reasonReference: [{ reference: 'https://ehr.example.org/r4/Condition/c/_history/2' }] },
    'breast',
  ],
  [
    'a contained condition',
    {
      reasonReference: [{ reference: '#c' }],
      contained: [{ ...condition(coded('icd', 'O91.23')), id: '#c' }],
    },
    'breast',
  ],
  ['the display of a reference', { reasonReference: [{ display: 'Mastitis' }] }, 'breast'],
  ['one of several', { reasonCode: [{ text: 'fever' }, { text: 'mastitis' }] }, 'breast'],
  ['fever alone', { reasonCode: [coded('icd', 'R50.9')] }, 'other'],
  ['a condition that was not read', { reasonReference: [{ reference: 'Condition/gone' }] }, 'none'],
  ['nothing', {}, 'none'],
] as const)('the reason by %s', (_, rest, reason) => {
  const { medicines } = factsIn([condition(coded('icd', 'O91.23')), request(rest)])
  expect(medicines.map((medicine) => medicine.reason)).toEqual([reason])
})

test('azithromycin covers only with a recorded breast reason', () => {
  const azithromycin = named('azithromycin')
  const coverWith = (rest: Record<string, unknown>) =>
    medicineIn(request({ ...azithromycin, ...rest })).medicine?.cover
  expect(coverWith({})).toBe('not-counted')
  expect(coverWith({ reasonCode: [{ text: 'mastitis' }] })).toBe('other')
})

test('a request starts with its bounds, else when it was written', () => {
  const [bounded, written] = [period('2026-03-01', '2026-03-10'), {}].map(
    (rest) => medicineIn(request(rest)).medicine,
  )
  expect(bounded?.start?.earliest).toBe(Date.parse('2026-03-01T00:00:00Z'))
  expect(bounded?.end?.latest).toBe(Date.parse('2026-03-11T00:00:00Z') - 1)
  expect(written).toMatchObject({ start: recordedAt, when: recordedAt })
  expect(written?.end).toBeUndefined()
})

test.each([
  ['10 days', supply(10, 'd'), 10],
  ['2 weeks', supply(2, 'wk'), 14],
  ['boundsDuration', repeat({ boundsDuration: { value: 7, code: 'd' } }), 7],
  ['written days', { dispenseRequest: { expectedSupplyDuration: { value: 10, unit: 'days' } } }, 10],
])('a supply of %s', (_, rest, days) => {
  expect(medicineIn(request(rest)).medicine?.supplyDays).toBe(days)
})

test.each([
  ['an unknown unit of supply', supply(3, 'moon'), 'duration could not be read'],
  ['a malformed start', { authoredOn: 'Monday' }, 'start could not be read'],
  ['no start', { authoredOn: undefined }, 'start is not recorded'],
  ['a malformed end', period('2026-03-01', 'open'), 'boundsPeriod could not be read'],
  ['no status', { status: undefined }, 'status could not be read'],
  ['no intent', { intent: undefined }, 'intent could not be read'],
])('an antibiotic with %s is noted as unreadable', (_, rest, why) => {
  expect(medicineIn(request(rest)).unreadable).toEqual([
    expect.objectContaining({ subject: 'medicine', why }),
  ])
})

test('a suppressant without a start is not', () => {
  expect(medicineIn(request({ ...named('cabergoline'), authoredOn: undefined })).unreadable).toEqual([])
})

test('an administration is one instant or a period', () => {
  const instant = medicineIn(administration()).medicine
  const infusion = medicineIn(
    administration({
      effectiveDateTime: undefined,
      effectivePeriod: { start: '2026-03-03T09:00:00Z', end: '2026-03-03T10:00:00Z' },
    }),
  ).medicine
  expect(instant).toMatchObject({ kind: 'administration', singleInstant: true, start: recordedAt })
  expect(infusion).toMatchObject({ singleInstant: false, start: recordedAt })
  expect(infusion?.end?.latest).toBe(Date.parse('2026-03-03T10:00:00Z'))
})

const statement = (rest: Record<string, unknown>) => ({
  ...request({ resourceType: 'MedicationStatement', authoredOn: undefined, intent: undefined }),
  effectivePeriod: { start: '2026-03-03T09:00:00Z' },
  ...rest,
})

test.each([
  ['active', undefined],
  ['completed', undefined],
  ['stopped', 'status'],
  ['not-taken', 'status'],
  ['intended', 'status'],
])('a statement of status %s', (status, noExposure) => {
  const { medicine } = medicineIn(statement({ status }))
  expect(medicine).toMatchObject({ kind: 'statement', start: recordedAt })
  expect(medicine?.noExposure).toBe(noExposure)
})

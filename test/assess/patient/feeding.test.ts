import { describe, expect, test } from '@jest/globals'
import type { Facts } from '../../../src/facts/facts.js'
import { patientView } from '../../../src/assess/patient/patient-view.js'
import {
  birth,
  daysAgo,
  hoursAgo,
  timelineFor,
  order,
  parametersOf,
  problem,
  problemSince,
  sign,
  statement,
  unread,
  unreadable,
} from '../facts-of.js'

const lactating: Partial<Facts> = { lactation: [statement('yes', hoursAgo(1))] }
const probable: Partial<Facts> = { births: [birth('delivery', daysAgo(20))] }

const feedingOf = (facts: Partial<Facts>) => patientView(timelineFor(facts)).feeding

const plain = 'Breastfeeding can continue, also on the affected side; milk removal should not stop suddenly.'
const conditional =
  'If breastfeeding, it can continue, also on the affected side; milk removal should not stop suddenly.'
const noSuddenStop = 'Milk removal should not stop suddenly.'

describe('the phrase is the first that holds', () => {
  test.each<[string, Partial<Facts>, string, readonly string[]]>([
    ['lactating', lactating, 'plain', [plain]],
    ['probable', probable, 'conditional', [conditional]],
    ['unknown', {}, 'none', []],
    ['recently weaned', { problems: [problemSince('weaned', daysAgo(3))] }, 'none', []],
    ['not lactating', { lactation: [statement('no', daysAgo(3))] }, 'none', []],
    ['lactating after a loss', { ...lactating, births: [birth('infant-loss', daysAgo(3))] }, 'none', []],
    [
      'lactating after a loss, with HIV',
      { ...lactating, births: [birth('infant-loss', daysAgo(3))], problems: [problem('hiv')] },
      'none',
      [],
    ],
    [
      'lactating, infant elsewhere',
      { ...lactating, births: [birth('infant-elsewhere', daysAgo(3))] },
      'none',
      [],
    ],
    [
      'pregnant and lactating',
      { ...lactating, problems: [problemSince('mastitis-pregnancy', daysAgo(3))] },
      'plain',
      [plain],
    ],
    [
      'pregnant and probable',
      {
        births: [birth('delivery', daysAgo(60))],
        problems: [problemSince('mastitis-pregnancy', daysAgo(3))],
      },
      'none',
      [],
    ],
    ['status unknown, with HIV: no card speaks of feeding', { problems: [problem('hiv')] }, 'none', []],
    [
      'a loss without a date is at most conditional',
      { ...lactating, births: [birth('infant-loss')] },
      'conditional',
      [conditional],
    ],
    [
      'some infants lost, and a yes from before',
      { lactation: [statement('yes', daysAgo(3))], births: [birth('some-infants-lost', daysAgo(3))] },
      'conditional',
      [conditional],
    ],
    [
      'some infants lost, and a newer yes',
      { lactation: [statement('yes', daysAgo(2))], births: [birth('some-infants-lost', daysAgo(3))] },
      'plain',
      [plain],
    ],
    [
      'some infants lost, lactating by diagnosis only',
      {
        births: [birth('some-infants-lost', daysAgo(3))],
        problems: [problemSince('mastitis-lactational', daysAgo(1))],
      },
      'conditional',
      [conditional],
    ],
  ])('%s', (_, facts, phrase, sentences) => {
    expect(feedingOf(facts)).toMatchObject({ phrase, sentences })
  })
})

const hivText = parametersOf()['hiv.text']
const htlvSentence = 'Guidance in high-resource settings is not to give the milk.'
const notGiven = 'Milk is not given.'
const galactosemia = 'The infant cannot be given human milk; expressing is for comfort.'
const methotrexateSentence = 'Milk is not given while exposed to methotrexate; ask how long.'
const waits = 'No feeding and no expressed milk until treated or healed.'
const herpesSentence =
  'No milk from a breast with herpes lesions until they have healed; the other breast may be used if free of lesions.'
const discard = 'While the nipple is cracked or bleeding: express and discard from that side.'
const drugPlan =
  'Agree one feeding plan today; stable methadone or buprenorphine treatment is no reason not to breastfeed.'
const psychiatryPlan =
  "Lithium: plan with psychiatry and the infant's team (levels, hydration, infant checks)."
const prescriberPlan =
  "Rituximab, ofatumumab: plan with the prescriber and the infant's team (blood count, live vaccines)."
const expressed =
  'Feeding at the breast waits until the infection can no longer be passed on; expressed milk may be given.'
const atRisk =
  'Keep expressing; ask the neonatal team about giving the milk: the reassurance about bacteria is for a healthy full-term infant.'

const methotrexate = order('methotrexate', daysAgo(30), { sets: ['contraindicated'] })
const methadone = order('methadone', daysAgo(30), { sets: ['opioid-agonist-treatment'] })
const opioid = problem('substance-opioid')
const fissure = (when = hoursAgo(72), given = {}) => sign('nipple-fissure', when, given)

describe('each row of clinical 1.4 gives its sentence', () => {
  test.each<[string, Partial<Facts>, string, string, string]>([
    ['F1', { problems: [problem('htlv')] }, 'F1', 'HTLV', htlvSentence],
    ['F2', { problems: [problemSince('ebola', daysAgo(180))] }, 'F2', 'Ebola', notGiven],
    ['F3', { births: [birth('galactosemia-text')] }, 'F3', 'infant galactosemia', galactosemia],
    ['F4', { medicines: [methotrexate] }, 'F4', 'a contraindicated medicine', methotrexateSentence],
    [
      'F4 for breast cancer',
      { medicines: [{ ...methotrexate, noExposure: 'other-reason' }], problems: [problem('breast-cancer')] },
      'F4',
      'a contraindicated medicine',
      methotrexateSentence,
    ],
    ['F5 brucellosis', { problems: [problemSince('brucellosis', daysAgo(180))] }, 'F5', 'brucellosis', waits],
    ['F5 mpox', { problems: [problemSince('mpox', daysAgo(60))] }, 'F5', 'mpox', waits],
    [
      'F6',
      { problems: [problemSince(['herpes-simplex', 'herpes-simplex-breast'], daysAgo(30))] },
      'F6',
      'herpes on the breast',
      herpesSentence,
    ],
    [
      'F7 by a sign 72 h old',
      { problems: [problem('hepatitis-c')], signs: [fissure()] },
      'F7',
      'hepatitis C, broken nipple',
      discard,
    ],
    [
      'F7 by a diagnosis',
      { problems: [problem('hepatitis-c'), problem('nipple-fissure')] },
      'F7',
      'hepatitis C, broken nipple',
      discard,
    ],
    [
      'F7 by bleeding',
      { problems: [problem('hepatitis-c')], signs: [sign('bloody-discharge', hoursAgo(3))] },
      'F7',
      'hepatitis C, broken nipple',
      discard,
    ],
    ['F8', { problems: [problem('substance-other')] }, 'F8', 'drug use', drugPlan],
    ['F8 opioid', { problems: [opioid] }, 'F8', 'drug use', drugPlan],
    [
      'F8 opioid and another drug, on methadone',
      { problems: [opioid, problem('substance-other')], medicines: [methadone] },
      'F8',
      'drug use',
      drugPlan,
    ],
    [
      'F8 opioid, methadone stopped',
      { problems: [opioid], medicines: [{ ...methadone, status: 'stopped' }] },
      'F8',
      'drug use',
      drugPlan,
    ],
    ['F8b lithium', { medicines: [order('lithium', daysAgo(3))] }, 'F8b', 'lithium', psychiatryPlan],
    ['F8b rituximab', { medicines: [order('rituximab', daysAgo(3))] }, 'F8b', 'rituximab', prescriberPlan],
    [
      'F9 tuberculosis',
      { problems: [problemSince('tuberculosis', daysAgo(180))] },
      'F9',
      'tuberculosis',
      expressed,
    ],
    ['F10', { problems: [problem('hiv')] }, 'F10', 'HIV', hivText],
    ['F11 preterm', { births: [birth('preterm', daysAgo(180))] }, 'F11', 'preterm or ill infant', atRisk],
    [
      'F11 history',
      { births: [birth('premature-history', daysAgo(84))] },
      'F11',
      'preterm or ill infant',
      atRisk,
    ],
    [
      'F11 words',
      { births: [birth('infant-at-risk-text', daysAgo(180))] },
      'F11',
      'preterm or ill infant',
      atRisk,
    ],
  ])('%s', (_, facts, row, finding, sentence) => {
    const view = patientView(timelineFor({ ...lactating, ...facts }))

    expect(view.feedingRow).toBe(row)
    expect(view.feeding).toEqual({ phrase: 'caution', finding, sentences: [sentence, noSuddenStop] })
    expect(view.milkRows[0]?.evidence.length).toBeGreaterThan(0)
  })

  test.each([
    [-6, 'plain'],
    [-5, 'caution'],
    [0, 'caution'],
    [2, 'caution'],
    [3, 'plain'],
  ])('F9: chickenpox that began %d days from the delivery: %s', (days, phrase) => {
    const facts = {
      ...lactating,
      births: [birth('delivery', daysAgo(10))],
      problems: [problemSince('varicella', daysAgo(10 - days))],
    }

    expect(feedingOf(facts).phrase).toBe(phrase)
  })

  test('F9: chickenpox of an unknown delivery is no row', () => {
    expect(feedingOf({ ...lactating, problems: [problemSince('varicella', daysAgo(3))] }).phrase).toBe(
      'plain',
    )
  })
})

describe('what is no row', () => {
  test.each<[string, Partial<Facts>]>([
    ['F1 resolved', { problems: [problem('htlv', { active: false })] }],
    ['F2 181 days ago', { problems: [problemSince('ebola', daysAgo(181))] }],
    [
      'F4 not yet started',
      { medicines: [order('methotrexate', daysAgo(-1), { sets: ['contraindicated'] })] },
    ],
    ['F4 ended', { medicines: [{ ...methotrexate, end: hoursAgo(1) }] }],
    ['F4 on hold', { medicines: [{ ...methotrexate, status: 'on-hold' }] }],
    ['F4 completed', { medicines: [{ ...methotrexate, status: 'completed' }] }],
    ['F4 only planned', { medicines: [{ ...methotrexate, noExposure: 'intent' }] }],
    ['F4 not to be given', { medicines: [{ ...methotrexate, noExposure: 'do-not-perform' }] }],
    ['F4 on the skin', { medicines: [{ ...methotrexate, noExposure: 'route' }] }],
    ['F4: breast cancer alone', { problems: [problem('breast-cancer')] }],
    ['F5 brucellosis 181 days ago', { problems: [problemSince('brucellosis', daysAgo(181))] }],
    ['F5 mpox 61 days ago', { problems: [problemSince('mpox', daysAgo(61))] }],
    ['F6 31 days ago', { problems: [problemSince('herpes-simplex-breast', daysAgo(31))] }],
    ['F6 elsewhere', { problems: [problemSince('herpes-simplex', daysAgo(3))] }],
    ['F7 without a broken nipple', { problems: [problem('hepatitis-c')] }],
    ['F7: a broken nipple alone', { signs: [fissure()] }],
    ['F7: a broken nipple 73 h ago', { problems: [problem('hepatitis-c')], signs: [fissure(hoursAgo(73))] }],
    [
      'F7: the nipple has healed',
      {
        problems: [problem('hepatitis-c')],
        signs: [fissure(hoursAgo(5)), fissure(hoursAgo(2), { state: 'absent' })],
      },
    ],
    ['F8 in remission', { problems: [problem('substance-other', { remission: true })] }],
    ['F8 opioid on methadone', { problems: [opioid], medicines: [methadone] }],
    ['F9 tuberculosis 181 days ago', { problems: [problemSince('tuberculosis', daysAgo(181))] }],
    ['F11 preterm 181 days ago', { births: [birth('preterm', daysAgo(181))] }],
    ['F11 history 85 days ago', { births: [birth('premature-history', daysAgo(85))] }],
    ['F11 words 181 days ago', { births: [birth('infant-at-risk-text', daysAgo(181))] }],
  ])('%s', (_, facts) => {
    const view = patientView(timelineFor({ ...lactating, ...facts }))

    expect(view.feedingRow).toBeUndefined()
    expect(view.feeding.phrase).toBe('plain')
  })
})

describe('exposure to a medicine given, not ordered', () => {
  const dose = { kind: 'administration', sets: ['contraindicated'], singleInstant: true } as const

  test.each([
    ['a dose 24 h ago', order('methotrexate', hoursAgo(24), { ...dose, status: 'completed' }), 'caution'],
    ['a dose 25 h ago', order('methotrexate', hoursAgo(25), { ...dose, status: 'completed' }), 'plain'],
    ['a dose not given', order('methotrexate', hoursAgo(2), { ...dose, status: 'other' }), 'plain'],
    [
      'an infusion running',
      order('methotrexate', hoursAgo(50), { ...dose, status: 'in-progress' }),
      'caution',
    ],
  ])('%s', (_, medicine, phrase) => {
    expect(feedingOf({ ...lactating, medicines: [medicine] }).phrase).toBe(phrase)
  })
})

test('several rows: all sentences in order, the first names the summary', () => {
  const facts = {
    ...lactating,
    problems: [problem('hiv'), problemSince('tuberculosis', daysAgo(3))],
    births: [birth('preterm', daysAgo(3))],
  }
  const view = patientView(timelineFor(facts))

  expect(view.feedingRow).toBe('F9')
  expect(view.feeding).toEqual({
    phrase: 'caution',
    finding: 'tuberculosis',
    sentences: [expressed, hivText, atRisk, noSuddenStop],
  })
})

test('several contraindicated medicines are all named', () => {
  const tamoxifen = order('tamoxifen', daysAgo(3), { sets: ['contraindicated'] })
  const [sentence] = feedingOf({ ...lactating, medicines: [methotrexate, tamoxifen] }).sentences

  expect(sentence).toBe('Milk is not given while exposed to methotrexate and tamoxifen; ask how long.')
})

test('the words of a site for HIV replace the default', () => {
  const timeline = timelineFor(
    { ...lactating, problems: [problem('hiv')] },
    { 'hiv.text': 'Ask the $& team.' },
  )

  expect(patientView(timeline).feeding.sentences).toEqual(['Ask the $& team.', noSuddenStop])
})

describe('what could not be read gives caution, never a plain continue', () => {
  const conditionsSentence = 'Conditions could not be read; check for reasons not to give the milk.'
  const medicinesSentence = 'Medicines could not be read; check for reasons not to give the milk.'

  test.each<[string, Partial<Facts>, string, string]>([
    ['conditions', { reads: unread('conditions') }, 'conditions', conditionsSentence],
    ['medicines', { reads: unread('medicationRequests') }, 'medicines', medicinesSentence],
    [
      'both',
      { reads: unread('conditions', 'medicationRequests') },
      'conditions',
      'Conditions and medicines could not be read; check for reasons not to give the milk.',
    ],
    [
      'a diagnosis of a row',
      { unreadable: [unreadable('hiv', 'clinicalStatus could not be read')] },
      'conditions',
      conditionsSentence,
    ],
    [
      'a limited diagnosis without a date',
      { problems: [problem('ebola')] },
      'conditions',
      conditionsSentence,
    ],
    [
      'a medicine that nothing names',
      { unreadable: [unreadable('medicine', 'medicine has no code that we know and no words')] },
      'medicines',
      medicinesSentence,
    ],
  ])('%s', (_, facts, category, sentence) => {
    expect(feedingOf({ ...lactating, ...facts })).toEqual({
      phrase: 'caution',
      category,
      sentences: [sentence, noSuddenStop],
    })
  })

  test.each<[string, Partial<Facts>]>([
    ['an optional category', { reads: unread('medicationStatements', 'reports', 'allergies') }],
    ['a diagnosis of no row', { unreadable: [unreadable('mastitis-nos', 'onset could not be read')] }],
    [
      'the start of an antibiotic',
      {
        medicines: [
          order('dicloxacillin', hoursAgo(3), { cover: 'appropriate', source: 'MedicationRequest/1' }),
        ],
        unreadable: [unreadable('medicine', 'start is not recorded', { source: 'MedicationRequest/1' })],
      },
    ],
  ])('%s does not matter for the milk', (_, facts) => {
    expect(feedingOf({ ...lactating, ...facts }).phrase).toBe('plain')
  })

  test('a row that holds names the summary, and what was not read is said too', () => {
    const feeding = feedingOf({
      ...lactating,
      reads: unread('medicationRequests'),
      problems: [problem('hiv')],
    })

    expect(feeding).toEqual({
      phrase: 'caution',
      finding: 'HIV',
      category: 'medicines',
      sentences: [hivText, medicinesSentence, noSuddenStop],
    })
  })
})

test('statements unread and a puerperal diagnosis: conditional, not plain', () => {
  const facts = {
    reads: unread('lactationStatus'),
    problems: [problemSince('mastitis-lactational', daysAgo(1))],
  }

  expect(feedingOf(facts).phrase).toBe('conditional')
})

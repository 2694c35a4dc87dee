import { describe, expect, test } from '@jest/globals'
import type { DraftOrder, Facts } from '../../../src/facts/facts.js'
import type { FindingName } from '../../../src/assess/finding-names.js'
import { findingOf, leadingScope, presentAmong } from '../assessed.js'
import {
  antibiotic,
  birth,
  culture,
  daysAgo,
  draft,
  hoursAgo,
  measure,
  medicineDraft,
  problem,
  problemSince,
  statement,
  unread,
  unreadable,
} from '../facts-of.js'

const draftNames: readonly FindingName[] = [
  'draft-suppressant',
  'draft-antibiotic',
  'draft-for-breast',
  'draft-stops-feeding',
  'draft-incision',
  'draft-contraindicated',
  'draft-opioid',
  'draft-tmp-smx-risk',
  'draft-long-tetracycline',
  'draft-punch-biopsy',
]

const cabergoline = medicineDraft({ ingredients: ['cabergoline'], sets: ['suppressant', 'cabergoline'] })
const dicloxacillin = medicineDraft({ ingredients: ['dicloxacillin'], cover: 'appropriate' })
const doxycycline = (durationDays?: number): DraftOrder =>
  medicineDraft({
    ingredients: ['doxycycline'],
    cover: 'appropriate',
    sets: ['tetracycline'],
    ...(durationDays !== undefined && { durationDays }),
  })

const ofDraft = (order: DraftOrder, facts: Partial<Facts> = {}): Partial<Facts> => ({
  ...facts,
  drafts: [order],
})

describe('what a draft is', () => {
  test.each<[string, DraftOrder, readonly FindingName[]]>([
    ['nothing of interest', draft(), []],
    ['cabergoline', cabergoline, ['draft-suppressant']],
    ['not to be given', medicineDraft({ sets: ['suppressant'], noExposure: 'do-not-perform' }), []],
    ['denied by its words', medicineDraft({ sets: ['suppressant'], noExposure: 'not-given' }), []],
    ['dicloxacillin', dicloxacillin, ['draft-antibiotic']],
    ['an antibiotic that we do not know', medicineDraft({ cover: 'unknown' }), ['draft-antibiotic']],
    ['"avoid dicloxacillin"', medicineDraft({ cover: 'appropriate', noExposure: 'not-given' }), []],
    ['amoxicillin', medicineDraft({ cover: 'other' }), ['draft-antibiotic']],
    ['nitrofurantoin', medicineDraft({ cover: 'not-counted' }), []],
    ['an antibiotic as prophylaxis', medicineDraft({ cover: 'appropriate', noExposure: 'prophylaxis' }), []],
    [
      'an antibiotic for something else',
      medicineDraft({ cover: 'appropriate', noExposure: 'other-reason' }),
      [],
    ],
    ['an antibiotic ointment', medicineDraft({ cover: 'appropriate', noExposure: 'route' }), []],
    ['an antibiotic not to be given', medicineDraft({ cover: 'other', noExposure: 'do-not-perform' }), []],
    [
      'an antibiotic for the breast',
      medicineDraft({ cover: 'appropriate', reason: 'breast' }, { breastReason: true }),
      ['draft-antibiotic', 'draft-for-breast'],
    ],
    ['an order to stop feeding', draft({ stopsFeeding: true }), ['draft-stops-feeding']],
    ['an incision', draft({ needs: ['incision'] }), ['draft-incision']],
    ['an aspiration', draft({ needs: ['drainage'] }), []],
    ['a punch biopsy', draft({ needs: ['skin-biopsy'] }), ['draft-punch-biopsy']],
    ['a core biopsy', draft({ needs: ['breast-biopsy'] }), []],
    ['methotrexate', medicineDraft({ sets: ['contraindicated'] }), ['draft-contraindicated']],
    ['codeine', medicineDraft({ sets: ['opioid-caution'] }), ['draft-opioid']],
    ['an anti-inflammatory', medicineDraft({ sets: ['nsaid'] }), []],
    ['doxycycline for 22 days', doxycycline(22), ['draft-antibiotic', 'draft-long-tetracycline']],
    ['doxycycline for 21 days', doxycycline(21), ['draft-antibiotic']],
    ['doxycycline of unknown length', doxycycline(), ['draft-antibiotic']],
  ])('%s', (_, order, expected) => {
    expect(presentAmong(ofDraft(order), draftNames)).toEqual(expected)
  })

  test('a suppressant with a prolactinoma on record is treatment of that', () => {
    const facts = ofDraft(cabergoline, { problems: [problem('prolactinoma')] })
    const resolved = ofDraft(cabergoline, { problems: [problem('prolactinoma', { active: false })] })

    expect(findingOf(facts, 'draft-suppressant').verdict).toBe('absent')
    expect(findingOf(resolved, 'draft-suppressant').verdict).toBe('present')
    expect(
      findingOf(ofDraft(cabergoline, { reads: unread('conditions') }), 'draft-suppressant').verdict,
    ).toBe('present')
  })

  test('evidence names the draft in our words', () => {
    expect(findingOf(ofDraft(dicloxacillin), 'draft-antibiotic').evidence).toEqual([
      { what: 'dicloxacillin selected now', source: 'MedicationRequest/draft', fromText: false, draft: true },
    ])
  })
})

describe('rule 1b: cabergoline or bromocriptine just after birth', () => {
  const delivered = (days: number): Partial<Facts> => ({ births: [birth('delivery', daysAgo(days))] })
  const eclampsia = (days: number, given = {}) =>
    problemSince('hypertension-puerperium', daysAgo(days), given)
  const pressure = (value: number, days: number) => measure('systolic', value, daysAgo(days))
  const bromocriptine = medicineDraft({
    ingredients: ['bromocriptine'],
    sets: ['suppressant', 'bromocriptine'],
  })

  test.each<[string, Partial<Facts>, 'present' | 'absent' | 'cannot-tell']>([
    ['no reason against it', delivered(3), 'absent'],
    ['a hypertensive disorder 180 days ago', { ...delivered(3), problems: [eclampsia(180)] }, 'present'],
    ['a hypertensive disorder 181 days ago', { ...delivered(3), problems: [eclampsia(181)] }, 'absent'],
    ['a resolved one', { ...delivered(3), problems: [eclampsia(10, { active: false })] }, 'present'],
    [
      'one without a date',
      { ...delivered(3), problems: [problem('hypertension-puerperium')] },
      'cannot-tell',
    ],
    ['SBP 140', { ...delivered(3), measures: [pressure(140, 7)] }, 'present'],
    ['SBP 139', { ...delivered(3), measures: [pressure(139, 7)] }, 'absent'],
    ['SBP 140, 8 days ago', { ...delivered(3), measures: [pressure(140, 8)] }, 'absent'],
    ['SBP 150, then 120', { ...delivered(3), measures: [pressure(150, 3), pressure(120, 1)] }, 'absent'],
    ['heart disease', { ...delivered(3), problems: [problem('cardiac')] }, 'present'],
    ['psychosis', { ...delivered(3), problems: [problem('psychosis')] }, 'present'],
    ['delivered exactly 42 days ago', { ...delivered(42), problems: [problem('cardiac')] }, 'present'],
    ['delivered 43 days ago', { ...delivered(43), problems: [problem('cardiac')] }, 'absent'],
    ['delivery unknown, status unknown', { problems: [problem('cardiac')] }, 'absent'],
    [
      'delivery unknown, lactating',
      { lactation: [statement('yes', daysAgo(1))], problems: [problem('cardiac')] },
      'present',
    ],
    [
      'delivery unknown, weaned',
      { problems: [problem('cardiac'), problemSince('weaned', daysAgo(3))] },
      'present',
    ],
    [
      'delivery unknown, not lactating',
      { lactation: [statement('no', daysAgo(1))], problems: [problem('cardiac')] },
      'absent',
    ],
    [
      'after a loss (example 23), SBP 150',
      { births: [birth('infant-loss', daysAgo(10))], measures: [pressure(150, 1)] },
      'present',
    ],
    [
      'after a loss (example 23), SBP 118',
      { births: [birth('infant-loss', daysAgo(10))], measures: [pressure(118, 1)] },
      'absent',
    ],
    ['conditions unread', { ...delivered(3), reads: unread('conditions') }, 'cannot-tell'],
    ['vital signs unread', { ...delivered(3), reads: unread('vitalSigns') }, 'cannot-tell'],
    [
      'vital signs unread, heart disease',
      { ...delivered(3), reads: unread('vitalSigns'), problems: [problem('cardiac')] },
      'present',
    ],
    [
      'status unread, heart disease',
      { reads: unread('lactationStatus'), problems: [problem('cardiac')] },
      'cannot-tell',
    ],
    [
      'a blood pressure that could not be read',
      { ...delivered(3), unreadable: [unreadable('systolic', 'no unit', { when: daysAgo(1) })] },
      'cannot-tell',
    ],
    [
      'a blood pressure of long ago that could not be read',
      { ...delivered(3), unreadable: [unreadable('systolic', 'no unit', { when: daysAgo(8) })] },
      'absent',
    ],
  ])('%s', (_, facts, verdict) => {
    expect(findingOf(ofDraft(cabergoline, facts), 'draft-suppressant-unsafe').verdict).toBe(verdict)
    expect(findingOf(ofDraft(bromocriptine, facts), 'draft-suppressant-unsafe').verdict).toBe(verdict)
    expect(findingOf(ofDraft(dicloxacillin, facts), 'draft-suppressant-unsafe').verdict).toBe('absent')
  })

  test('the card names the medicine and the first reason', () => {
    const facts = ofDraft(bromocriptine, { ...delivered(3), measures: [pressure(150, 1)] })

    expect(leadingScope(facts).values).toMatchObject({ drug: 'Bromocriptine', reason: 'SBP 150' })
  })
})

describe('rule 6: sulfamethoxazole-trimethoprim and the infant', () => {
  const tmpSmx = medicineDraft({ ingredients: ['sulfamethoxazole-trimethoprim'], sets: ['tmp-smx'] })

  test.each<[string, Partial<Facts>, 'present' | 'absent']>([
    ['29 days old', { births: [birth('delivery', daysAgo(29))] }, 'present'],
    ['exactly 30 days old', { births: [birth('delivery', daysAgo(30))] }, 'absent'],
    ['of unknown age', {}, 'present'],
    [
      '60 days old and preterm',
      { births: [birth('delivery', daysAgo(60)), birth('preterm', daysAgo(60))] },
      'present',
    ],
  ])('%s', (_, facts, verdict) => {
    expect(findingOf(ofDraft(tmpSmx, facts), 'draft-tmp-smx-risk').verdict).toBe(verdict)
  })
})

describe('rule 3: a culture that supports the new antibiotic', () => {
  const clindamycin = medicineDraft({ ingredients: ['clindamycin'], cover: 'appropriate' })
  const mastitis = problemSince('mastitis-lactational', hoursAgo(80), { side: 'left' })
  const first = antibiotic(hoursAgo(72))
  const tested = (
    resistant: string,
    susceptible: string,
    when = hoursAgo(40),
    given: Parameters<typeof culture>[1] = {},
  ) =>
    culture(when, {
      susceptibilities: [
        { ingredient: resistant, verdict: 'R' },
        { ingredient: susceptible, verdict: 'S' },
      ],
      ...given,
    })

  test.each<[string, Partial<Facts>, 'present' | 'absent' | 'cannot-tell']>([
    ['no culture', {}, 'absent'],
    [
      'resistant to the first, susceptible to the new',
      { results: [tested('dicloxacillin', 'clindamycin')] },
      'present',
    ],
    ['susceptible to another drug', { results: [tested('dicloxacillin', 'vancomycin')] }, 'absent'],
    ['resistant to another drug', { results: [tested('cephalexin', 'clindamycin')] }, 'absent'],
    [
      'of the other breast',
      { results: [tested('dicloxacillin', 'clindamycin', hoursAgo(40), { side: 'right' })] },
      'absent',
    ],
    [
      'collected 72 h before the episode',
      { results: [tested('dicloxacillin', 'clindamycin', hoursAgo(152))] },
      'present',
    ],
    [
      'collected 73 h before the episode',
      { results: [tested('dicloxacillin', 'clindamycin', hoursAgo(153))] },
      'absent',
    ],
    [
      'a result that could not be read',
      { unreadable: [unreadable('result', 'status could not be read')] },
      'cannot-tell',
    ],
    ['reports unread', { reads: unread('reports') }, 'absent'],
    ['no first antibiotic', { medicines: [], results: [tested('dicloxacillin', 'clindamycin')] }, 'absent'],
  ])('%s', (_, facts, verdict) => {
    const all = ofDraft(clindamycin, { problems: [mastitis], medicines: [first], ...facts })

    expect(findingOf(all, 'culture-supports-draft').verdict).toBe(verdict)
  })

  test('needs an antibiotic draft', () => {
    const facts = {
      problems: [mastitis],
      medicines: [first],
      results: [tested('dicloxacillin', 'clindamycin')],
    }

    expect(findingOf(ofDraft(draft(), facts), 'culture-supports-draft').verdict).toBe('absent')
  })
})

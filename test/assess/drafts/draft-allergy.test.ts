import { expect, test } from '@jest/globals'
import type { AllergyFact, Facts } from '../../../src/facts/facts.js'
import { findingOf, leadingScope, verdictOn, type Row } from '../assessed.js'
import { culture, daysAgo, hoursAgo, left, medicineDraft, problemSince, unread } from '../facts-of.js'

const allergy = (given: Partial<AllergyFact>): AllergyFact => ({
  source: 'AllergyIntolerance/a',
  fromText: false,
  ingredients: [],
  classes: [],
  reaction: 'unknown',
  ...given,
})
const toPenicillin = (reaction: AllergyFact['reaction']) =>
  allergy({ ingredients: ['penicillin'], classes: ['penicillin'], reaction })
const dicloxacillin = medicineDraft({
  ingredients: ['dicloxacillin'],
  cover: 'appropriate',
  sets: ['penicillin'],
})
const cephalexin = medicineDraft({
  ingredients: ['cephalexin'],
  cover: 'appropriate',
  sets: ['cephalosporin'],
})
const cefazolin = medicineDraft({ ingredients: ['cefazolin'], cover: 'appropriate', sets: ['cephalosporin'] })
const tmpSmx = medicineDraft({
  ingredients: ['sulfamethoxazole-trimethoprim'],
  cover: 'appropriate',
  sets: ['sulfonamide', 'tmp-smx'],
})
const metronidazole = medicineDraft({ ingredients: ['metronidazole'], cover: 'other' })
const given = (draft: typeof dicloxacillin, ...allergies: readonly AllergyFact[]): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', daysAgo(1), left)],
  drafts: [draft],
  allergies,
})

test.each([
  ['an allergy of the same class', given(dicloxacillin, toPenicillin('unknown')), 'present'],
  ['a side effect of the same class', given(dicloxacillin, toPenicillin('intolerance')), 'absent'],
  ['an allergy of another class', given(tmpSmx, toPenicillin('anaphylaxis')), 'absent'],
  ['a class without a medicine', given(tmpSmx, allergy({ classes: ['sulfonamide'] })), 'present'],
  ['a part of the drafted combination', given(tmpSmx, allergy({ ingredients: ['trimethoprim'] })), 'present'],
  ['the medicine itself', given(metronidazole, allergy({ ingredients: ['metronidazole'] })), 'present'],
  ['penicillin anaphylaxis, cephalexin', given(cephalexin, toPenicillin('anaphylaxis')), 'present'],
  ['penicillin angio-oedema, cephalexin', given(cephalexin, toPenicillin('angioedema')), 'present'],
  ['penicillin rash, cephalexin', given(cephalexin, toPenicillin('allergic')), 'absent'],
  ['penicillin anaphylaxis, cefazolin', given(cefazolin, toPenicillin('anaphylaxis')), 'absent'],
  ['no allergy', given(dicloxacillin), 'absent'],
  [
    'a draft that says not to give it',
    given(
      medicineDraft({
        ingredients: ['dicloxacillin'],
        cover: 'appropriate',
        sets: ['penicillin'],
        noExposure: 'do-not-perform',
      }),
      toPenicillin('unknown'),
    ),
    'absent',
  ],
  [
    'a draft for something else',
    given(
      medicineDraft({
        ingredients: ['dicloxacillin'],
        cover: 'appropriate',
        sets: ['penicillin'],
        noExposure: 'other-reason',
      }),
      toPenicillin('unknown'),
    ),
    'present',
  ],
  ['allergies unread', { ...given(dicloxacillin), reads: unread('allergies') }, 'cannot-tell'],
  [
    'one allergy read, others not',
    { ...given(dicloxacillin, toPenicillin('unknown')), reads: unread('allergies') },
    'present',
  ],
] as const)('draft-allergy, %s', (_what, facts, verdict) => {
  expect(findingOf(facts, 'draft-allergy').verdict).toBe(verdict)
})

test('the card names the allergy and why the draft meets it', () => {
  expect(leadingScope(given(dicloxacillin, toPenicillin('anaphylaxis'))).values).toMatchObject({
    drug: 'Dicloxacillin',
    allergy: 'penicillin',
    drugKind: 'dicloxacillin is a penicillin',
  })
})

const amoxicillin = medicineDraft({ ingredients: ['amoxicillin'], cover: 'other', sets: ['penicillin'] })
const clindamycin = medicineDraft({ ingredients: ['clindamycin'], cover: 'appropriate', mrsa: 'by-result' })
const mrsa = problemSince('mrsa', daysAgo(20))
const tested = (verdict: 'S' | 'R', when = hoursAgo(10)) =>
  culture(when, { susceptibilities: [{ ingredient: 'amoxicillin', verdict }] })
const with_ = (facts: Partial<Facts>, more: Partial<Facts>): Partial<Facts> => ({
  ...facts,
  ...more,
  problems: [...(facts.problems ?? []), ...(more.problems ?? [])],
})

test.each<Row>([
  ['amoxicillin', given(amoxicillin), 'left', 'draft-other-cover', 'present'],
  ['dicloxacillin', given(dicloxacillin), 'left', 'draft-other-cover', 'absent'],
  [
    'amoxicillin, reported susceptible',
    with_(given(amoxicillin), { results: [tested('S')] }),
    'left',
    'draft-other-cover',
    'absent',
  ],
  [
    'amoxicillin, reported susceptible before the episode',
    with_(given(amoxicillin), { results: [tested('S', daysAgo(5))] }),
    'left',
    'draft-other-cover',
    'present',
  ],
  [
    'amoxicillin, reported resistant',
    with_(given(amoxicillin), { results: [tested('R')] }),
    'left',
    'draft-other-cover',
    'present',
  ],
  [
    'dicloxacillin with MRSA',
    with_(given(dicloxacillin), { problems: [mrsa] }),
    'left',
    'draft-other-cover',
    'present',
  ],
  [
    'clindamycin with MRSA',
    with_(given(clindamycin), { problems: [mrsa] }),
    'left',
    'draft-other-cover',
    'absent',
  ],
])('draft-other-cover, %s', (_what, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

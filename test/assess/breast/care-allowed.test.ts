import { describe, expect, test } from '@jest/globals'
import type { Facts } from '../../../src/facts/facts.js'
import type { FindingName } from '../../../src/assess/finding-names.js'
import { assessed, findingOf, presentAmong } from '../assessed.js'
import {
  birth,
  care,
  daysAgo,
  draft,
  hoursAgo,
  left,
  onDay,
  problemSince,
  sign,
  statement,
  unread,
} from '../facts-of.js'

const no: Partial<Facts> = { lactation: [statement('no', hoursAgo(1))] }
const nosMastitis = problemSince('mastitis-nos', daysAgo(2), left)

describe('what the status allows (clinical 1.3)', () => {
  const names: readonly FindingName[] = ['care-allowed', 'ultrasound-allowed']

  test.each<[string, Partial<Facts>, readonly FindingName[]]>([
    ['lactating', { lactation: [statement('yes', hoursAgo(1))] }, names],
    ['probable', { births: [birth('delivery', daysAgo(3))] }, names],
    ['recently weaned', { problems: [problemSince('weaned', daysAgo(3))] }, names],
    ['unknown', {}, names],
    ['not lactating', no, []],
    ['not lactating, with mastitis', { ...no, problems: [nosMastitis] }, names],
    [
      'not lactating, with an abscess',
      { ...no, problems: [problemSince('abscess-nos', daysAgo(2), left)] },
      names,
    ],
    [
      'not lactating, mastitis outside lactation',
      { ...no, problems: [problemSince('mastitis-nonlactational', daysAgo(2), left)] },
      [],
    ],
    ['not lactating, with redness', { ...no, signs: [sign('erythema', hoursAgo(2), left)] }, []],
    [
      'not lactating, with fluctuance',
      { ...no, signs: [sign('fluctuance', hoursAgo(2), left)] },
      ['ultrasound-allowed'],
    ],
    [
      "not lactating, with peau d'orange",
      { ...no, signs: [sign('peau-d-orange', hoursAgo(2), left)] },
      ['ultrasound-allowed'],
    ],
    ['not lactating, after a loss', { ...no, births: [birth('infant-loss', daysAgo(2))] }, names],
  ])('%s', (_, facts, expected) => {
    expect(presentAmong(facts, names)).toEqual(expected)
  })

  test('a mastitis of one breast allows no care of the other', () => {
    const facts = {
      ...no,
      problems: [nosMastitis],
      signs: [sign('erythema', hoursAgo(2), { side: 'right' })],
    }
    const allowed = assessed(facts).scopes.map(({ side, findings }) => [
      side,
      findings.get('care-allowed')?.verdict,
    ])

    expect(allowed).toEqual([
      ['left', 'present'],
      ['right', 'absent'],
    ])
  })

  test('conditions unread: a recorded no is not believed, so care is allowed', () => {
    expect(findingOf({ ...no, reads: unread('conditions') }, 'care-allowed').verdict).toBe('present')
  })
})

describe('lactation to document', () => {
  const born = (birthDay: string): Facts['patient'] => ({
    source: 'Patient/p',
    gender: 'female',
    birth: onDay(birthDay),
    deceased: false,
  })
  const ofAge = (birthDay: string): Partial<Facts> => {
    const patient = born(birthDay)
    return { ...(patient && { patient }), problems: [nosMastitis] }
  }
  const ageless = { source: 'Patient/p', gender: 'female', deceased: false } as const

  test.each<[string, Partial<Facts>, 'present' | 'absent' | 'cannot-tell']>([
    ['unknown with mastitis', { problems: [nosMastitis] }, 'present'],
    ['unknown alone', {}, 'absent'],
    ['unknown, delivered exactly 365 days ago', { births: [birth('delivery', daysAgo(365))] }, 'present'],
    ['unknown, delivered 366 days ago', { births: [birth('delivery', daysAgo(366))] }, 'absent'],
    [
      'lactating with mastitis',
      { lactation: [statement('yes', hoursAgo(1))], problems: [nosMastitis] },
      'absent',
    ],
    ['not lactating with mastitis', { ...no, problems: [nosMastitis] }, 'absent'],
    ['after a loss', { problems: [nosMastitis], births: [birth('infant-loss', daysAgo(2))] }, 'absent'],
    ['eleven years old', ofAge('2014-03-04'), 'absent'],
    ['twelve today', ofAge('2014-03-03'), 'present'],
    ['fifty', ofAge('1975-03-04'), 'present'],
    ['fifty-one today', ofAge('1975-03-03'), 'absent'],
    ['age not recorded', { patient: ageless, problems: [nosMastitis] }, 'absent'],
    [
      'an old mastitis that does not drive',
      { problems: [problemSince('mastitis-nos', daysAgo(60))] },
      'absent',
    ],
    ['status unread', { reads: unread('lactationStatus'), problems: [nosMastitis] }, 'cannot-tell'],
  ])('%s', (_, facts, verdict) => {
    expect(findingOf(facts, 'lactation-to-document').verdict).toBe(verdict)
  })
})

describe('infection outside lactation', () => {
  test.each<[string, Partial<Facts>, 'present' | 'absent' | 'cannot-tell']>([
    ['not lactating with mastitis', { ...no, problems: [nosMastitis] }, 'present'],
    [
      'not lactating with an abscess outside lactation',
      { ...no, problems: [problemSince('abscess-nonlactational', daysAgo(2))] },
      'present',
    ],
    [
      'not lactating with a blocked duct',
      { ...no, problems: [problemSince('blocked-duct', daysAgo(2))] },
      'absent',
    ],
    ['not lactating alone', no, 'absent'],
    ['unknown with mastitis', { problems: [nosMastitis] }, 'absent'],
    [
      'after a loss',
      { ...no, problems: [nosMastitis], births: [birth('infant-loss', daysAgo(2))] },
      'absent',
    ],
    ['status unread', { reads: unread('lactationStatus'), problems: [nosMastitis] }, 'cannot-tell'],
  ])('%s', (_, facts, verdict) => {
    expect(findingOf(facts, 'non-lactational-infection').verdict).toBe(verdict)
  })
})

describe('a review already arranged', () => {
  test.each<[string, Partial<Facts>, 'present' | 'absent']>([
    ['none', {}, 'absent'],
    ['ordered exactly 14 days ago', { care: [care('review', daysAgo(14))] }, 'present'],
    ['ordered 15 days ago', { care: [care('review', daysAgo(15))] }, 'absent'],
    ['planned for the day after tomorrow', { care: [care('review', daysAgo(-2))] }, 'present'],
    ['withdrawn', { care: [care('review', daysAgo(1), { status: 'other' })] }, 'absent'],
    ['another order', { care: [care('ultrasound', daysAgo(1))] }, 'absent'],
  ])('ordered: %s', (_, facts, verdict) => {
    expect(findingOf(facts, 'review-ordered').verdict).toBe(verdict)
  })

  test('drafted, evaluated or not', () => {
    const context = draft({ needs: ['review'], evaluated: false })

    expect(findingOf({ drafts: [context] }, 'review-drafted').verdict).toBe('present')
    expect(findingOf({ drafts: [draft()] }, 'review-drafted').verdict).toBe('absent')
  })
})

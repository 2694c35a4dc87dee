import { describe, expect, test } from '@jest/globals'
import type { Facts, Measure, Medicine, Sign, Span } from '../../../src/facts/facts.js'
import type { Parameters } from '../../../src/assess/parameters.js'
import { patientView } from '../../../src/assess/patient/patient-view.js'
import { criteriaWords } from '../../../src/assess/sepsis/criteria-words.js'
import type { SepsisScreen } from '../../../src/assess/sepsis/sepsis-screen.js'
import {
  birth,
  daysAgo,
  hoursAgo,
  measure,
  minutesAgo,
  timelineFor,
  order,
  problem,
  problemSince,
  sign,
  unread,
  unreadable,
} from '../facts-of.js'

const screen = (facts: Partial<Facts>, parameters: Partial<Parameters> = {}): SepsisScreen =>
  patientView(timelineFor(facts, parameters)).sepsis

const of = (...measures: readonly Measure[]): Partial<Facts> => ({ measures })

const temp = (value: number, minutes = 10) => measure('temperature', value, minutesAgo(minutes))
const pulse = (value: number, minutes = 10) => measure('heart-rate', value, minutesAgo(minutes))
const breaths = (value: number, minutes = 10) => measure('respiratory-rate', value, minutesAgo(minutes))
const whiteCells = (value: number, minutes = 10) => measure('white-cells', value, minutesAgo(minutes))
const systolic = (value: number, minutes = 10) => measure('systolic', value, minutesAgo(minutes))
const warfarin = (start: Span, given: Partial<Medicine> = {}) =>
  order('warfarin', start, { sets: ['vitamin-k-antagonist'], ...given })
const steroidSet = { sets: ['steroid'] } as const
const inpatient = { source: 'Encounter/1', fromText: false, inpatient: true, inProgress: true }

describe('first step: one other criterion is met, so this one decides', () => {
  test.each<[string, Measure, SepsisScreen['level']]>([
    ['T 38.0', temp(38.0), 'warning'],
    ['T 37.9', temp(37.9), 'none'],
    ['T 36.0', temp(36.0), 'none'],
    ['T 35.9', temp(35.9), 'warning'],
    ['RR 25', breaths(25), 'warning'],
    ['RR 24', breaths(24), 'none'],
    ['WBC 15.1', whiteCells(15.1), 'warning'],
    ['WBC 15', whiteCells(15), 'none'],
    ['WBC 4', whiteCells(4), 'none'],
    ['WBC 3.9', whiteCells(3.9), 'warning'],
  ])('HR 118 and %s', (_, other, level) => {
    expect(screen(of(pulse(118), other)).level).toBe(level)
  })

  test.each<[number, SepsisScreen['level']]>([
    [111, 'warning'],
    [110, 'none'],
  ])('T 38.5 and HR %d', (value, level) => {
    expect(screen(of(temp(38.5), pulse(value))).level).toBe(level)
  })

  test.each<[string, Partial<Facts>, SepsisScreen['level']]>([
    ['47 h after birth', { births: [birth('delivery', hoursAgo(47))] }, 'none'],
    ['48 h after birth', { births: [birth('delivery', minutesAgo(48 * 60 + 10))] }, 'warning'],
    ['a steroid 72 h before', { medicines: [steroid(72)] }, 'none'],
    ['a steroid 73 h before', { medicines: [steroid(73)] }, 'warning'],
    [
      'a steroid ordered but never meant',
      { medicines: [{ ...steroid(5), noExposure: 'intent' }] },
      'warning',
    ],
    ['a steroid cream', { medicines: [{ ...steroid(5), noExposure: 'route' }] }, 'warning'],
    ['a steroid course still running', { medicines: [{ ...steroid(200), status: 'active' }] }, 'none'],
    [
      'a steroid course that ended 73 h before',
      { medicines: [{ ...steroid(200), end: ago(73) }] },
      'warning',
    ],
    ['a steroid course that ended 72 h before', { medicines: [{ ...steroid(200), end: ago(72) }] }, 'none'],
    [
      'a steroid given only afterwards',
      { medicines: [order('dexamethasone', minutesAgo(2), steroidSet)] },
      'warning',
    ],
  ])('WBC 18 with HR 118, %s', (_, facts, level) => {
    expect(screen({ ...of(pulse(118), whiteCells(18)), ...facts }).level).toBe(level)
  })

  test('low white cells count just after birth too', () => {
    const facts = { ...of(pulse(118), whiteCells(3.9)), births: [birth('delivery', hoursAgo(5))] }

    expect(screen(facts).level).toBe('warning')
  })
})

/** Hours before the white cells of the table, which are 10 minutes old. */
function ago(hours: number) {
  return minutesAgo(hours * 60 + 10)
}
function steroid(hours: number) {
  return order('betamethasone', ago(hours), { ...steroidSet, status: 'completed' })
}

describe('the group', () => {
  test.each<[string, Partial<Facts>, SepsisScreen['level'], string]>([
    ['nothing taken', {}, 'none', ''],
    ['one criterion', of(pulse(118)), 'none', ''],
    ['two exactly 2 h apart', of(pulse(118, 10), temp(38.5, 130)), 'warning', 'T 38.5, HR 118'],
    ['two more than 2 h apart', of(pulse(118, 10), temp(38.5, 131)), 'none', ''],
    ['three within 2 h', of(pulse(118), temp(38.5), breaths(26)), 'critical', 'T 38.5, HR 118, +1'],
    [
      'three of which one is 2 h 1 min away',
      of(pulse(118, 10), temp(38.5, 10), breaths(26, 131)),
      'warning',
      'T 38.5, HR 118',
    ],
    [
      'two pairs: the latest is named',
      of(pulse(118, 500), temp(38.5, 500), breaths(26, 10), whiteCells(16, 10)),
      'warning',
      'RR 26, WBC 16.0',
    ],
    ['exactly 24 h old', of(pulse(118, 1440), temp(38.5, 1440)), 'warning', 'T 38.5, HR 118'],
    ['older than 24 h', of(pulse(118, 1441), temp(38.5, 1441)), 'none', ''],
    [
      'a newer normal value ends an older high one',
      of(pulse(118), temp(38.5, 60), temp(37.0, 10)),
      'none',
      '',
    ],
    [
      'an older normal value says nothing',
      of(pulse(118), temp(37.0, 60), temp(38.5, 10)),
      'warning',
      'T 38.5, HR 118',
    ],
    ['T 98.6 °F and HR 118 (example 22)', of(pulse(118), temp(37.0)), 'none', ''],
  ])('%s', (_, facts, level, words) => {
    const found = screen(facts)

    expect(found.level).toBe(level)
    expect(criteriaWords(found)).toBe(words)
    expect(found.unreadable).toBeUndefined()
  })
})

describe('repeated', () => {
  test.each<[string, Partial<Facts>, SepsisScreen['level']]>([
    ['once, ten minutes apart (example 21)', of(temp(38.5, 40), pulse(118, 30)), 'warning'],
    [
      'both again 20 min later (example 21)',
      of(temp(38.5, 40), pulse(118, 30), temp(38.5, 20), pulse(118, 10)),
      'critical',
    ],
    [
      'both again exactly 15 min later',
      of(temp(38.5, 30), pulse(118, 30), temp(38.5, 15), pulse(118, 15)),
      'critical',
    ],
    [
      'both again 14 min later',
      of(temp(38.5, 30), pulse(118, 30), temp(38.5, 16), pulse(118, 16)),
      'warning',
    ],
    ['only one again', of(temp(38.5, 40), pulse(118, 40), temp(38.5, 10)), 'warning'],
    [
      'again, but not all within 2 h',
      of(temp(38.5, 140), pulse(118, 140), temp(38.5, 10), pulse(118, 10)),
      'warning',
    ],
    [
      'all exactly within 2 h',
      of(temp(38.5, 130), pulse(118, 130), temp(38.5, 10), pulse(118, 10)),
      'critical',
    ],
  ])('%s', (_, facts, level) => {
    expect(screen(facts).level).toBe(level)
  })
})

describe('organ values, each alone', () => {
  test.each<[string, Partial<Facts>, SepsisScreen['level'], string]>([
    ['MAP 64', of(measure('mean-arterial-pressure', 64, hoursAgo(1))), 'critical', 'MAP 64'],
    ['MAP 65', of(measure('mean-arterial-pressure', 65, hoursAgo(1))), 'none', ''],
    ['lactate 2.1', of(measure('lactate', 2.1, hoursAgo(1))), 'critical', 'lactate 2.1'],
    ['lactate 2.04', of(measure('lactate', 2.04, hoursAgo(1))), 'critical', 'lactate 2.04'],
    ['lactate 2.0', of(measure('lactate', 2.0, hoursAgo(1))), 'none', ''],
    ['SpO2 91', of(measure('oxygen-saturation', 91, hoursAgo(1))), 'critical', 'SpO2 91'],
    ['SpO2 92', of(measure('oxygen-saturation', 92, hoursAgo(1))), 'none', ''],
    ['creatinine 1.2', of(measure('creatinine', 1.2, hoursAgo(1))), 'critical', 'creat 1.2'],
    ['creatinine 1.19', of(measure('creatinine', 1.19, hoursAgo(1))), 'none', ''],
    ['platelets 99', of(measure('platelets', 99, hoursAgo(1))), 'critical', 'plt 99'],
    ['platelets 100', of(measure('platelets', 100, hoursAgo(1))), 'none', ''],
    ['bilirubin 2.0', of(measure('bilirubin', 2, hoursAgo(1))), 'critical', 'bilirubin 2.0'],
    ['bilirubin 1.99', of(measure('bilirubin', 1.99, hoursAgo(1))), 'none', ''],
    ['INR 1.51', of(measure('inr', 1.51, hoursAgo(1))), 'critical', 'INR 1.51'],
    ['INR 1.5', of(measure('inr', 1.5, hoursAgo(1))), 'none', ''],
    [
      'INR 2.5 on warfarin',
      { ...of(measure('inr', 2.5, hoursAgo(1))), medicines: [warfarin(daysAgo(20))] },
      'none',
      '',
    ],
    [
      'INR 2.5, warfarin begun since',
      { ...of(measure('inr', 2.5, hoursAgo(3))), medicines: [warfarin(hoursAgo(1))] },
      'critical',
      'INR 2.5',
    ],
    [
      'INR 2.5, warfarin ended 72 h before',
      { ...of(measure('inr', 2.5, hoursAgo(1))), medicines: [warfarin(daysAgo(20), { end: hoursAgo(73) })] },
      'none',
      '',
    ],
    [
      'INR 2.5, warfarin ended more than 72 h before',
      {
        ...of(measure('inr', 2.5, hoursAgo(1))),
        medicines: [warfarin(daysAgo(20), { end: hoursAgo(73.1) })],
      },
      'critical',
      'INR 2.5',
    ],
    ['little urine', { signs: [sign('low-urine-output', hoursAgo(2))] }, 'critical', 'little urine'],
    ['lactate 24 h old', of(measure('lactate', 3.1, hoursAgo(24))), 'critical', 'lactate 3.1'],
    ['lactate older than 24 h', of(measure('lactate', 3.1, minutesAgo(1441))), 'none', ''],
    [
      'a newer normal lactate',
      of(measure('lactate', 3.1, hoursAgo(3)), measure('lactate', 1.0, hoursAgo(1))),
      'none',
      '',
    ],
    [
      'altered mental state',
      { signs: [sign('altered-mental-state', hoursAgo(24))] },
      'critical',
      'mental state',
    ],
    ['altered mental state 25 h ago', { signs: [sign('altered-mental-state', hoursAgo(25))] }, 'none', ''],
    ['oxygen need', { signs: [sign('oxygen-need', hoursAgo(2))] }, 'critical', 'oxygen need'],
    [
      'oxygen need, gone since',
      { signs: [sign('oxygen-need', hoursAgo(2)), sign('oxygen-need', hoursAgo(1), { state: 'absent' })] },
      'none',
      '',
    ],
    [
      'oxygen need, then not known',
      { signs: [sign('oxygen-need', hoursAgo(2)), sign('oxygen-need', hoursAgo(1), { state: 'unknown' })] },
      'critical',
      'oxygen need',
    ],
    ['SBP 89 once, alone', of(systolic(89)), 'none', ''],
    ['SBP 89 once, with HR 118', of(systolic(89), pulse(118)), 'critical', 'SBP 89, HR 118'],
    ['SBP 90 with HR 118', of(systolic(90), pulse(118)), 'none', ''],
    ['SBP 89 twice within exactly 2 h', of(systolic(89, 130), systolic(88, 10)), 'critical', 'SBP 88'],
    ['SBP 89 twice, more than 2 h apart', of(systolic(89, 131), systolic(88, 10)), 'none', ''],
    ['SBP 89 twice, then 100', of(systolic(89, 130), systolic(88, 60), systolic(100, 10)), 'none', ''],
    [
      'organ values are named first',
      of(pulse(128), temp(38.5), measure('lactate', 3.1, hoursAgo(5))),
      'critical',
      'lactate 3.1, T 38.5, +1',
    ],
    ['a calculated mean is nothing', of(systolic(91), measure('diastolic', 30, minutesAgo(10))), 'none', ''],
  ])('%s', (_, facts, level, words) => {
    const found = screen(facts)

    expect(found.level).toBe(level)
    expect(criteriaWords(found)).toBe(words)
  })
})

describe('a diagnosis of sepsis', () => {
  test.each<[string, Partial<Facts>, SepsisScreen['level'], string]>([
    [
      'exactly 7 days ago',
      { problems: [problemSince('sepsis', daysAgo(7))] },
      'critical',
      'sepsis diagnosis',
    ],
    ['8 days ago', { problems: [problemSince('sepsis', daysAgo(8))] }, 'none', ''],
    ['resolved', { problems: [problemSince('sepsis', daysAgo(2), { active: false })] }, 'none', ''],
    [
      'of an inpatient',
      { problems: [problemSince('sepsis', daysAgo(1))], encounters: [inpatient] },
      'inpatient',
      'sepsis diagnosis',
    ],
    [
      'of an outpatient visit',
      { problems: [problemSince('sepsis', daysAgo(1))], encounters: [{ ...inpatient, inpatient: false }] },
      'critical',
      'sepsis diagnosis',
    ],
    [
      'of a stay that has ended',
      { problems: [problemSince('sepsis', daysAgo(1))], encounters: [{ ...inpatient, inProgress: false }] },
      'critical',
      'sepsis diagnosis',
    ],
    [
      'of an inpatient with an organ value',
      {
        problems: [problemSince('sepsis', daysAgo(1))],
        encounters: [inpatient],
        ...of(measure('lactate', 3.1, hoursAgo(1))),
      },
      'critical',
      'lactate 3.1',
    ],
    [
      'recorded today, begun 9 days ago',
      { problems: [problem('sepsis', { when: daysAgo(9), onset: daysAgo(9), recorded: hoursAgo(1) })] },
      'none',
      '',
    ],
  ])('%s', (_, facts, level, words) => {
    const found = screen(facts)

    expect(found.level).toBe(level)
    expect(criteriaWords(found)).toBe(words)
  })
})

describe('free text alone is never critical', () => {
  const fromText = { fromText: true }

  test.each<[string, Partial<Facts>, SepsisScreen['level']]>([
    ['mental state in words', { signs: [sign('altered-mental-state', hoursAgo(1), fromText)] }, 'warning'],
    ['mental state by code', { signs: [sign('altered-mental-state', hoursAgo(1))] }, 'critical'],
    ['sepsis in words', { problems: [problemSince('sepsis', daysAgo(1), fromText)] }, 'warning'],
    [
      'mental state in words beside lactate',
      {
        signs: [sign('altered-mental-state', hoursAgo(1), fromText)],
        ...of(measure('lactate', 3.1, hoursAgo(1))),
      },
      'critical',
    ],
  ])('%s', (_, facts, level) => {
    expect(screen(facts).level).toBe(level)
  })
})

test('a site can switch the screen off', () => {
  const found = screen(of(measure('lactate', 9, hoursAgo(1))), { 'sepsis.enabled': false })

  expect(found).toEqual({
    level: 'none',
    because: 'the sepsis screen is switched off at this site',
    criteria: [],
    evidence: [],
    withinHour: false,
    fluids: false,
  })
})

describe('what was not read matters only if it could raise the level', () => {
  test.each<[string, Partial<Facts>, string | undefined]>([
    ['everything read', {}, undefined],
    ['temperatures alone', { reads: unread('temperatures') }, undefined],
    [
      'temperatures, HR 118',
      { reads: unread('temperatures'), ...of(pulse(118)) },
      'temperatures could not be read',
    ],
    ['temperatures, HR 90', { reads: unread('temperatures'), ...of(pulse(90)) }, undefined],
    ['vital signs', { reads: unread('vitalSigns') }, 'vital signs could not be read'],
    ['laboratory', { reads: unread('laboratory') }, 'laboratory values could not be read'],
    ['conditions', { reads: unread('conditions') }, 'conditions could not be read'],
    ['medicines', { reads: unread('medicationRequests') }, undefined],
    [
      'a lactate',
      { unreadable: [unreadable('lactate', 'lactate has no unit', { when: hoursAgo(2) })] },
      'lactate has no unit',
    ],
    [
      'a lactate of yesterday',
      { unreadable: [unreadable('lactate', 'lactate has no unit', { when: hoursAgo(25) })] },
      undefined,
    ],
    [
      'a lactate, and a newer readable one',
      {
        unreadable: [unreadable('lactate', 'lactate has no unit', { when: hoursAgo(2) })],
        ...of(measure('lactate', 1, hoursAgo(1))),
      },
      undefined,
    ],
    [
      'a lactate without a time',
      { unreadable: [unreadable('lactate', 'lactate has no time')] },
      'lactate has no time',
    ],
    [
      'a temperature alone',
      { unreadable: [unreadable('temperature', 'no unit', { when: hoursAgo(1) })] },
      undefined,
    ],
    [
      'a temperature, HR 118',
      { unreadable: [unreadable('temperature', 'no unit', { when: hoursAgo(1) })], ...of(pulse(118)) },
      'no unit',
    ],
    [
      'a temperature and a heart rate',
      {
        unreadable: [
          unreadable('temperature', 'no unit', { when: hoursAgo(1) }),
          unreadable('heart-rate', 'no number', { when: hoursAgo(1) }),
        ],
      },
      'no unit',
    ],
    ['a pain score', { unreadable: [unreadable('pain', 'no number')] }, undefined],
    ['sepsis without a date', { problems: [problem('sepsis')] }, 'sepsis is on record without a date'],
    ['sepsis with an unreadable status', { unreadable: [unreadable('sepsis', 'no status')] }, 'no status'],
  ])('%s', (_, facts, why) => {
    expect(screen(facts).unreadable).toBe(why)
  })
})

describe('signs of a severe soft-tissue infection, in words', () => {
  const inWords = (name: Sign['sign'], hours = 1) => [sign(name, hoursAgo(hours), { fromText: true })]
  test.each<[string, Partial<Facts>, SepsisScreen['level'], boolean]>([
    ['bullae alone', { signs: inWords('skin-bullae') }, 'none', false],
    ['bullae with HR 118', { ...of(pulse(118)), signs: inWords('skin-bullae') }, 'critical', true],
    ['necrosis with HR 118', { ...of(pulse(118)), signs: inWords('skin-necrosis') }, 'critical', true],
    [
      'bullae 72 h ago with HR 118',
      { ...of(pulse(118)), signs: inWords('skin-bullae', 72) },
      'critical',
      true,
    ],
    ['bullae 73 h ago with HR 118', { ...of(pulse(118)), signs: inWords('skin-bullae', 73) }, 'none', false],
    ['bullae with HR 110', { ...of(pulse(110)), signs: inWords('skin-bullae') }, 'none', false],
    ['blisters alone', { signs: inWords('skin-blisters') }, 'none', false],
    ['blisters with HR 118', { ...of(pulse(118)), signs: inWords('skin-blisters') }, 'warning', false],
    [
      'blisters with HR 118 and T 39',
      { ...of(pulse(118), temp(39)), signs: inWords('skin-blisters') },
      'critical',
      true,
    ],
    [
      'blisters that are gone, with HR 118',
      {
        ...of(pulse(118)),
        signs: [...inWords('skin-blisters', 3), sign('skin-blisters', hoursAgo(1), { state: 'absent' })],
      },
      'none',
      false,
    ],
  ])('%s', (_, facts, level, withinHour) => {
    const found = screen(facts)
    expect([found.level, found.withinHour]).toEqual([level, withinHour])
  })
})

describe('antibiotics within 1 h', () => {
  test.each<[string, Partial<Facts>, boolean]>([
    [
      'three criteria without an organ value: by the local pathway',
      of(temp(39.4), pulse(124), breaths(26)),
      false,
    ],
    ['an organ value: within 1 h', of(measure('lactate', 2.1, hoursAgo(1))), true],
    ['sepsis on record: by the local pathway', { problems: [problemSince('sepsis', hoursAgo(5))] }, false],
    ['septic shock on record: within 1 h', { problems: [problemSince('septic-shock', hoursAgo(5))] }, true],
    [
      'sepsis on record, systolic pressure 89 once: within 1 h',
      { ...of(systolic(89)), problems: [problemSince('sepsis', hoursAgo(5))] },
      true,
    ],
  ])('%s', (_, facts, withinHour) => {
    expect(screen(facts)).toMatchObject({ level: 'critical', withinHour })
  })
})

import { expect, test } from '@jest/globals'
import type { Facts, Sign, Span } from '../../../src/facts/facts.js'
import { patientView } from '../../../src/assess/patient/patient-view.js'
import type { SepsisScreen } from '../../../src/assess/sepsis/sepsis-screen.js'
import { assessed } from '../assessed.js'
import {
  birth,
  daysAgo,
  hoursAgo,
  measure,
  minutesAgo,
  timelineFor,
  onDay,
  order,
  problem,
  sign,
  unreadable,
} from '../facts-of.js'

const screen = (facts: Partial<Facts>): SepsisScreen => patientView(timelineFor(facts)).sepsis
const temp = (value: number, minutes: number) => measure('temperature', value, minutesAgo(minutes))
const pulse = (value: number, minutes: number) => measure('heart-rate', value, minutesAgo(minutes))
const mental = (state: Sign['state'], when: Span, given: Partial<Sign> = {}) =>
  sign('altered-mental-state', when, { state, ...given })
const whiteCells = (hours: number) => measure('white-cells', 18, hoursAgo(hours))
const { when: _when, ...undatedLactate } = measure('lactate', 2.1, hoursAgo(1))
const today = onDay('2026-03-03')

test.each<[string, Partial<Facts>, readonly string[]]>([
  [
    'criteria are named oldest first, by the newest value of each, however the chart is ordered',
    { measures: [temp(38.5, 40), temp(38.5, 60), pulse(118, 60)] },
    ['HR', 'T'],
  ],
  [
    'a state that is over is no criterion',
    { signs: [mental('absent', hoursAgo(0.1)), mental('present', hoursAgo(13))] },
    [],
  ],
  [
    'also when it stands last',
    { signs: [mental('present', hoursAgo(13)), mental('absent', hoursAgo(0.1))] },
    [],
  ],
  [
    'present and absent at one instant: present',
    { signs: [mental('present', today), mental('absent', today)] },
    ['mental state'],
  ],
  [
    'the same the other way round',
    { signs: [mental('absent', today), mental('present', today)] },
    ['mental state'],
  ],
  ['a lactate that nobody dated', { measures: [undatedLactate] }, []],
  [
    'white cells of before the birth count',
    {
      births: [birth('living-infant', hoursAgo(9))],
      measures: [whiteCells(15)],
      signs: [mental('present', hoursAgo(1))],
    },
    ['mental state', 'WBC'],
  ],
  [
    'those of the moment of birth do not',
    {
      births: [birth('delivery', hoursAgo(9))],
      measures: [whiteCells(9)],
      signs: [mental('present', hoursAgo(1))],
    },
    ['mental state'],
  ],
  [
    'a steroid that was begun when the blood was taken',
    {
      measures: [whiteCells(9)],
      signs: [mental('present', hoursAgo(1))],
      medicines: [order('prednisone', hoursAgo(9), { sets: ['steroid'] })],
    },
    ['mental state'],
  ],
  [
    'a steroid infusion still running, begun 80 h ago',
    {
      measures: [whiteCells(1)],
      signs: [mental('present', hoursAgo(1))],
      medicines: [
        order('prednisone', hoursAgo(80), {
          sets: ['steroid'],
          kind: 'administration',
          status: 'in-progress',
        }),
      ],
    },
    ['mental state'],
  ],
  [
    'one dose of a steroid 80 h ago',
    {
      measures: [whiteCells(1)],
      signs: [mental('present', hoursAgo(1))],
      medicines: [
        order('prednisone', hoursAgo(80), { sets: ['steroid'], kind: 'administration', status: 'completed' }),
      ],
    },
    ['mental state', 'WBC'],
  ],
])('%s', (_, facts, names) => {
  expect(screen(facts).criteria.map(({ name }) => name)).toEqual(names)
})

test.each<[string, Partial<Facts>, SepsisScreen['level']]>([
  [
    'three criteria of which one is from free text',
    {
      measures: [
        measure('temperature', 38.5, minutesAgo(30), { fromText: true }),
        measure('respiratory-rate', 28, minutesAgo(10)),
        measure('white-cells', 3.9, minutesAgo(0)),
      ],
    },
    'critical',
  ],
  [
    'a coded state beside the same from free text',
    {
      signs: [
        mental('present', today, { fromText: true }),
        mental('present', today, { source: 'Observation/z' }),
      ],
    },
    'critical',
  ],
  [
    'sepsis dated only by its recording, an inpatient',
    {
      problems: [problem('sepsis', { when: hoursAgo(57), recorded: hoursAgo(57) })],
      encounters: [{ source: 'Encounter/1', fromText: false, inpatient: true, inProgress: true }],
    },
    'inpatient',
  ],
])('%s', (_, facts, level) => {
  expect(screen(facts).level).toBe(level)
})

test.each<[string, Partial<Facts>, string | undefined]>([
  [
    'a diagnosis of sepsis that could not be read matters whatever its date',
    { unreadable: [unreadable('sepsis', 'code is not known', { when: daysAgo(4) })] },
    'code is not known',
  ],
  [
    'sepsis dated by its recording leaves no doubt',
    { problems: [problem('sepsis', { when: daysAgo(4) })] },
    undefined,
  ],
  [
    'a breast sign that could not be read does not matter to two criteria far apart',
    {
      measures: [temp(38.4, 180), measure('respiratory-rate', 28, hoursAgo(20))],
      unreadable: [unreadable('erythema', 'value could not be read', { when: hoursAgo(5) })],
    },
    undefined,
  ],
  [
    'a heart rate that could not be read matters beside a fever, one older than a readable one does not',
    {
      measures: [temp(38.4, 60), pulse(80, 60)],
      unreadable: [unreadable('heart-rate', 'no unit', { when: hoursAgo(1) })],
    },
    undefined,
  ],
])('%s', (_, facts, why) => {
  expect(screen(facts).unreadable).toBe(why)
})

test('a value ahead of the clock is left out, the diagnosis stays', () => {
  const facts = {
    measures: [temp(38.6, -60), pulse(118, 719 * 60)],
    problems: [problem('sepsis', { when: hoursAgo(2) })],
  }

  expect(assessed(facts).sepsisCriteria).toEqual(['sepsis diagnosis'])
})

test('a negative screen rests on nothing', () => {
  expect(screen({}).evidence).toStrictEqual([])
})

import { expect, test } from '@jest/globals'
import type { Facts, Medicine } from '../../../../src/facts/facts.js'
import { hoursOn, verdictOn, type Row } from '../../assessed.js'
import {
  at,
  hoursAgo,
  left,
  minutesAgo,
  now,
  order,
  problem,
  problemSince,
  sign,
  thisMonth,
  unreadable,
} from '../../facts-of.js'

const ordered = (name: string, hours: number, given: Partial<Medicine> = {}): Medicine =>
  order(name, hoursAgo(hours), {
    cover: 'appropriate',
    source: `MedicationRequest/${name}-${hours}`,
    ...given,
  })
const dose = (name: string, hours: number, given: Partial<Medicine> = {}): Medicine =>
  ordered(name, hours, {
    kind: 'administration',
    status: 'completed',
    singleInstant: true,
    source: `MedicationAdministration/${name}-${hours}`,
    ...given,
  })
const since = (hours: number, medicines: readonly Medicine[]): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(hours), left)],
  medicines,
})
const stopped = { status: 'stopped' } as const
const { when: _when, start: _start, ...undatedDose } = dose('cefazolin', 1, { status: 'in-progress' })
const { when: _time, start: _begin, ...undatedOrder } = ordered('cephalexin', 1, stopped)

test.each<[string, Partial<Facts>, string]>([
  [
    'a stopped order runs to the first dose of another drug',
    since(20, [dose('doxycycline', 0.25, { reason: 'breast' }), ordered('cephalexin', 13, stopped)]),
    '13',
  ],
  [
    'not to a dose of the same drug',
    since(20, [dose('cephalexin', 3), dose('cephalexin', 1), ordered('cephalexin', 13, stopped)]),
    '3',
  ],
  [
    'nor to a dose of another drug at the moment it began',
    since(60, [
      dose('doxycycline', 50, { singleInstant: false, end: hoursAgo(50) }),
      ordered('cephalexin', 50, stopped),
    ]),
    '0',
  ],
  [
    'nor to one before it',
    since(60, [
      dose('doxycycline', 60, { singleInstant: false, end: hoursAgo(59) }),
      ordered('cephalexin', 50, stopped),
    ]),
    '1',
  ],
  [
    'a dose of two drugs, one of them the stopped one, is another drug no more',
    since(20, [
      dose('amoxicillin', 3, { ingredients: ['amoxicillin', 'clavulanate'] }),
      dose('amoxicillin', 1),
      ordered('amoxicillin', 13, stopped),
    ]),
    '3',
  ],
  [
    'of two successors the earlier ends the stopped order',
    since(60, [
      ordered('cephalexin', 50, stopped),
      ordered('doxycycline', 40, { end: hoursAgo(39) }),
      dose('clindamycin', 30),
      dose('clindamycin', 20),
    ]),
    '50',
  ],
  [
    'a single dose two days away from every order counts nothing',
    since(72, [dose('cefazolin', 60), ordered('clindamycin', 609)]),
    '0',
  ],
  [
    'nor beside an order of the same month that starts later',
    { ...since(72, [dose('cefazolin', 60), order('clindamycin', thisMonth, { cover: 'appropriate' })]) },
    '0',
  ],
  [
    'a single dose 48 h before an order is part of a course',
    since(90, [dose('cephalexin', 81), ordered('clindamycin', 33)]),
    '81',
  ],
  ['49 h before it is not', since(90, [dose('cephalexin', 82), ordered('clindamycin', 33)]), '33'],
  [
    'a single dose 48 h after the end of an order is too',
    since(90, [ordered('clindamycin', 80, { end: hoursAgo(70) }), dose('cephalexin', 22)]),
    '32',
  ],
  [
    'beside a stopped order it is as well',
    since(120, [ordered('amoxicillin', 108, stopped), dose('amoxicillin', 81, { status: 'in-progress' })]),
    '81',
  ],
  [
    'a dose given four days before an order is not its start',
    since(35, [
      ordered('doxycycline', 9),
      dose('doxycycline', 98, { singleInstant: false, end: hoursAgo(97) }),
    ]),
    '10',
  ],
  [
    'a dose given a day before it is',
    since(35, [
      ordered('doxycycline', 9),
      dose('doxycycline', 33, { singleInstant: false, end: hoursAgo(32) }),
    ]),
    '33',
  ],
  [
    'of the doses of two ingredients the earlier is the start',
    since(90, [
      ordered('amoxicillin', 50, { ingredients: ['amoxicillin', 'clavulanate'] }),
      dose('clavulanate', 60, { singleInstant: false, end: hoursAgo(59) }),
      dose('amoxicillin', 55, { singleInstant: false, end: hoursAgo(54) }),
    ]),
    '60',
  ],
  [
    'an order of which a dose was given later starts with the dose',
    {
      signs: [sign('bloody-discharge', hoursAgo(9), left)],
      medicines: [
        ordered('amoxicillin', 96),
        dose('amoxicillin', 80, { singleInstant: false, end: hoursAgo(68) }),
      ],
    },
    '80',
  ],
  [
    'a statement starts when it says, whatever was given',
    since(90, [
      ordered('cephalexin', 50, { kind: 'statement' }),
      dose('cephalexin', 40),
      dose('cephalexin', 30),
    ]),
    '50',
  ],
  [
    'an order that starts in 95 hours',
    since(75, [order('dicloxacillin', at(now + 95 * 3_600_000), { cover: 'appropriate' })]),
    '0',
  ],
])('%s', (_, facts, hours) => {
  expect(hoursOn(facts, 'left')).toBe(hours)
})

test.each<Row>([
  [
    'a start ahead by the clock skew is a start',
    since(5, [order('dicloxacillin', minutesAgo(-15), { cover: 'appropriate' })]),
    'left',
    'window-early',
    'present',
  ],
  [
    'a start further ahead is none',
    since(5, [order('dicloxacillin', minutesAgo(-16), { cover: 'appropriate' })]),
    'left',
    'window-none',
    'present',
  ],
  [
    'an infusion that runs since nobody knows when leaves the hours in doubt',
    { medicines: [undatedDose] },
    'unspecified',
    'window-none',
    'cannot-tell',
  ],
  [
    'a stopped order of no date does not',
    { medicines: [undatedOrder] },
    'unspecified',
    'window-none',
    'present',
  ],
  [
    'nor does a medicine that could not be read, from before the 72 h before the illness',
    {
      problems: [problemSince('mastitis-nos', hoursAgo(5), { side: 'both' })],
      unreadable: [unreadable('medicine', 'drug is not known', { when: hoursAgo(192) })],
    },
    'left',
    'window-none',
    'present',
  ],
  [
    'from exactly 72 h before it, it does',
    {
      problems: [problemSince('mastitis-nos', hoursAgo(5), { side: 'both' })],
      unreadable: [unreadable('medicine', 'drug is not known', { when: hoursAgo(77) })],
    },
    'left',
    'window-none',
    'cannot-tell',
  ],
  [
    'an order whose assumed end is now covers now, so an undated diagnosis drives',
    {
      problems: [problem('mastitis-lactational')],
      medicines: [ordered('cephalexin', 336, { reason: 'breast' })],
    },
    'unspecified',
    'driving-diagnosis',
    'present',
  ],
  [
    'an infusion in progress covers now',
    {
      problems: [problem('mastitis-lactational')],
      medicines: [dose('cefazolin', 264, { status: 'in-progress', singleInstant: false, reason: 'breast' })],
    },
    'unspecified',
    'driving-diagnosis',
    'present',
  ],
  [
    'an antibiotic begun 24 h after a birth is for the birth',
    {
      births: [{ source: 'Condition/birth', fromText: false, kind: 'delivery', when: hoursAgo(50) }],
      ...since(60, [ordered('cefazolin', 26)]),
    },
    'left',
    'window-none',
    'present',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

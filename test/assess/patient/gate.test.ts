import { expect, test } from '@jest/globals'
import type { Facts, PatientFacts } from '../../../src/facts/facts.js'
import { ageYears } from '../../../src/assess/patient/age.js'
import { patientView } from '../../../src/assess/patient/patient-view.js'
import { birth, daysAgo, timelineFor, now, onDay, problemSince, statement, unread } from '../facts-of.js'

const woman: PatientFacts = {
  source: 'Patient/p',
  gender: 'female',
  birth: onDay('1996-01-01'),
  deceased: false,
}
const born = (day: string): PatientFacts => ({ ...woman, birth: onDay(day) })
const bornIn = (year: number): PatientFacts => ({
  ...woman,
  birth: {
    earliest: Date.parse(`${year}-01-01T00:00:00Z`),
    latest: Date.parse(`${year}-12-31T23:59:59.999Z`),
  },
})
const man: PatientFacts = { ...woman, gender: 'male' }
const unknownBirth: PatientFacts = { source: 'Patient/p', gender: 'female', deceased: false }

test.each<[string, Partial<Facts>, 'present' | 'absent' | 'cannot-tell']>([
  ['P2: deceased', { patient: { ...woman, deceased: true } }, 'absent'],
  ['P3: a man without evidence of lactation', { patient: man }, 'absent'],
  [
    'P3: a man with lactational mastitis',
    { patient: man, problems: [problemSince('mastitis-lactational', daysAgo(1))] },
    'present',
  ],
  ['P3: a man who delivered', { patient: man, births: [birth('delivery', daysAgo(84))] }, 'present'],
  [
    'P3: a man who delivered 85 days ago',
    { patient: man, births: [birth('delivery', daysAgo(85))] },
    'absent',
  ],
  [
    'P3: a man recorded as breastfeeding',
    { patient: man, lactation: [statement('yes', daysAgo(1))] },
    'present',
  ],
  [
    'P3: a man recorded as not breastfeeding',
    { patient: man, lactation: [statement('no', daysAgo(1))] },
    'absent',
  ],
  [
    'P3: a man recorded as not breastfeeding before a puerperal diagnosis',
    {
      patient: man,
      lactation: [statement('no', daysAgo(2))],
      problems: [problemSince('mastitis-lactational', daysAgo(1))],
    },
    'present',
  ],
  [
    'P3: a man with mastitis of no kind',
    { patient: man, problems: [problemSince('mastitis-nos', daysAgo(1))] },
    'absent',
  ],
  ['P3: a man whose conditions were not read', { patient: man, reads: unread('conditions') }, 'cannot-tell'],
  [
    'P3: a man whose statements were not read',
    { patient: man, reads: unread('lactationStatus') },
    'cannot-tell',
  ],
  ['P4: the day before her tenth birthday', { patient: born('2016-03-04') }, 'absent'],
  ['P4: her tenth birthday', { patient: born('2016-03-03') }, 'present'],
  ['P4: born in a year that makes her nine all year', { patient: bornIn(2017) }, 'absent'],
  ['P4: born in the year in which she turns ten', { patient: bornIn(2016) }, 'present'],
  ['P5: a woman', {}, 'present'],
  ['P5: another gender', { patient: { ...woman, gender: 'other' } }, 'present'],
  ['P5: gender not known', { patient: { ...woman, gender: 'unknown' } }, 'present'],
  ['P5: birth date not known', { patient: unknownBirth }, 'present'],
])('%s is %s', (_, facts, verdict) => {
  const { gate } = patientView(timelineFor(facts))

  expect(gate.verdict).toBe(verdict)
  expect(gate.because).not.toBe('')
})

test('P1: without a patient record the patient is out of scope', () => {
  const timeline = timelineFor()
  const { patient: _, ...facts } = timeline.facts

  expect(patientView({ ...timeline, facts }).gate.verdict).toBe('absent')
})

test.each([
  ['a day', onDay('1996-03-04'), { min: 29, max: 29 }],
  ['the birthday itself', onDay('1996-03-03'), { min: 30, max: 30 }],
  ['a leap day', onDay('2004-02-29'), { min: 22, max: 22 }],
  [
    'a month around the birthday',
    { earliest: Date.parse('1996-03-01T00:00:00Z'), latest: Date.parse('1996-03-31T23:59:59.999Z') },
    { min: 29, max: 30 },
  ],
])('age by %s', (_, span, age) => {
  expect(ageYears(span, now)).toEqual(age)
})

import fc from 'fast-check'
import { expect, test } from '@jest/globals'
import { patientView } from '../../../src/assess/patient/patient-view.js'
import { exposures } from '../../../src/assess/side/exposure.js'
import { sideViews, workedUp } from '../../../src/assess/side/side-views.js'
import { illness } from '../../../src/assess/side/temperature.js'
import { timeline } from '../../../src/assess/side/timeline.js'
import { isUnremarkable } from '../../../src/assess/side/unremarkable.js'
import type { Facts } from '../../../src/facts/facts.js'
import {
  antibiotic,
  birth,
  care,
  culture,
  daysAgo,
  hoursAgo,
  measure,
  momentOf,
  problemSince,
  sign,
  statement,
  ultrasoundResult,
  unread,
  unreadable,
} from '../facts-of.js'

const quietly = (facts: Partial<Facts>): boolean => {
  const moment = momentOf(facts)
  const patient = patientView(moment)
  const line = timeline(moment)
  return isUnremarkable(line, illness(line, patient), exposures(line, patient))
}

/** Things that say nothing of a breast. */
const everyday: readonly (readonly [string, Partial<Facts>])[] = [
  ['a normal temperature', { measures: [measure('temperature', 36.8, hoursAgo(3))] }],
  [
    'a heart rate and an old temperature without fever',
    { measures: [measure('heart-rate', 72, hoursAgo(3)), measure('temperature', 37.9, hoursAgo(400))] },
  ],
  ['HIV and sepsis', { problems: [problemSince('hiv', daysAgo(900)), problemSince('sepsis', daysAgo(2))] }],
  ['a condition of lactation', { problems: [problemSince('lactation-condition', daysAgo(20))] }],
  ['a delivery', { births: [birth('delivery', daysAgo(4))] }],
  ['a loss', { births: [birth('infant-loss', daysAgo(9))] }],
  ['breastfeeding', { lactation: [statement('yes', daysAgo(2))] }],
  ['not breastfeeding', { lactation: [statement('no', daysAgo(2))] }],
  ['a medicine that is no antibiotic', { medicines: [antibiotic(daysAgo(2), { cover: 'none' })] }],
  ['an antibiotic on the skin', { medicines: [antibiotic(daysAgo(2), { noExposure: 'route' })] }],
  [
    'lists that no rule about a breast needs, unread',
    { reads: unread('allergies', 'serviceRequests', 'laboratory') },
  ],
]

/** Things that a rule about a breast looks at. */
const telling: readonly (readonly [string, Partial<Facts>])[] = [
  ['a fever', { measures: [measure('temperature', 38.0, hoursAgo(3))] }],
  ['a pain score of 0', { measures: [measure('pain', 0, hoursAgo(3))] }],
  ['redness recorded absent', { signs: [sign('erythema', hoursAgo(3), { state: 'absent' })] }],
  ['malaise', { signs: [sign('malaise', hoursAgo(3))] }],
  ['a resolved mastitis', { problems: [problemSince('mastitis-nos', daysAgo(900), { active: false })] }],
  ['MRSA', { problems: [problemSince('mrsa', daysAgo(90))] }],
  ['breast cancer', { problems: [problemSince('breast-cancer', daysAgo(900))] }],
  ['inflammatory breast cancer', { problems: [problemSince('inflammatory-breast-cancer', daysAgo(9))] }],
  ['an antibiotic months ago', { medicines: [antibiotic(daysAgo(90))] }],
  ['an ultrasound ordered', { care: [care('ultrasound', daysAgo(1))] }],
  ['a normal ultrasound', { results: [ultrasoundResult('normal', hoursAgo(20))] }],
  ['a culture', { results: [culture(hoursAgo(30))] }],
  [
    'an unreadable temperature',
    { unreadable: [unreadable('temperature', 'temperature has no unit', { when: hoursAgo(2) })] },
  ],
  ['conditions unread', { reads: unread('conditions') }],
  ['breast signs unread', { reads: unread('breastSigns') }],
  ['temperatures unread', { reads: unread('temperatures') }],
  ['medicines unread', { reads: unread('medicationRequests') }],
]

const together = (parts: readonly Partial<Facts>[]): Partial<Facts> => {
  const facts: Record<string, unknown> = {}
  for (const part of parts)
    for (const [name, value] of Object.entries(part)) {
      const list = (facts[name] ?? []) as readonly unknown[]
      facts[name] = Array.isArray(value) ? list.concat(value) : value
    }
  return facts
}

test.each(everyday)('%s leaves a breast unremarkable', (_, facts) => {
  expect(quietly(facts)).toBe(true)
})

test.each(telling)('%s has the breast worked up', (_, facts) => {
  expect(quietly(facts)).toBe(false)
})

test('an unremarkable breast looks exactly as the ordinary rules would have it', () => {
  fc.assert(
    fc.property(fc.subarray(everyday.map(([, facts]) => facts)), (parts) => {
      const moment = momentOf(together(parts))
      const patient = patientView(moment)

      expect(sideViews(moment, patient)).toEqual(workedUp(moment, patient))
    }),
    { numRuns: 300 },
  )
})

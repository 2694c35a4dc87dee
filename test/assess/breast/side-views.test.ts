import fc from 'fast-check'
import { expect, test } from '@jest/globals'
import { sideViews } from '../../../src/assess/breast/side-views.js'
import type { Facts, Measure } from '../../../src/facts/facts.js'
import {
  antibiotic,
  care,
  culture,
  daysAgo,
  hoursAgo,
  left,
  measure,
  timelineFor,
  problemSince,
  sign,
  ultrasoundResult,
  unread,
} from '../facts-of.js'
import { patientOf, presentIn, viewsOf, type SideFindings } from '../patient-view-of.js'

const chart: Partial<Facts> = {
  problems: [
    problemSince('mastitis-lactational', hoursAgo(80), left),
    problemSince('mrsa', daysAgo(90)),
    problemSince('mastitis-lactational', daysAgo(70), { ...left, active: false }),
  ],
  medicines: [
    antibiotic(hoursAgo(76), { status: 'stopped' }),
    antibiotic(hoursAgo(40), {
      ingredients: ['clindamycin'],
      mrsa: 'by-result',
      source: 'MedicationRequest/c',
    }),
  ],
  measures: [39, 38.8, 38.2, 39.4].map((value, index) =>
    measure('temperature', value, hoursAgo(75 - index * 24)),
  ),
  signs: [
    sign('erythema', hoursAgo(70), left),
    sign('erythema', hoursAgo(3), { ...left, spreading: true }),
    sign('breast-pain', hoursAgo(3)),
    sign('peau-d-orange', daysAgo(9), left),
    sign('lump', hoursAgo(5), { side: 'right' }),
  ],
  results: [ultrasoundResult('indeterminate', hoursAgo(20), left), culture(hoursAgo(30), left)],
  care: [care('culture', hoursAgo(31), left), care('referral', daysAgo(3))],
}

const verdicts = (views: readonly SideFindings[]) =>
  views.map(({ side, stage, findings, values }) => [side, stage, values, [...findings]])

test('the order of facts in the chart changes nothing', () => {
  const expected = verdicts(viewsOf(chart))
  const lists = ['problems', 'medicines', 'measures', 'signs', 'results', 'care'] as const

  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 24, maxLength: 24 }), (keys) => {
      const shuffled = Object.fromEntries(
        lists.map((name) => [
          name,
          (chart[name] ?? [])
            .map((fact, index) => ({ fact, key: keys[index] ?? 0 }))
            .sort((one, two) => one.key - two.key)
            .map(({ fact }) => fact),
        ]),
      )
      expect(verdicts(viewsOf(shuffled))).toEqual(expected)
    }),
    { numRuns: 50 },
  )
})

test('every finding has a reason, and evidence in our words with a source', () => {
  for (const { findings } of viewsOf(chart)) {
    for (const [name, { because, evidence }] of findings) {
      expect([name, because]).not.toEqual([name, ''])
      for (const { what, source } of evidence) expect([what, source]).not.toContain('')
    }
  }
})

test('exactly one stage and one window is present on each breast', () => {
  for (const { findings } of viewsOf(chart)) {
    const held = [...findings].filter(([, { verdict }]) => verdict === 'present').map(([name]) => name)

    expect(held.filter((name) => name.startsWith('window-'))).toHaveLength(1)
    expect(held.filter((name) => /^stage-[a-z]/.test(name))).toHaveLength(1)
  }
})

test('an unreadable category never turns a finding that was present into absent', () => {
  const present = (facts: Partial<Facts>) => viewsOf(facts).map(({ findings }) => findings)
  const before = present(chart)
  for (const key of ['conditions', 'breastSigns', 'temperatures', 'medicationRequests'] as const) {
    const after = present({ ...chart, reads: unread(key) })
    before.forEach((findings, index) => {
      for (const [name, { verdict }] of findings) {
        if (verdict === 'present')
          expect([key, name, after[index]?.get(name)?.verdict]).not.toEqual([key, name, 'absent'])
      }
    })
  }
})

const moments = (count: number): Measure[] =>
  Array.from({ length: count }, (_, index) =>
    measure(
      index % 2 === 0 ? 'temperature' : 'pain',
      4 + (index % 3),
      hoursAgo(index / 8),
      index % 2 === 0 ? {} : left,
    ),
  )

/** How often any member of any measure is looked at while the breasts are viewed. */
function looksAt(measures: Measure[]): number {
  let looks = 0
  const watched = measures.map(
    (one) =>
      new Proxy(one, {
        get: (target, name) => {
          looks += 1
          return Reflect.get(target, name) as unknown
        },
      }),
  )
  const timeline = timelineFor({ ...chart, measures: watched })
  sideViews(timeline, patientOf(timeline))
  return looks
}

test('ten times as many measures are looked at about ten times as often', () => {
  const [some, many] = [looksAt(moments(150)), looksAt(moments(1_500))]

  expect(some).toBeGreaterThan(150)
  expect(many).toBeLessThan(some * 15)
})

test('an empty chart has one breast without side, stage none and no alarm', () => {
  const views = viewsOf({})

  expect(views.map(({ side, stage }) => [side, stage])).toEqual([['unspecified', 'none']])
  expect(views.map(presentIn)).toEqual([['care-allowed', 'ultrasound-allowed', 'stage-none', 'window-none']])
})

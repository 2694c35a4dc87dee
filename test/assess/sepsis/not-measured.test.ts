import { expect, test } from '@jest/globals'
import { notMeasured } from '../../../src/assess/sepsis/not-measured.js'
import type { MeasureKind } from '../../../src/terminology/concepts.js'
import { hoursAgo, measure, timelineFor } from '../facts-of.js'

const all: readonly MeasureKind[] = [
  'temperature',
  'heart-rate',
  'respiratory-rate',
  'white-cells',
  'systolic',
  'oxygen-saturation',
  'lactate',
  'creatinine',
  'platelets',
  'bilirubin',
  'inr',
]
const measured = (kinds: readonly MeasureKind[], hours: number) =>
  kinds.map((kind) => measure(kind, 1, hoursAgo(hours)))

test.each([
  ['every value is on record', measured(all, 1), ''],
  ['a value exactly 24 h old is on record', measured(all, 24), ''],
  [
    'platelets are 24 h 6 min old',
    [
      ...measured(
        all.filter((kind) => kind !== 'platelets'),
        1,
      ),
      ...measured(['platelets'], 24.1),
    ],
    'platelets',
  ],
  [
    'only temperature and heart rate were taken',
    measured(['temperature', 'heart-rate'], 1),
    'RR, white cells, systolic BP, saturation, lactate, creatinine, platelets, bilirubin, coagulation (INR)',
  ],
] as const)('%s', (_, measures, words) => {
  expect(notMeasured(timelineFor({ measures }))).toBe(words)
})

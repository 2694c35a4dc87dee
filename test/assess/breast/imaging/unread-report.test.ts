import { expect, test } from '@jest/globals'
import type { CareItem, Facts, ImagingResult } from '../../../../src/facts/facts.js'
import type { FindingName } from '../../../../src/assess/finding-names.js'
import {
  antibiotic,
  care,
  daysAgo,
  done,
  hoursAgo,
  left,
  problemSince,
  right,
  ultrasoundResult,
} from '../../facts-of.js'
import { assessed, presentAmong } from '../../assessed.js'

const unread = (hours: number, given: Partial<ImagingResult> = {}) =>
  ultrasoundResult('unclassified', hoursAgo(hours), { ...left, ...given })
const read = (hours: number) => ultrasoundResult('normal', hoursAgo(hours), left)
const item = (need: CareItem['need'], hours: number, given: Partial<CareItem> = {}) =>
  care(need, hoursAgo(hours), { ...left, ...given })

/** Left mastitis for 100 h, on dicloxacillin for 90 h: failure can have begun 42 h ago. */
const ill = (given: Partial<Facts>): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(100), left)],
  medicines: [antibiotic(hoursAgo(90))],
  ...given,
})

const names: readonly FindingName[] = [
  'ultrasound-unread',
  'ultrasound-unread-since-failure',
  'ultrasound-unread-since-drainage',
]
const inEpisode = 'ultrasound-unread'
const sinceFailure = 'ultrasound-unread-since-failure'

test.each<[string, Partial<Facts>, readonly FindingName[]]>([
  ['since failure', ill({ results: [unread(42)] }), [inEpisode, sinceFailure]],
  ['before failure', ill({ results: [unread(43)] }), [inEpisode]],
  ['of the other breast', ill({ results: [unread(5, right)] }), []],
  ['of no stated side', ill({ results: [unread(5, { side: 'unspecified' })] }), [inEpisode, sinceFailure]],
  ['a mammogram', ill({ results: [unread(5, { modality: 'mammogram' })] }), []],
  ['beside a scan that was read', ill({ results: [read(9), unread(5)] }), []],
  ['after a scan that was read before failure', ill({ results: [read(43), unread(5)] }), [sinceFailure]],
  ['with another on order', ill({ results: [unread(5)], care: [item('ultrasound', 9)] }), []],
  [
    'with its own order completed',
    ill({ results: [unread(5)], care: [item('ultrasound', 9, { status: 'completed' })] }),
    [inEpisode, sinceFailure],
  ],
  ['since a drainage', ill({ results: [unread(5)], care: [item('drainage', 9, done)] }), names],
  [
    'before a drainage',
    ill({ results: [unread(5)], care: [item('drainage', 4, done)] }),
    [inEpisode, sinceFailure],
  ],
  ['at the same moment as one that was read', ill({ results: [read(5), unread(5)] }), []],
])('a report that could not be read, %s', (_, facts, expected) => {
  expect(presentAmong(facts, names)).toEqual(expected)
})

test.each<[string, ImagingResult, readonly string[]]>([
  ['an ultrasound', unread(5), ['Breast ultrasound of 3 Mar: could not be read here; read the report.']],
  [
    'a mammogram',
    unread(5, { modality: 'mammogram' }),
    ['Mammogram of 3 Mar: could not be read here; read the report.'],
  ],
  [
    '180 days old',
    ultrasoundResult('unclassified', daysAgo(180), left),
    ['Breast ultrasound of 4 Sep: could not be read here; read the report.'],
  ],
  ['181 days old', ultrasoundResult('unclassified', daysAgo(181), left), []],
  ['read', read(5), []],
])('every card names a report that could not be read: %s', (_, result, lines) => {
  expect(assessed(ill({ results: [result] })).missing).toEqual(lines)
})

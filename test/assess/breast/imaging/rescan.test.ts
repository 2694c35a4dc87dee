import { expect, test } from '@jest/globals'
import type { CareItem, Facts, ImagingResult } from '../../../../src/facts/facts.js'
import type { FindingName } from '../../../../src/assess/finding-names.js'
import {
  antibiotic,
  care,
  done,
  hoursAgo,
  left,
  problemSince,
  right,
  seen,
  temperature,
  ultrasoundResult,
} from '../../facts-of.js'
import { assessed, presentAmong, verdictOn } from '../../assessed.js'

const scan = (reading: ImagingResult['reading'], hours: number, given: Partial<ImagingResult> = {}) =>
  ultrasoundResult(reading, hoursAgo(hours), { ...left, ...given })
const item = (need: CareItem['need'], hours: number, given: Partial<CareItem> = {}) =>
  care(need, hoursAgo(hours), { ...left, ...given })

/** Left mastitis for 100 h, on dicloxacillin for 90 h, still febrile. */
const ill = (given: Partial<Facts>): Partial<Facts> => ({
  problems: [problemSince('mastitis-lactational', hoursAgo(100), left)],
  medicines: [antibiotic(hoursAgo(90))],
  measures: [temperature(39, 95), temperature(38.9, 1)],
  ...given,
})

const rescan: readonly FindingName[] = ['rescan-advised', 'rescan-due', 'rescan-unread']

test.each<[string, Partial<Facts>, readonly FindingName[]]>([
  ['a phlegmon', ill({ results: [scan('phlegmon', 47)] }), ['rescan-advised']],
  ['a phlegmon 48 h ago', ill({ results: [scan('phlegmon', 48)] }), ['rescan-advised', 'rescan-due']],
  ['a small collection', ill({ results: [scan('collection', 5, { small: true })] }), ['rescan-advised']],
  ['a larger collection', ill({ results: [scan('collection', 5)] }), []],
  ['a doubt alone', ill({ results: [scan('indeterminate', 5, { doubt: true })] }), ['rescan-advised']],
  [
    'a doubt beside no collection',
    ill({ results: [scan('normal', 5, { doubt: true })] }),
    ['rescan-advised'],
  ],
  ['a doubt beside an abscess', ill({ results: [scan('abscess', 5, { doubt: true })] }), []],
  ['no collection', ill({ results: [scan('normal', 5)] }), []],
  ['a phlegmon, then a clear scan', ill({ results: [scan('phlegmon', 9), scan('normal', 5)] }), []],
  ['a phlegmon, then an order', ill({ results: [scan('phlegmon', 9)], care: [item('ultrasound', 5)] }), []],
  [
    'an order, then a phlegmon',
    ill({ results: [scan('phlegmon', 9)], care: [item('ultrasound', 20)] }),
    ['rescan-advised'],
  ],
  [
    'a phlegmon, then drained',
    ill({ results: [scan('phlegmon', 9)], care: [item('drainage', 5, done)] }),
    [],
  ],
  [
    'a phlegmon, then a report that could not be read',
    ill({ results: [scan('phlegmon', 9), scan('unclassified', 5)] }),
    ['rescan-unread'],
  ],
  [
    'a phlegmon, then an order and a report that could not be read',
    ill({ results: [scan('phlegmon', 9), scan('unclassified', 5)], care: [item('ultrasound', 6)] }),
    [],
  ],
  [
    'a doubt in a breast with a lump alone',
    { signs: [seen('lump', 2, left)], results: [scan('normal', 5, { doubt: true })] },
    ['rescan-advised'],
  ],
  [
    'a doubt in a well breast',
    { signs: [seen('breast-pain', 2, left)], results: [scan('normal', 5, { doubt: true })] },
    [],
  ],
  [
    'a phlegmon 48 h ago, and better',
    ill({ measures: [temperature(39, 95), temperature(36.8, 1)], results: [scan('phlegmon', 48)] }),
    ['rescan-advised'],
  ],
])('to repeat, for %s', (_, facts, expected) => {
  expect(presentAmong(facts, rescan)).toEqual(expected)
})

test('a phlegmon of the other breast is repeated there', () => {
  const facts = ill({ results: [scan('phlegmon', 5, right)] })
  expect(verdictOn(facts, 'left', 'rescan-advised')).toBe('absent')
  expect(verdictOn(facts, 'right', 'rescan-advised')).toBe('present')
})

test.each<[string, Partial<Facts>, string]>([
  ['failed late', ill({ results: [scan('phlegmon', 5)] }), 're-scan today'],
  [
    'young',
    ill({ medicines: [antibiotic(hoursAgo(20))], results: [scan('phlegmon', 5)] }),
    're-scan 48-72 h after it, sooner if worse',
  ],
  [
    'young, the scan 73 h old',
    ill({ medicines: [antibiotic(hoursAgo(20))], results: [scan('phlegmon', 73)] }),
    're-scan today',
  ],
])('the words of a repeat while antibiotics have %s', (_, facts, words) => {
  const [first] = assessed(facts).scopes
  expect(first?.values.rescanTime).toBe(words)
})

import { expect, test } from '@jest/globals'
import type { Facts } from '../../../src/facts/facts.js'
import { leadingScope } from '../assessed.js'
import { daysAgo, hoursAgo, left, problemSince, unread } from '../facts-of.js'

const pregnantMastitis = { problems: [problemSince('mastitis-pregnancy', hoursAgo(10), left)] }
const mastitis = { problems: [problemSince('mastitis-lactational', hoursAgo(10), left)] }
const status = (pregnant: boolean): Partial<Facts> => ({
  ...mastitis,
  pregnancy: [{ source: 'Observation/p', fromText: false, pregnant, when: daysAgo(60) }],
})
const obstetric = 'Cold; no deep massage. Pain relief by obstetric advice; no NSAID from 20 weeks.'
const simple = 'Cold, pain relief, help with latch; no deep massage.'

test.each<[string, Partial<Facts>, string]>([
  ['pregnant by status', status(true), obstetric],
  ['pregnant by the diagnosis', pregnantMastitis, obstetric],
  ['recorded as not pregnant', status(false), simple],
  ['nothing on a pregnancy', mastitis, simple],
  ['conditions that could not be read', { reads: unread('conditions') }, simple],
])('the line on comfort names no medicine: %s', (_what, facts, line) => {
  const { values } = leadingScope(facts)

  expect(values.comfort).toBe(line)
  expect(values.maternityTeam !== '').toBe(line === obstetric)
  expect(values.milkIsSafe.includes('child born at term')).toBe(line === obstetric)
})

import { describe, expect, test } from '@jest/globals'
import type { FindingName } from '../../../src/assess/finding-names.js'
import type { Facts } from '../../../src/facts/facts.js'
import { findingOf } from '../assessed.js'
import { problem, unread, unreadable } from '../facts-of.js'

const reasonOf = (facts: Partial<Facts>, name: FindingName): string => {
  const { verdict, because } = findingOf(facts, name)
  return verdict === 'present' ? because : verdict
}

describe('implants', () => {
  const name = 'chart-implants'
  test.each<[string, Partial<Facts>, string]>([
    ['on record', { problems: [problem('breast-implant')] }, 'breast implants on record'],
    ['removed', { problems: [problem('breast-implant', { active: false })] }, 'absent'],
    ['not on record', {}, 'absent'],
    ['conditions not read', { reads: unread('conditions') }, 'cannot-tell'],
    [
      'an entry not read',
      { unreadable: [unreadable('breast-implant', 'onset could not be read')] },
      'cannot-tell',
    ],
  ])('%s: %s', (_, facts, expected) => {
    expect(reasonOf(facts, name)).toBe(expected)
  })
})

describe('diabetes', () => {
  const name = 'chart-diabetes'
  test.each<[string, Partial<Facts>, string]>([
    ['on record', { problems: [problem('diabetes')] }, 'diabetes on record'],
    ['no longer active', { problems: [problem('diabetes', { active: false })] }, 'absent'],
    ['not on record', {}, 'absent'],
    ['conditions not read', { reads: unread('conditions') }, 'cannot-tell'],
  ])('%s: %s', (_, facts, expected) => {
    expect(reasonOf(facts, name)).toBe(expected)
  })
})

import { describe, expect, test } from '@jest/globals'
import type { FindingName } from '../../../src/assess/finding-names.js'
import type { Facts, Span } from '../../../src/facts/facts.js'
import { findingOf } from '../assessed.js'
import {
  at,
  biopsyResult,
  both,
  care,
  daysAgo,
  done,
  hoursAgo,
  left,
  minutesAgo,
  now,
  onDay,
  right,
  unread,
} from '../facts-of.js'

const reasonOf = (facts: Partial<Facts>, name: FindingName): string => {
  const { verdict, because } = findingOf(facts, name)
  return verdict === 'present' ? because : verdict
}

/** A minute more than so many days ago. */
const justOver = (days: number): Span => at(now - days * 86_400_000 - 60_000)

describe('surgery or a biopsy of the breast', () => {
  const name = 'chart-breast-surgery'
  const biopsied = (when: Span, given = {}) => ({
    care: [care('breast-biopsy', when, { ...done, ...right, ...given })],
  })

  test.each<[string, Partial<Facts>, string]>([
    ['a biopsy', biopsied(daysAgo(28)), 'right breast biopsy 28 d ago'],
    ['a biopsy on a day', biopsied(onDay('2026-02-03')), 'right breast biopsy 28 d ago'],
    ['a biopsy today', biopsied(hoursAgo(2)), 'right breast biopsy today'],
    [
      'a biopsy that goes on',
      biopsied(minutesAgo(5), { status: 'in-progress' }),
      'right breast biopsy today',
    ],
    [
      'a biopsy of skin',
      { care: [care('skin-biopsy', daysAgo(3), { ...done, ...left })] },
      'left breast skin biopsy 3 d ago',
    ],
    [
      'surgery of both',
      { care: [care('breast-surgery', daysAgo(60), { ...done, ...both })] },
      'bilateral breast surgery 60 d ago',
    ],
    ['exactly 90 days ago', { care: [care('breast-surgery', daysAgo(90), done)] }, 'breast surgery 90 d ago'],
    ['more than 90 days ago', { care: [care('breast-surgery', justOver(90), done)] }, 'absent'],
    ['a report alone', { results: [biopsyResult('benign', daysAgo(20))] }, 'left breast biopsy 20 d ago'],
    [
      'a procedure and its later report',
      { ...biopsied(daysAgo(28)), results: [biopsyResult('benign', daysAgo(20))] },
      'right breast biopsy 28 d ago',
    ],
    [
      'two procedures: the newest',
      { care: [care('breast-surgery', daysAgo(5), done), care('breast-biopsy', daysAgo(40), done)] },
      'breast surgery 5 d ago',
    ],
    ['only ordered', { care: [care('breast-biopsy', daysAgo(3), { status: 'completed' })] }, 'absent'],
    ['a procedure that was stopped', biopsied(daysAgo(3), { status: 'other' }), 'absent'],
    ['drained', { care: [care('drainage', daysAgo(3), done), care('incision', daysAgo(3), done)] }, 'absent'],
    [
      'without a date',
      { care: [{ source: 'Procedure/a', fromText: false, need: 'breast-surgery', ...done, ...left }] },
      'cannot-tell',
    ],
    ['procedures not read', { reads: unread('procedures') }, 'cannot-tell'],
    ['reports not read', { reads: unread('reports') }, 'cannot-tell'],
    ['nothing', {}, 'absent'],
  ])('%s', (_, facts, expected) => {
    expect(reasonOf(facts, name)).toBe(expected)
  })
})

import { expect, test } from '@jest/globals'
import type { Verdict } from '../../../src/assess/finding.js'
import type { FindingName } from '../../../src/assess/finding-names.js'
import { decidingName, rowVerdict } from '../../../src/cards/choose/row-verdict.js'
import { scopeOf, type Told } from '../assessment-of.js'
import { packOf } from '../content-of.js'

/** The one row of a card that asks these conditions. */
function rowOf(conditions: string) {
  const rows = `
  - row: one
    on: [patient-view]
    ${conditions}
    indicator: info
    variant: plain
    because: A rule.`
  const [row] = packOf([{ rows }]).cards[0]?.rows ?? []
  if (!row) throw new Error('the card has no row')
  return row
}

type Findings = Partial<Record<FindingName, Told>>

const verdictOf = (conditions: string, told: Findings): Verdict =>
  rowVerdict(rowOf(conditions), scopeOf(told).findings)

test.each<[string, Findings, Verdict]>([
  // all
  ['all: [failed, recurrence]', { failed: 'present', recurrence: 'present' }, 'present'],
  ['all: [failed, recurrence]', { failed: 'present', recurrence: 'cannot-tell' }, 'cannot-tell'],
  ['all: [failed, recurrence]', { failed: 'cannot-tell', recurrence: 'absent' }, 'absent'],
  ['all: [failed, recurrence]', { failed: 'present' }, 'absent'],
  // any
  ['any: [failed, recurrence]', { failed: 'cannot-tell', recurrence: 'present' }, 'present'],
  ['any: [failed, recurrence]', { failed: 'cannot-tell', recurrence: 'absent' }, 'cannot-tell'],
  ['any: [failed, recurrence]', { failed: 'absent', recurrence: 'absent' }, 'absent'],
  // none: what cannot be told does not hide a card
  ['{ all: [failed], none: [known-ibc] }', { failed: 'present', 'known-ibc': 'cannot-tell' }, 'present'],
  ['{ all: [failed], none: [known-ibc] }', { failed: 'present', 'known-ibc': 'present' }, 'absent'],
  ['{ all: [failed], none: [known-ibc] }', { failed: 'cannot-tell', 'known-ibc': 'present' }, 'absent'],
  [
    '{ all: [failed], none: [known-ibc] }',
    { failed: 'cannot-tell', 'known-ibc': 'cannot-tell' },
    'cannot-tell',
  ],
  // together: one that fails decides
  ['{ all: [failed], any: [recurrence] }', { failed: 'cannot-tell', recurrence: 'present' }, 'cannot-tell'],
  ['{ all: [failed], any: [recurrence] }', { failed: 'cannot-tell', recurrence: 'absent' }, 'absent'],
  ['{ all: [failed], any: [recurrence] }', { failed: 'present', recurrence: 'cannot-tell' }, 'cannot-tell'],
  ['{ all: [failed], any: [recurrence] }', { failed: 'absent', recurrence: 'cannot-tell' }, 'absent'],
  // stages
  ['all: [stage: [phlegmon, abscess]]', { 'stage-phlegmon': 'present' }, 'present'],
  [
    'all: [stage: [phlegmon, abscess]]',
    { 'stage-phlegmon': 'present', 'stage-abscess': 'cannot-tell' },
    'present',
  ],
  ['all: [stage: [phlegmon, abscess]]', { 'stage-abscess': 'cannot-tell' }, 'cannot-tell'],
  ['all: [stage: [phlegmon, abscess]]', { 'stage-bacterial-mastitis': 'present' }, 'absent'],
])('a row with %s, where %j, is %s', (conditions, told, verdict) => {
  expect(verdictOf(conditions.replace(/^\{ | \}$/g, '').replace('], ', ']\n    '), told)).toBe(verdict)
})

test.each<[string, Findings, FindingName]>([
  [
    'that is present',
    { 'stage-abscess': 'cannot-tell', 'stage-engorgement': 'present' },
    'stage-engorgement',
  ],
  ['that cannot be told', { 'stage-phlegmon': 'cannot-tell' }, 'stage-phlegmon'],
  [
    'that is the highest of those that cannot be told',
    { 'stage-phlegmon': 'cannot-tell', 'stage-abscess': 'cannot-tell' },
    'stage-abscess',
  ],
  ['that is the highest when all are absent', {}, 'stage-abscess'],
])('of several stages the one decides %s, in whatever order the card names them', (_, told, name) => {
  const [condition] = rowOf('all: [stage: [engorgement, phlegmon, abscess]]').all

  expect(condition && decidingName(condition, scopeOf(told).findings)).toBe(name)
})

import { describe, expect, test } from '@jest/globals'
import type { FindingName } from '../../../src/assess/finding-names.js'
import type { Facts, Medicine } from '../../../src/facts/facts.js'
import { findingOf } from '../assessed.js'
import { daysAgo, order, problem, unread, unreadable } from '../facts-of.js'

const reasonOf = (facts: Partial<Facts>, name: FindingName): string => {
  const { verdict, because } = findingOf(facts, name)
  return verdict === 'present' ? because : verdict
}

const against = (name: string, given: Partial<Medicine> = {}): Medicine =>
  order(name, daysAgo(80), { sets: ['immunosuppressant'], ...given })

describe('immunosuppression', () => {
  const name = 'chart-immunosuppression'

  test.each<[string, Partial<Facts>, string]>([
    ['a transplant', { problems: [problem('transplant')] }, 'transplant on record'],
    ['an immune deficiency', { problems: [problem('immune-deficiency')] }, 'immune deficiency on record'],
    ['a medicine', { medicines: [against('infliximab'), against('azathioprine')] }, 'azathioprine on record'],
    [
      'a transplant with its medicine',
      { problems: [problem('transplant')], medicines: [against('tacrolimus')] },
      'transplant and tacrolimus on record',
    ],
    [
      'a medicine and a steroid: the medicine',
      { medicines: [order('prednisolone', daysAgo(42), { sets: ['steroid'] }), against('azathioprine')] },
      'azathioprine on record',
    ],
    ['a medicine on the skin', { medicines: [against('tacrolimus', { noExposure: 'route' })] }, 'absent'],
    [
      'a medicine that was stopped',
      { medicines: [against('azathioprine', { status: 'stopped' })] },
      'absent',
    ],
    [
      'a medicine for something else',
      { medicines: [against('azathioprine', { noExposure: 'other-reason' })] },
      'azathioprine on record',
    ],
    ['another medicine', { medicines: [order('ibuprofen', daysAgo(80), { sets: ['nsaid'] })] }, 'absent'],
    ['a transplant no longer active', { problems: [problem('transplant', { active: false })] }, 'absent'],
    ['conditions not read', { reads: unread('conditions') }, 'cannot-tell'],
    ['orders not read', { reads: unread('medicationRequests') }, 'cannot-tell'],
    ['medicines taken not read', { reads: unread('medicationStatements') }, 'cannot-tell'],
    ['medicines given not read', { reads: unread('medicationAdministrations') }, 'cannot-tell'],
    [
      'a medicine without a name',
      { unreadable: [unreadable('medicine', 'medicine has no code')] },
      'cannot-tell',
    ],
    ['nothing', {}, 'absent'],
  ])('%s', (_, facts, expected) => {
    expect(reasonOf(facts, name)).toBe(expected)
  })

  test('a known medicine without a start is no unknown one', () => {
    const medicine = order('cephalexin', daysAgo(1), { cover: 'appropriate' })
    const doubt = unreadable('medicine', 'start is not recorded', { source: medicine.source })

    expect(reasonOf({ medicines: [medicine], unreadable: [doubt] }, name)).toBe('absent')
  })
})

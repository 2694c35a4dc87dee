import { expect, test } from '@jest/globals'
import { consider } from './cases/ask.js'
import type { Case } from './cases/case-file.js'
import { workedExamples } from './worked-examples-table.js'

const storyTime = '2026-03-03T09:00:00Z'

test.each(workedExamples)(
  'example %i of clinical 8.1: %s',
  async (_number, words, patient, answer, more = {}) => {
    const asked: Case = {
      kind: 'any',
      case: words,
      patient,
      at: storyTime,
      expect: 'shown',
      because: 'clinical 8.1',
      ...more,
    }
    const given = (await consider(asked)).filter(({ wire }) => wire)

    expect(given.map(({ kind, variant, indicator }) => `${kind} ${variant} (${indicator})`)).toEqual(answer)
  },
)

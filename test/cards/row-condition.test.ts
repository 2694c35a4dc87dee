import { expect, test } from '@jest/globals'
import { conditionOf } from '../../src/cards/row-condition.js'

test.each([
  ['failed', 'failed', ['failed']],
  [{ stage: ['abscess'] }, 'stage abscess', ['stage-abscess']],
  [
    { stage: ['phlegmon', 'bacterial-mastitis'] },
    'stage phlegmon or bacterial mastitis',
    ['stage-phlegmon', 'stage-bacterial-mastitis'],
  ],
  [
    { stage: ['abscess', 'phlegmon', 'blocked-duct'] },
    'stage abscess, phlegmon or blocked duct',
    ['stage-abscess', 'stage-phlegmon', 'stage-blocked-duct'],
  ],
] as const)('the condition %j in words is "%s"', (source, words, findings) => {
  expect(conditionOf(source)).toEqual({ words, findings })
})

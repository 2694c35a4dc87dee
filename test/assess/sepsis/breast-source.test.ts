import { expect, test } from '@jest/globals'
import { verdictOn, type Row } from '../assessed.js'
import { daysAgo, hoursAgo, left, problem, problemSince, sign } from '../facts-of.js'

test.each<Row>([
  [
    'engorgement is no infection, and redness recorded as unknown is no sign',
    {
      problems: [problemSince('engorgement', hoursAgo(86))],
      signs: [sign('erythema', hoursAgo(72), { state: 'unknown' })],
    },
    'unspecified',
    'breast-source-current',
    'absent',
  ],
  [
    'nor an old source',
    { problems: [problemSince('engorgement', hoursAgo(86))] },
    'unspecified',
    'breast-source-old',
    'absent',
  ],
  [
    'mastitis dated only by its recording counts from there',
    { problems: [problem('mastitis-lactational', { ...left, when: daysAgo(14), recorded: daysAgo(14) })] },
    'left',
    'breast-source-current',
    'present',
  ],
  [
    'recorded 15 days ago it is an old one',
    { problems: [problem('mastitis-lactational', { ...left, when: daysAgo(15), recorded: daysAgo(15) })] },
    'left',
    'breast-source-old',
    'present',
  ],
  [
    'begun 91 days ago it is none',
    { problems: [problemSince('mastitis-lactational', daysAgo(91), left)] },
    'left',
    'breast-source-old',
    'absent',
  ],
  [
    'an abscess that is on record twice, once without a date, is an old source',
    {
      problems: [
        problem(['abscess-nonlactational', 'phlegmon'], left),
        problem('abscess-nonlactational', { active: false }),
      ],
    },
    'left',
    'breast-source-old',
    'present',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

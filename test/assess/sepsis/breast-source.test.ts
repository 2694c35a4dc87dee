import { expect, test } from '@jest/globals'
import { verdictOn, type Row } from '../assessed.js'
import { daysAgo, hoursAgo, left, measure, problem, problemSince, sign } from '../facts-of.js'

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
  [
    'a mastitis of today is an infection on record',
    { problems: [problemSince('mastitis-lactational', hoursAgo(5), left)] },
    'left',
    'breast-source-infection',
    'present',
  ],
  [
    'sore nipples of two days ago are symptoms only',
    { signs: [sign('breast-pain', hoursAgo(48), { ...left })] },
    'left',
    'breast-source-infection',
    'absent',
  ],
  [
    'so is a painful breast with fever, without redness, warmth or a soft lump',
    {
      signs: [sign('breast-pain', hoursAgo(4), { ...left })],
      measures: [measure('temperature', 39, hoursAgo(2))],
    },
    'left',
    'breast-source-infection',
    'absent',
  ],
  [
    'a red and painful breast is an infection without a diagnosis',
    { signs: [sign('breast-pain', hoursAgo(4), { ...left }), sign('erythema', hoursAgo(4), { ...left })] },
    'left',
    'breast-source-infection',
    'present',
  ],
  [
    'bullae of the breast make the breast a source',
    { signs: [sign('skin-bullae', hoursAgo(4), { ...left })] },
    'unspecified',
    'breast-source-current',
    'present',
  ],
  [
    'a pneumonia of 14 days ago is another infection',
    { problems: [problemSince('pneumonia', daysAgo(14))] },
    'unspecified',
    'other-infection',
    'present',
  ],
  [
    'one of 15 days ago is none any more',
    { problems: [problemSince('pneumonia', daysAgo(15))] },
    'unspecified',
    'other-infection',
    'absent',
  ],
  [
    'a pneumonia that is over is none',
    { problems: [problemSince('pneumonia', daysAgo(2), { active: false })] },
    'unspecified',
    'other-infection',
    'absent',
  ],
  [
    'a cellulitis of the left breast is no other infection',
    { problems: [problemSince('skin-infection', daysAgo(2), left)] },
    'unspecified',
    'other-infection',
    'absent',
  ],
])('%s', (_, facts, side, name, verdict) => {
  expect(verdictOn(facts, side, name)).toBe(verdict)
})

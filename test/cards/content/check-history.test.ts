import { describe, expect, test } from '@jest/globals'
import { loadCards } from '../../../src/cards/content/load-cards.js'
import { problemLine } from '../../../src/errors.js'
import { contentOf, problemsOf } from '../content-of.js'

const notReviewed = 'draft, not clinically reviewed'
const entry = (version: string, date: string, approval = notReviewed): string =>
  `\n  - { version: ${version}, date: ${date}, changed: Other patients., approval: '${approval}' }`
const newest = entry('1.0.0', '2026-11-24')

test.each([
  ['one version', newest],
  ['two versions on one day', newest + entry('0.9.0', '2026-11-24')],
  ['0.10.0 above 0.9.0', newest + entry('0.10.0', '2026-11-23') + entry('0.9.0', '2026-11-22')],
  ['an older version that was approved', newest + entry('0.9.0', '2026-11-23', 'obstetrics, 2026-11-23')],
])('the history of a draft may have %s', (_, history) => {
  expect(problemsOf([{ history }])).toEqual([])
})

const newestFirst = 'put the newest version first, each once'

test.each([
  ['no version', ' []', '7 /history must NOT have fewer than 1 items; change the value as the schema says'],
  [
    'another newest version than the card',
    entry('1.0.1', '2026-11-24'),
    '8 the newest version in the history is 1.0.1, the card is 1.0.0; describe 1.0.0 at the top of "history"',
  ],
  [
    'another newest date than the revision of the card',
    entry('1.0.0', '2026-11-23'),
    '8 the newest version in the history is of 2026-11-23, the card was revised on 2026-11-24 (dates.revised); make them equal',
  ],
  [
    'a newer version below',
    newest + entry('1.1.0', '2026-11-24'),
    `9 the history has 1.1.0 below 1.0.0; ${newestFirst}`,
  ],
  [
    'a version twice',
    newest + entry('1.0.0', '2026-11-24'),
    `9 the history has 1.0.0 below 1.0.0; ${newestFirst}`,
  ],
  [
    '0.9.0 above 0.10.0',
    newest + entry('0.9.0', '2026-11-23') + entry('0.10.0', '2026-11-22'),
    `10 the history has 0.10.0 below 0.9.0; ${newestFirst}`,
  ],
  [
    'an older version of a later day',
    newest + entry('0.9.0', '2026-11-25'),
    '9 the history dates 0.9.0 (2026-11-25) after 1.0.0 (2026-11-24); correct the dates',
  ],
  [
    'an approval of its newest version',
    entry('1.0.0', '2026-11-24', 'obstetrics, 2026-11-24'),
    `8 was not reviewed, but its newest version is approved; write "${notReviewed}"`,
  ],
])('the history of a draft may not have %s', (_, history, problem) => {
  expect(problemsOf([{ history }])).toEqual([`cards/sample/card.yaml:${problem}`])
})

test('an approval names its date', () => {
  expect(problemsOf([{ history: newest + entry('0.9.0', '2026-11-23', 'obstetrics') }])).toEqual([
    expect.stringMatching(/^cards\/sample\/card\.yaml:9 \/history\/1\/approval must match pattern/u),
  ])
})

/** What is wrong with the sample card when its text is changed so. */
function problemsWhen(change: (text: string) => string, history = newest): readonly string[] {
  const content = contentOf([{ history }])
  const folders = content.folders.map((folder) => ({
    ...folder,
    card: { ...folder.card, content: change(folder.card.content) },
  }))
  return loadCards(
    { ...content, folders },
    { mode: 'development', canonicalBase: 'https://x.example' },
  ).problems.map(problemLine)
}

test('a card without a history is refused', () => {
  expect(problemsWhen((text) => text.replace(`history:${newest}\n`, ''))).toEqual([
    'cards/sample/card.yaml:1 the file lacks "history"; add "history"',
  ])
})

describe('the newest version of a reviewed card', () => {
  const reviewed = (text: string): string =>
    `${text.replace('status: draft', 'status: reviewed')}reviewed: { on: 2026-12-01, role: obstetrics, again_by: 2027-12-01 }\n`

  test('has its approval', () => {
    expect(problemsWhen(reviewed, entry('1.0.0', '2026-11-24', 'obstetrics, 2026-12-01'))).toEqual([])
  })

  test('may not stay a draft', () => {
    expect(problemsWhen(reviewed)).toEqual([
      'cards/sample/card.yaml:8 was reviewed, but its newest version is not approved; write "role, date"',
    ])
  })
})

import { expect, test } from '@jest/globals'
import type { Reading } from '../../../src/terminology/text/reading.js'
import { readReport } from '../../../src/terminology/text/report.js'
import type { Words } from '../../../src/terminology/text/words.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords().byLanguage.get('en')?.get('report') as Words

const read = (text: string, modality: 'ultrasound' | 'mammogram' = 'ultrasound'): readonly Reading[] =>
  readReport({ kind: 'report', text, modality }, words).readings

/** Each result as "result side". */
const results = (text: string, modality: 'ultrasound' | 'mammogram' = 'ultrasound'): readonly string[] =>
  read(text, modality)
    .filter(({ term }) => term === 'result')
    .map(({ value = '', side = '' }) => `${value} ${side}`.trim())

const categories = (text: string): readonly string[] =>
  read(text)
    .filter(({ term }) => term === 'birads')
    .map(({ value = '', side = '' }) => `${value} ${side}`.trim())

test.each([
  ['INDICATION: abscess? FINDINGS: no collection.', 'normal'],
  ['HISTORY: drained abscess. IMPRESSION: oedema, BI-RADS 3.', 'indeterminate'],
  ['COMPARISON: 3 cm abscess on 2 Nov. FINDINGS: no residual collection.', 'normal'],
  ['RECOMMENDATION: aspirate the abscess.', 'unreadable'],
])('indication, history, comparison and recommendation are never read: %s', (text, result) => {
  expect(results(text)).toEqual([result])
})

test('the conclusion decides, and denies what the findings affirm', () => {
  expect(results('FINDINGS: possible collection. IMPRESSION: no abscess or collection.')).toEqual(['normal'])
})

test('an abscess of the findings stands when the conclusion does not speak of it', () => {
  expect(results('FINDINGS: 4 cm abscess. IMPRESSION: mastitis. BI-RADS 2.')).toEqual(['abscess'])
})

test('an addendum amends the conclusion', () => {
  expect(results('IMPRESSION: no collection.\nADDENDUM: there is a 2 cm collection.')).toEqual(['collection'])
})

test.each([
  ['No drainable collection.', 'normal'],
  ['Abscess not identified.', 'normal'],
  ['The abscess has resolved.', 'normal'],
  ['History of abscess.', 'unreadable'],
  ['Previously noted abscess now measures 3 cm.', 'abscess'],
  ['Repeat scan if an abscess develops.', 'unreadable'],
  ['Collection consistent with seroma.', 'unreadable'],
  ['Collection, an infected galactocele.', 'collection'],
  ['Possible abscess.', 'indeterminate'],
  ['Abscess versus galactocele.', 'indeterminate'],
  ['4 cm collection suspicious for abscess.', 'collection'],
  ['Likely abscess.', 'abscess'],
])('each mention is denied, past, advice, another thing, doubted or affirmed: %s', (text, result) => {
  expect(results(text)).toEqual([result])
})

test('a collection that is too small to drain says so, and one that can be drained does not', () => {
  expect(read('Collection of 12 mm, too small to drain.')).toMatchObject([{ small: true, sizeCm: 1.2 }])
  expect(read('Drainable collection of 12 mm.')[0]).not.toHaveProperty('small')
})

test.each([
  'Well-circumscribed lesion with fat-fluid level, galactocele.',
  'Simple cyst of 12 mm.',
  '1 cm cyst at 3 o clock.',
  'The lump is an intramammary lymph node.',
  'Benign appearing lymph node at the site of the lump.',
])('a report names a harmless lesion: %s', (text) => {
  expect(read(text)[0]).toMatchObject({ lesion: true })
})

test.each([
  'Complex cyst of 12 mm.',
  'No cyst.',
  'Possible galactocele.',
  'Cyst with a suspicious solid part.',
  'Solid mass. Normal lymph nodes in the axilla.',
  'Infected galactocele.',
  'Enlarged lymph node.',
])('no harmless lesion is named by: %s', (text) => {
  expect(read(text)[0]).not.toHaveProperty('lesion')
})

test('a doubt beside a denial is shown, and a denial alone shows none', () => {
  expect(read('No collection; early abscess cannot be excluded.')).toMatchObject([
    { value: 'normal', doubt: true },
  ])
  expect(read('No collection.')[0]).not.toHaveProperty('doubt')
})

test('the size of an abscess is its largest diameter', () => {
  expect(read('Abscess of 22 x 35 x 14 mm.')).toMatchObject([{ value: 'abscess', sizeCm: 3.5 }])
})

test('each side of a report has a result of its own', () => {
  expect(results('Left breast: abscess of 3 cm. Right breast: no collection.')).toEqual([
    'abscess left',
    'normal right',
  ])
})

test('a mammogram that denies an abscess is not normal', () => {
  expect(results('No abscess.', 'mammogram')).toEqual(['indeterminate'])
  expect(results('No abscess.')).toEqual(['normal'])
})

test.each([
  ['BI-RADS 4a', ['4a']],
  ['BIRADS IV.', ['4']],
  ['BI-RADS category five', ['5']],
  ['ACR 2', ['2']],
  ['BI-RADS: left 4B, right 2', ['4b left', '2 right']],
  ['BI-RADS 4B (left), 2 (right)', ['4b left', '2 right']],
  ['Upgraded from BI-RADS 3 to BI-RADS 4.', ['4']],
])('the category of "%s" is read', (text, expected) => {
  expect(categories(text)).toEqual(expected)
})

test.each([
  'ACR density 3.',
  'BI-RADS 5th edition.',
  'If BI-RADS 4, biopsy.',
  'Previously BI-RADS 4.',
  'See the definitions of BI-RADS 4 and 5.',
  '[ ] BI-RADS 4',
  'Legend: 0 incomplete, 1 negative, 2 benign, 4 suspicious.',
])('no category is assigned by: %s', (text) => {
  expect(categories(text)).toEqual([])
})

test('a printed legend says nothing, and the category before it counts', () => {
  const text = 'BI-RADS 2: benign. (BI-RADS 4: suspicious; BI-RADS 5: highly suggestive of malignancy)'

  expect(results(text)).toEqual(['normal'])
  expect(categories(text)).toEqual(['2'])
})

test('suspicious findings in a numbered impression are no legend', () => {
  expect(results('IMPRESSION:\n1. Benign cyst.\n2. Suspicious mass.')).toEqual(['suspicious'])
})

test('a report without a finding that is known is unreadable, and says why', () => {
  expect(read('Diffuse oedema only.')).toEqual([
    {
      term: 'result',
      state: 'unreadable',
      value: 'unreadable',
      why: 'no result could be read in this report',
    },
  ])
})

test.each([
  ['PRIOR REPORT (copied): abscess 3 cm. CURRENT REPORT: no abscess.', 'normal'],
  ['COMPARISON 12/3/24: abscess 3 cm. FINDINGS: no collection.', 'normal'],
  ['INDICATION/HISTORY: abscess. FINDINGS/IMPRESSION: no collection.', 'normal'],
  ['INDICATION: no abscess known FINDINGS: abscess of 2 cm', 'abscess'],
])(
  'a heading may hold a bracket, a date or a second heading, and stand within a line: %s',
  (text, result) => {
    expect(results(text)).toEqual([result])
  },
)

test('a category in another language is read, and a low one decides nothing there', () => {
  const text = 'BI-RADS 2 beidseits, kein Anhalt für Abszess.'

  expect(categories(text)).toEqual(['2'])
  expect(results(text)).toEqual(['unreadable'])
  expect(results('BI-RADS 5, Verdacht auf Karzinom der linken Brust.')).toEqual(['suspicious'])
})

test('each side has its category, also where the second side begins a sentence', () => {
  expect(categories('BI-RADS right: 1. Left: 4.').toSorted()).toEqual(['1 right', '4 left'])
  expect(categories('BI-RADS R: 1 Negative. L: 0 Incomplete.').toSorted()).toEqual(['0 left', '1 right'])
  expect(categories('Right: BI-RADS 2. Left: BI-RADS 4.').toSorted()).toEqual(['2 right', '4 left'])
})

test.each([
  ['What was called an abscess is a galactocele.', 'normal'],
  ['What was called a collection is now an abscess.', 'abscess'],
  ['Abscess protocol ultrasound. No collection.', 'normal'],
  ['Abscess clinic referral. 3 cm abscess.', 'abscess'],
  ['PRELIM: abscess. FINAL: no abscess.', 'normal'],
  ['PRELIM: no abscess. FINAL: abscess.', 'abscess'],
])('what only bears the name of a finding finds nothing: %s', (text, result) => {
  expect(results(text)).toEqual([result])
})

test.each([
  ['Update: abscess drained', 'unreadable'],
  ['Drained abscess.', 'unreadable'],
  ['Abscess needs to be drained.', 'abscess'],
  ['Abscess has not been drained.', 'abscess'],
  ['Abscess drained, 2 cm again now.', 'abscess'],
  ['3 cm abscess that can be drained.', 'abscess'],
  ['Any abscess can be drained.', 'unreadable'],
])('a drained abscess is past, one that is to be drained is there: %s', (text, result) => {
  expect(results(text)).toEqual([result])
})

test.each([
  ['Collection with fat-fluid level, consistent with galactocele.', 'normal'],
  ['Collection with fat-fluid level and a galactocele.', 'collection'],
  ['What was thought to be mastitis is an abscess.', 'abscess'],
  ['What was thought to be an abscess is a galactocele.', 'normal'],
])('a finding has the name that the report gives it in the end: %s', (text, result) => {
  expect(results(text)).toEqual([result])
})

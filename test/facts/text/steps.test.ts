import { expect, test } from '@jest/globals'
import type { TextContext } from '../../../src/terminology/code-book.js'
import { testCodeBook } from '../../terminology/test-code-book.js'
import { shortly } from './shortly.js'

const examination: TextContext = { aboutBreast: true, side: 'unspecified', imaging: false }
const reads = (text: string, context: Partial<TextContext> = {}) =>
  shortly(testCodeBook().readText(text, { ...examination, ...context }))

test.each([
  ['accents are stripped', 'Rédness of the bréast', ['+erythema']],
  ['a curly apostrophe is a space', 'Peau d’orange right breast', ['+peau-d-orange right']],
  ['a hyphen parts words', "peau-d'orange", ['+peau-d-orange']],
  ["isn't negates", "The breast isn't red", ['-erythema']],
  ['a curly isn’t negates', 'The breast isn’t red', ['-erythema']],
  [
    "hasn't improved is a failure phrase",
    "The redness hasn't improved",
    ['+erythema', 'course not-improved'],
  ],
  ['capitals do not matter', 'LEFT BREAST RED', ['+erythema left']],
  ['a dot ends the sentence', 'No fever. Breast red', ['+erythema', '-fever-finding']],
  ['a semicolon ends the sentence', 'No fever; redness', ['+erythema', '-fever-finding']],
  ['a line break ends the sentence', 'No fever\nredness', ['+erythema', '-fever-finding']],
  ['an exclamation mark ends the sentence', 'No fever! redness', ['+erythema', '-fever-finding']],
  ['a dot inside a number does not', 'No fever 38.5 chills', ['-fever-finding', '-malaise']],
  ['a part of a word is no word', 'reddish, feverish, painting, shot, lumpy', []],
  ['non-tender is neither tender nor "no"', 'Breast non-tender, warm', ['+warmth']],
  ['non fluctuant says nothing', 'Non fluctuant', []],
  ['the same statement twice is given once', 'Redness. Red. Erythema.', ['+erythema']],
] as const)('step 1, words and sentences: %s', (_, text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test.each([
  ['Return if the breast is red.'],
  ['Return at once if fever.'],
  ['Come back if the lump grows.'],
  ['Seek care if redness or chills.'],
  ['If you see redness, ring us.'],
  ['Watch for fever and redness.'],
  ['In case of fever take paracetamol.'],
  ['Should redness or fever occur, ring us.'],
])('step 2: an instruction says nothing: %s', (text) => {
  expect(reads(text)).toEqual([])
})

test('step 2: only the sentence with the instruction is dropped', () => {
  expect(reads('Left breast red. Call if fever.')).toEqual(['+erythema left'])
})

test.each([
  ['Redness: no', ['-erythema']],
  ['Redness: yes', ['+erythema']],
  ['Redness of the left breast? no', ['-erythema left']],
  ['Redness? yes Warmth? no Fever? no', ['+erythema', '-fever-finding', '-warmth']],
  ['Fever: no, redness: yes', ['+erythema', '-fever-finding']],
  ['Fever or chills? no', ['-fever-finding', '-malaise']],
  ['No redness? yes', ['+erythema']],
  ['Breast redness?', ['+erythema?']],
  ['Impression: no redness', ['-erythema']],
  ['Mastitis: no fever', ['+mastitis-nos', '-fever-finding']],
  ['History of mastitis? yes', []],
] as const)('step 3, questionnaires: %s', (text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test.each([
  ...[
    'no improvement',
    'not improved',
    'not improving',
    'no better',
    'not better',
    'not responding',
    'no response',
    'failed to improve',
    'not resolved',
    'unresolved',
    'not gone',
    'not settled',
    'persists',
    'persistent',
  ].map((phrase) => [`Redness ${phrase}`, ['+erythema', 'course not-improved']] as const),
  ['Redness worse', ['+erythema', 'course worse']],
  ['Redness worsening', ['+erythema', 'course worse']],
  ['Redness spreading', ['+erythema', 'course worse']],
  ['Redness better', ['+erythema', 'course improved']],
  ['Redness improving', ['+erythema', 'course improved']],
  ['Redness resolving', ['+erythema', 'course improved']],
  ['Redness not worsening', ['+erythema']],
  ['Redness not spreading', ['+erythema']],
  ['Redness no worse', ['+erythema']],
  ['Redness no longer improving', ['+erythema']],
  ['History of worse pain', []],
] as const)('step 4, the course: %s', (text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test('step 4: a course is read only where the breast is the subject', () => {
  const elsewhere = { aboutBreast: false }
  expect(reads('Headache is worse', elsewhere)).toEqual([])
  expect(reads('Left breast is worse', elsewhere)).toEqual(['course worse left'])
  expect(reads('Mastitis not improving', elsewhere)).toEqual(['+mastitis-nos', 'course not-improved'])
})

test.each([
  ...['but', 'however', 'except', 'although', 'though', 'yet'].map(
    (word) => [`No fever ${word} redness`, ['+erythema', '-fever-finding']] as const,
  ),
  ['No fever, redness', ['-erythema', '-fever-finding']],
  ['No fever, redness noted', ['+erythema', '-fever-finding']],
  ['No fever, redness or warmth noted', ['-erythema', '-fever-finding', '-warmth']],
  ['No fever and breast is swollen', ['+swelling', '-fever-finding']],
  ['No fever and swelling', ['-fever-finding', '-swelling']],
  ['No fever and swelling, pain is present', ['+breast-pain', '-fever-finding', '-swelling']],
  ['Neither red nor hot', ['-erythema', '-warmth']],
] as const)('step 5, clauses: %s', (text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test.each([
  ...[
    'no',
    'not',
    'without',
    'denies',
    'denied',
    'neither',
    'nor',
    'never',
    'negative for',
    'absent',
    'absence of',
    'free of',
    'rule out',
    'r/o',
    'to exclude',
  ].map((word) => [`${word} redness or warmth`, ['-erythema', '-warmth']] as const),
  ...[
    'resolved',
    'absent',
    'negative',
    'gone',
    'cleared',
    'not seen',
    'not present',
    'ruled out',
    'no longer seen',
  ].map((word) => [`Redness ${word}`, ['-erythema']] as const),
  ['Redness of the breast is now all resolved', ['+erythema']],
  ['Redness is all resolved', ['-erythema']],
  ['Redness in the left breast is all resolved', ['-erythema left']],
  ['Redness, fever resolved', ['+erythema', '-fever-finding']],
  ['No longer red', ['-erythema']],
  ['Redness no longer', ['-erythema']],
  ['Redness no longer on the left breast', ['-erythema left']],
  ['Left breast: absent redness', ['-erythema left']],
  ['Breast not seen to be red', ['-erythema']],
  ['Redness, fever no longer', ['+erythema', '-fever-finding']],
  ['No redness seen, resolved', ['-erythema']],
  ['Fever absent, warmth', ['+warmth', '-fever-finding']],
  ['Not only red but hot', ['+erythema', '+warmth']],
  ['Redness before no', ['+erythema']],
] as const)('step 6, negation: %s', (text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test.each([
  ['History of redness', []],
  ['h/o redness', []],
  ['Previous redness', []],
  ['Prior redness', []],
  ['Family: redness', []],
  ['Redness last pregnancy', []],
  ['Mother had redness', []],
  ['History of mastitis, breast is red', ['+erythema']],
  ['History of few days of redness', ['+erythema']],
  ['History of several weeks of redness', ['+erythema']],
  ['History of 12 hours of redness', ['+erythema']],
  ['2 week history of redness', ['+erythema']],
  ['three-day history of redness', ['+erythema']],
  ['3-month history of breast lump', ['+lump']],
  ['History of 3 episodes of redness', []],
] as const)('step 7, history: %s', (text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test.each([
  ...[
    'possible',
    'probable',
    'suspected',
    'query',
    '?',
    'cannot exclude',
    "can't exclude",
    'concern for',
  ].map((word) => [`${word} redness`, ['+erythema?']] as const),
  ['Redness not excluded', ['+erythema?']],
  ['Cannot rule out redness', ['+erythema?']],
  ['Redness cannot be ruled out', ['+erythema?']],
  ['Possible redness but warm', ['+erythema?', '+warmth']],
  ['Possible redness. Redness.', ['+erythema']],
] as const)('step 8, doubt: %s', (text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test.each([
  ['Suspected mastitis', ['+mastitis-nos?']],
  ['Lactational mastitis', ['+mastitis-lactational']],
  ['No mastitis', ['-mastitis-nos']],
  ['Rule out mastitis', []],
  ['Non-lactational mastitis', ['+mastitis-nonlactational']],
  ['Periductal mastitis', ['+mastitis-nonlactational']],
  ['Mastitis, not breastfeeding', ['+mastitis-nos']],
  ['Postpartum abscess of the left breast', ['+abscess-lactational left']],
  ['Inflammatory changes, no breast cancer', []],
  ['Blocked milk duct', ['+blocked-duct']],
] as const)('diagnoses in prose: %s', (text, expected) => {
  expect(reads(text)).toEqual([...expected].sort())
})

test('a sentence that does not name the breast gives systemic words only', () => {
  const elsewhere = { aboutBreast: false }
  expect(reads('Leg red and swollen, fever and chills', elsewhere)).toEqual(['+fever-finding', '+malaise'])
  expect(reads('Nipple red and swollen', elsewhere)).toEqual(['+erythema', '+swelling'])
  expect(reads('Breast milk is brown', elsewhere)).toEqual([])
  expect(reads("Peau d'orange", elsewhere)).toEqual(['+peau-d-orange'])
})

test('a sign takes the side of its part, its clause or its resource, in this order; systemic signs have none', () => {
  expect(reads('Left breast red, right breast swollen', { side: 'both' })).toEqual([
    '+erythema left',
    '+swelling right',
  ])
  expect(reads('Redness of the left breast, warmth')).toEqual(['+erythema left', '+warmth left'])
  expect(reads('Redness', { side: 'right' })).toEqual(['+erythema right'])
  expect(reads('Redness of left and right breast')).toEqual(['+erythema both'])
  expect(reads('Bilateral redness')).toEqual(['+erythema both'])
  expect(reads('Fever and redness of the left breast', { side: 'left' })).toEqual([
    '+erythema left',
    '+fever-finding',
  ])
})

test('in imaging reports a mass and skin thickening are no signs', () => {
  expect(reads('Mass with skin thickening')).toEqual(['+lump', '+skin-thickening'])
  expect(reads('Mass with skin thickening', { imaging: true })).toEqual([])
})

test.each([
  ['severe pain', 'severe'],
  ['moderate breast pain', 'moderate'],
  ['mild to moderate pain', 'moderate'],
  ['pain is severe', 'severe'],
  ['mild redness, pain', undefined],
  ['severe redness and pain', undefined],
  ['pain', undefined],
] as const)('the grade that stands with a sign: %s', (text, grade) => {
  const pain = testCodeBook()
    .readText(text, examination)
    .signs.find(({ sign }) => sign === 'breast-pain')
  expect(pain).toBeDefined()
  expect(pain?.grade).toBe(grade)
})

test.each([
  ['redness in the upper outer quadrant', true, false],
  ['wedge-shaped redness', true, false],
  ['redness of one segment', true, false],
  ['new redness', false, true],
  ['new onset of breast redness', false, true],
  ['new patient seen today in clinic with redness', false, false],
  ['spreading redness', false, true],
  ['redness not spreading', false, false],
  ['redness', false, false],
] as const)('focal and spreading: %s', (text, focal, spreading) => {
  expect(testCodeBook().readText(text, examination).signs).toEqual([
    { sign: 'erythema', state: 'present', side: 'unspecified', possible: false, focal, spreading },
  ])
})

import { expect, test } from '@jest/globals'
import { readDocument } from '../../../src/terminology/text/read-document.js'
import { englishWords, wordFiles } from '../../reading/word-files.js'

const words = englishWords('exam', wordFiles())

/** Each mention as "target state side". */
const read = (text: string): readonly string[] =>
  readDocument(text, words, { place: 'breast' }).mentions.map(({ target, assertion, side }) =>
    [target, assertion.state, side ?? ''].join(' ').trim(),
  )

test('a denial reaches every noun of its list', () => {
  expect(read('No redness, heat or swelling of either breast.')).toEqual([
    'erythema absent both',
    'warmth absent both',
    'swelling absent both',
  ])
})

test('a clause with a place and an adjective ends a denial before it', () => {
  expect(read('No fever, left breast is red and hot.')).toEqual([
    'fever absent',
    'erythema present left',
    'warmth present left',
  ])
})

test('a label without a value is unreadable', () => {
  expect(read("Peau d'orange:")).toEqual(['peau-d-orange unreadable'])
})

test('a label of place gives its side to the lines below', () => {
  expect(read("Right breast\n- Redness: yes\n- Peau d'orange: no")).toEqual([
    'erythema present right',
    'peau-d-orange absent right',
  ])
})

test('a mention stands where it stood in the text that came in', () => {
  const text = 'Ｎo  PEAU\u2019 d\u2019Orange, left  breast rötet: ERYTHEMA'
  const [mention] = readDocument(text, words, { place: 'breast' }).mentions.filter(
    ({ target }) => target === 'erythema',
  )

  expect(mention && text.slice(mention.start, mention.end)).toBe('ERYTHEMA')
})

test.each(['No lump seen.', 'No lump felt', 'No lump present'])(
  'a denial before a target wins over an answer behind it: %s',
  (text) => {
    expect(read(text)).toEqual(['lump absent'])
  },
)

test.each([
  'No redness, warmth or lump noted.',
  'No redness, warmth, or lump seen',
  'Denies redness, warmth or lump present.',
])('a denial reaches to the end of a list of alternatives, whatever word closes the list: %s', (text) => {
  expect(read(text)).toEqual(['erythema absent', 'warmth absent', 'lump absent'])
})

test.each(['No fever, redness noted', 'No lump, but redness or warmth noted'])(
  'what is noted behind another denial is present: %s',
  (text) => {
    expect(read(text)).toContain('erythema present')
  },
)

test.each([
  ['Lives with her partner.\n\n- Breast red', 'erythema present'],
  ['Not breastfeeding from the left.\n- Breast red', 'erythema present'],
  ['No signs of:\n- redness', 'erythema absent'],
])(
  'a line that ends with a full stop says nothing of the list below it, an open one does: %j',
  (text, said) => {
    expect(read(text)).toEqual([said])
  },
)

test.each(['(', '[', '{', '*', '_', '-', '.', '?', '!', '|', 'a', '0', '\n', '☐'])(
  'a run of half a million times %j is read to its end',
  (sign) => {
    expect(read(`Breast red. ${sign.repeat(500_000)}`)).toContain('erythema present')
  },
)

test('a slip that left a letter out means the longer word', () => {
  expect(read('Absess of the breast')).toEqual(read('Abscess of the breast'))
})

test('a denial that begins a phrase in brackets is no answer to the target before them', () => {
  expect(read('Swelling (no redness)')).toEqual(['swelling present', 'erythema absent'])
})

test('an answer in brackets belongs to its label alone', () => {
  expect(read('Swelling: [no]  Redness: [yes]')).toEqual(['swelling absent', 'erythema present'])
})

test('a question with a verb is answered as one without', () => {
  expect(read('Lump present? No. Redness seen? Yes.')).toEqual(['lump absent', 'erythema present'])
})

test('"none now" takes the place of what was there before', () => {
  expect(read("Peau d'orange seen by the GP on the right breast; today neither breast shows it.")).toEqual([
    'peau-d-orange none right',
    'peau-d-orange absent right',
  ])
})

test('"none now" of one side leaves the other', () => {
  expect(read("Peau d'orange of the left breast. None on the right today.")).toEqual([
    'peau-d-orange present left',
    'peau-d-orange absent right',
  ])
})

test('letters of a key answer as the key says', () => {
  expect(read('A = absent, P = present. Dimpling A, lump P.')).toEqual([
    'peau-d-orange absent',
    'lump present',
  ])
})

test('without a key a letter answers nothing', () => {
  expect(read('Dimpling A, lump B.')).toEqual(['peau-d-orange present', 'lump present'])
})

test('lines with an answer each are not one sentence', () => {
  expect(read('dimpling no\nredness yes')).toEqual(['peau-d-orange absent', 'erythema present'])
})

test('a place that was left for an answer is unreadable', () => {
  expect(read("Redness *** Peau d'orange ***")).toEqual(['erythema unreadable', 'peau-d-orange unreadable'])
})

test.each([
  ['Redness L ++ R 0', ['erythema present left', 'erythema absent right']],
  ['Redness L + R', ['erythema present both']],
  ['dimpling no no', ['peau-d-orange absent']],
])('answers in a row: %s', (text, expected) => {
  expect(read(text)).toEqual(expected)
})

test('a dash denies in a table that also has a plus', () => {
  expect(read("Sign | Rt | Lt\nRedness | - | +\nPeau d'orange | - | -")).toEqual([
    'erythema absent right',
    'erythema present left',
    'peau-d-orange absent right',
    'peau-d-orange absent left',
  ])
})

test('a list to pick from is no answer to the label before it, nor to the noun behind it', () => {
  expect(read('Redness: {YES/NO:20200}   Induration: {YES/NO:20200}')).toEqual([
    'erythema unreadable',
    'swelling unreadable',
  ])
  expect(read('There is {no/mild:441} erythema.')).toEqual(['erythema unreadable'])
})

test('braces around words of the note are no list to pick from', () => {
  expect(read('Redness {left breast}')).toEqual(['erythema present left'])
})

test('a heading may name its time, and a plan is nothing that is so now', () => {
  expect(read('Goals for this week: redness gone, no fever.')).toEqual(['erythema none', 'fever none'])
  expect(read('Copied from an old note: redness. Exam today: no redness.')).toEqual([
    'erythema none',
    'erythema absent',
  ])
})

test('a word for yes or no behind a comma is the status of what stands before it', () => {
  expect(read('Redness of the left breast, no longer visible')).toEqual(['erythema absent left'])
})

test('a status of something that no list knows says nothing of what stands before it', () => {
  expect(read('Lump of the left breast, gravel gone')).toContain('lump present left')
  expect(read('Redness, lump xyz, fever settled')).toEqual([
    'erythema present',
    'lump present',
    'fever absent',
  ])
})

test.each([
  ['What looked like a lump is a rib.', ['lump absent']],
  ['What looked like bruising is now redness.', ['colour-change absent', 'erythema present']],
  ['The apparent dimpling turned out to be a bra mark.', ['peau-d-orange absent']],
  ['The lump turned out to be a cyst.', ['lump present']],
  ['Rather than a lump there is swelling.', ['lump absent', 'swelling present']],
  ['Swelling rather than a lump.', ['swelling present', 'lump absent']],
  ['Instead of fading the redness has a hot edge.', ['erythema present', 'warmth present']],
])('what is named instead is there, and what it was taken for is not: %s', (text, expected) => {
  expect(read(text).filter((said) => !said.startsWith('course'))).toEqual(expected)
})

test.each([
  ['The GP noted redness; not red today.', ['erythema none', 'erythema absent']],
  ['Triage wrote fluctuance; I do not feel fluctuance.', ['fluctuance none', 'fluctuance absent']],
  ['Lump noted. No other lump today.', ['lump present', 'lump absent']],
  ['Dimpling below; none in the upper half today.', ['peau-d-orange present', 'peau-d-orange absent']],
])(
  'what the examiner does not find now overtakes what was told, unless of another one: %s',
  (text, expected) => {
    expect(read(text)).toEqual(expected)
  },
)

test('who saw a sign is not who has it', () => {
  expect(read('Husband noticed redness.')).toEqual(['erythema present'])
  expect(read('Her mother had redness.')).toEqual(['erythema none'])
  expect(read('Mother has redness, her mother had a lump.')).toEqual(['erythema present', 'lump none'])
})

test('a sign that names its place says where the other signs of its sentence are', () => {
  const triage = (text: string) =>
    readDocument(text, words).mentions.map(({ target, place = '' }) => `${target} ${place}`.trim())

  expect(triage('Breast pain and redness')).toEqual(['breast-pain breast', 'erythema breast'])
  expect(triage('Fever and redness')).toEqual(['fever'])
})

test('a sign that needs the nipple has that of the sentence before, when its own names no place', () => {
  expect(read('Nipples seen. Retraction confirmed.')).toEqual(['nipple-retraction present'])
  expect(read('Nipples seen. Skin retraction.')).toEqual([])
})

test.each([
  ['Not fluctuant, firm.', ['fluctuance absent', 'swelling present']],
  ['Not red, hot or swollen.', ['erythema absent', 'warmth absent', 'swelling absent']],
])('"not" reaches over a comma in a list of alternatives only: %s', (text, expected) => {
  expect(read(text)).toEqual(expected)
})

test('the other breast is opposite to the one spoken of before', () => {
  expect(read('Right breast soft; contralateral breast red.')).toEqual(['erythema present left'])
})

test('"no" to how a sign goes says nothing of the sign', () => {
  expect(read('Redness spreading? No')).toContain('erythema unreadable')
  expect(read('Redness spreading? Yes')).toContain('erythema present')
})

test.each([
  ['Redness almost gone.', 'erythema present'],
  ['Redness gone.', 'erythema absent'],
  ['Swelling not quite settled.', 'swelling present'],
])('what is not quite gone is there: %s', (text, said) => {
  expect(read(text)).toEqual([said])
})

test.each(['(R) breast red, (L) normal', 'R) breast red, L) normal', 'Right breast red, left normal'])(
  'a side in brackets is a side like any other: %s',
  (text) => {
    expect(read(text)).toEqual(['erythema present right', 'erythema absent left'])
  },
)

test('a number or letter with a bracket that begins an item is no side', () => {
  expect(read('1) red breast 2) fever')).toEqual(['erythema present', 'fever present'])
})

test('a place left for the answer is no answer, whatever label follows; a place that is named there is one', () => {
  expect(read('Breast warmth: *** Breast swelling: ***')).toEqual([
    'warmth unreadable',
    'swelling unreadable',
  ])
  expect(read('Warmth: left breast')).toEqual(['warmth present left'])
})

test('a list under "negatives" is denied', () => {
  expect(read("Pertinent negatives - breast lump, peau d'orange")).toEqual([
    'lump absent',
    'peau-d-orange absent',
  ])
})

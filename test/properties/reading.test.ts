import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readText } from '../../src/terminology/text/read-text.js'
import { rounds } from '../depth.js'
import { linesIn } from '../reading/labels.js'
import { textWords } from '../reading/word-files.js'

const words = textWords()
const runs = rounds(3_000, 300)

const read = (text: string): readonly string[] =>
  readText({ kind: 'exam', text }, words)
    .readings.map(({ term, state, side, value }) => [term, value, state, side].join(' '))
    .sort()

const termOf = {
  redness: 'erythema',
  warmth: 'warmth',
  swelling: 'swelling',
  lump: 'lump',
  fluctuance: 'fluctuance',
  "peau d'orange": 'peau-d-orange',
  'skin thickening': 'skin-thickening',
  'nipple retraction': 'nipple-retraction',
  fever: 'fever',
  chills: 'malaise',
} as const
const signs = Object.keys(termOf) as (keyof typeof termOf)[]

const someSigns = fc.shuffledSubarray(signs, { minLength: 2 })
const denial = fc.constantFrom('No', 'Denies', 'There is no', 'Without', 'No evidence of', 'Negative for')
const joins = [', ', ' , ', ',\n', ', or ', ' or ']
const lastJoin = fc.constantFrom(' or ', ', or ', ' or\n', ' nor ')
const ending = fc.constantFrom('', '.', ' noted.', ' seen', ' today.', ' on examination.')

test('a denied list is denied, whatever its order, its joins and its line breaks', () => {
  fc.assert(
    fc.property(
      someSigns,
      denial,
      fc.constantFrom(...joins),
      lastJoin,
      ending,
      (some, no, join, last, end) => {
        const list = `${some.slice(0, -1).join(join)}${last}${some.at(-1) ?? ''}`
        const expected = some.map((sign) => `${termOf[sign]} absent`)
        const readings = readText({ kind: 'exam', text: `${no} ${list}${end}` }, words).readings

        expect(readings.map(({ term, state }) => `${term} ${state}`).sort()).toEqual(expected.sort())
      },
    ),
    { numRuns: runs },
  )
})

test('a denied list reads the same in upper case and behind any bullet', () => {
  fc.assert(
    fc.property(
      someSigns,
      denial,
      fc.constantFrom('- ', '* ', '• ', '1. ', 'a) ', '> '),
      (some, no, bullet) => {
        const text = `${no} ${some.join(', ')}`

        expect(read(text.toUpperCase())).toEqual(read(text))
        expect(read(`${bullet}${text}`)).toEqual(read(text))
      },
    ),
    { numRuns: runs },
  )
})

const unrelated = [
  'Weight 64 kg.',
  'Lives with her partner.',
  'Discussed the car seat.',
  'Vitamin D given.',
  'Interpreter present.',
  'Next visit on Tuesday.',
]
const examLines = ['handed', 'product'].flatMap((name) =>
  linesIn(`test/reading/corpus/${name}`).filter(({ kind, about }) => kind === 'exam' && about === undefined),
)

test('an unrelated sentence before or behind a note changes no reading', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...examLines),
      fc.constantFrom(...unrelated),
      fc.boolean(),
      ({ text }, sentence, before) => {
        const note = `${text.trimEnd()}${/[.!?]$/.test(text.trimEnd()) ? '' : '.'}`

        expect(read(before ? `${sentence}\n\n${note}` : `${note}\n\n${sentence}`)).toEqual(read(note))
      },
    ),
    { numRuns: runs },
  )
})

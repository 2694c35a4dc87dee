import { describe, expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import type { TextKind } from '../../../src/terminology/text/reading.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()
const signs = { present: '+', absent: '-', unreadable: '?' }

/** What a text was read as: "-fever", "+erythema left", "+peau-d-orange possible". */
const read = (kind: TextKind, text: string): readonly string[] =>
  readText({ kind, text }, words)
    .readings.map(({ term, state, value, side, possible }) =>
      [`${signs[state]}${term}`, value, side, possible ? 'possible' : undefined]
        .filter((part) => part !== undefined)
        .join(' '),
    )
    .sort()

type Case = readonly [text: string, said: readonly string[]]

const reads = (kind: TextKind, cases: readonly Case[]): void =>
  test.each(cases)('%j', (text, said) => {
    expect(read(kind, text)).toEqual([...said].sort())
  })

describe('columns that are parted by spaces', () => {
  reads('exam', [
    ['            Left    Right\nSwelling    +       -', ['+swelling left', '-swelling right']],
    ['Sign      R breast   L breast\nWarmth    yes        no', ['+warmth right', '-warmth left']],
    ['              Yes   No\nDimpling      x\nFluctuance          x', ['+peau-d-orange', '-fluctuance']],
    ['Dimpling      wait for doctor\nLump          nil', ['?peau-d-orange', '-lump']],
    ['L breast: red;hot   R breast: soft;pale', ['+erythema left', '+warmth left']],
  ])
})

describe('a list of names with a list of answers', () => {
  reads('exam', [
    ['Warmth/swelling/lump left: -/+/-', ['-warmth left', '+swelling left', '-lump left']],
    ['Fever, chills: no, yes', ['-fever', '+malaise']],
    ['Swelling (L/R): +/-', ['+swelling left', '-swelling right']],
    ['Dimpling: +/-', ['?peau-d-orange']],
  ])
})

describe('signs glued behind their words, and pairs of label and answer in one line', () => {
  reads('exam', [
    ['L breast: hot+ red+ dimpling-', ['+warmth left', '+erythema left', '-peau-d-orange left']],
    ['Lump  0   Swelling  2   Fever  0', ['-lump', '+swelling', '-fever']],
    ['Swelling - none / slight / marked (circle): slight', ['+swelling']],
    ['Lump: no / Swelling: yes', ['-lump', '+swelling']],
  ])
})

describe('boxes before words that are no listed answer', () => {
  reads('exam', [
    ['Lump  ○ not felt  ● 2-4 cm  ○ > 4 cm', ['+lump']],
    ['Swelling: [ ] none [x] lower inner quadrant', ['+swelling']],
    ['Dimpling: [ ] none [x] ask surgeon', ['?peau-d-orange']],
    ['Dimpling: [ ] none [ ] lower quadrant', ['?peau-d-orange']],
  ])
})

describe('a key stands for the answers of a text, before or behind them', () => {
  reads('exam', [
    ['Fluctuance: n/d. (n/d = not done)', ['?fluctuance']],
    ['NF = not found, F = found\nLump NF, dimpling F', ['-lump', '+peau-d-orange']],
    ['Swelling 2, lump 0 (0 = none, 1 = slight, 2 = marked)', ['+swelling', '-lump']],
  ])
})

describe('tags are where a line, a cell or a label ends', () => {
  reads('exam', [
    ['<p>Left breast <i>hot</i>.</p><p>No lump</p>', ['+warmth left', '-lump left']],
    [
      '<table><tr><th></th><th>Left</th><th>Right</th></tr><tr><td>Lump</td><td>yes</td><td>no</td></tr></table>',
      ['+lump left', '-lump right'],
    ],
    ['<note><warmth>yes</warmth><skinDimpling>no</skinDimpling></note>', ['+warmth', '-peau-d-orange']],
    ['Peau d&#39;orange:&nbsp;no', ['-peau-d-orange']],
    ['Pain <5 today, swelling of the left breast', ['+breast-pain left', '+swelling left']],
  ])
})

describe('of a series of days the latest counts', () => {
  reads('exam', [
    ['Day 1 left breast red, day 2 less red, day 4 nil', ['-erythema left']],
    ['Thu: breast hot. Fri: hot. Sat: not hot', ['-warmth']],
    ['Sat: no lump. Sun: no lump. Mon: lump left breast', ['+lump left']],
    ['Day 3 of antibiotics, day 12 postpartum, breast red', ['+erythema']],
  ])
})

describe('a side alone takes up what was said of the other', () => {
  reads('exam', [
    ['Left nipple cracked, right likewise.', ['+nipple-fissure left', '+nipple-fissure right']],
    ['The left breast is red, so is the right.', ['+erythema left', '+erythema right']],
    ['No lump in the right breast, left ditto.', ['-lump left', '-lump right']],
  ])
})

describe('what the words around a sign make of it', () => {
  reads('exam', [
    ['A 29 year old woman with a red left breast.', ['+erythema left']],
    ['Redness of the right and swelling of the left breast.', ['+erythema right', '+swelling left']],
    ['Charted dimpling in error.', []],
    ['Left breast is far from hot.', ['-warmth left']],
    ['Woman in the next bay has a fever.', []],
    ['At 6 breast red; by noon redness gone.', ['-erythema']],
    ['Week 1 cracked nipples, week 3 healed.', ['-nipple-fissure']],
  ])
  reads('report', [
    ['No abscess, mastitis only.', ['+result normal']],
    ["Replaces report saying 'abscess'. Final: no abscess.", ['+result normal']],
  ])
  reads('condition', [
    ['Neonatal sepsis screen', []],
    ['Breast abscess x2 (2016, L, I+D)', []],
  ])
})

describe('a doubt that something is not so', () => {
  reads('exam', [
    ["Could not be certain the right breast isn't dimpled.", ['+peau-d-orange right possible']],
    ['Unlikely to be dimpling: bra marks.', ['-peau-d-orange']],
    ['No lump: breast soft throughout.', ['-lump']],
    ['No lump: ___', ['?lump']],
  ])
})

describe('what is said of a thing or place that no list knows is unreadable', () => {
  reads('exam', [
    ['Offered hot porridge.', ['?warmth']],
    ['Swelling of the parotid.', ['?swelling']],
    ['Red plaque on the left breast.', ['+erythema left']],
    ['Breast red laterally.', ['+erythema']],
    ['Firm, mobile node in the left axilla.', ['+axillary-node left']],
  ])
})

describe('in a report an unknown word behind a finding takes nothing away', () => {
  reads('report', [['Suspicious spiculated mass.', ['+result suspicious']]])
})

describe('what was named before and has gone', () => {
  reads('exam', [
    ['Breasts sore and swollen on Friday; this resolved by day 8.', ['-breast-pain', '-swelling']],
    ['Right breast: lump 3 cm. Skin unremarkable.', ['+lump right']],
  ])
})

describe('a year alone tells of an earlier time, but for what lasts', () => {
  reads('condition', [
    ['Puerperal sepsis 2018', []],
    ['Breast abscess (2020)', []],
    ['HIV 2014', ['+set hiv']],
    ['Mastitis since 2025', ['+set mastitis-nos']],
  ])
  reads('exam', [['Temp 38.8 at 2030', ['+fever']]])
  reads('report', [['BI-RADS 5 was given in 2019. BI-RADS 1.', ['+birads 1', '+result normal']]])
})

describe('reports in rows, and addenda that rename', () => {
  reads('report', [
    [
      'Left | no abscess | BI-RADS 1\nRight | 3 cm abscess | BI-RADS 2',
      ['+birads 1 left', '+birads 2 right', '+result abscess right', '+result normal left'],
    ],
    [
      'ADDENDUM: the finding reported as an abscess is a galactocele. IMPRESSION: abscess.',
      ['+result normal'],
    ],
    ['The collection described below measures 4 cm.', ['+result collection']],
  ])
})

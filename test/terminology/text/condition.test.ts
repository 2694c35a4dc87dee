import { describe, expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

const said = (text: string): readonly string[] =>
  readText({ kind: 'condition', text }, words)
    .readings.filter(({ state }) => state === 'present')
    .map(({ term, value, side }) => [term, value, side].filter(Boolean).join(' '))

describe('the words of a diagnosis', () => {
  test.each([
    ['Mastitis, left breast', ['set mastitis-nos left']],
    ['Puerperal mastitis', ['set mastitis-lactational']],
    ['Mastitis ?abscess', ['set mastitis-nos']],
    ['Abscess?', []],
    ['Mastitis suspected', []],
    ['Mastitis with previous babies', []],
    ['Granulomatous mastitis', ['set mastitis-nonlactational']],
    ['Neonatal mastitis', []],
    ['Inflammatory carcinoma of the right breast', ['set ibc right']],
    ['Family history of inflammatory breast cancer', []],
    ['Herpes simplex, left nipple', ['set hsv-breast']],
    ['Baby died on day 2', ['set loss']],
    ['Husband died', []],
    ['Termination at 14 weeks', ['set loss']],
    ['Termination at 13 weeks', []],
    ['Born at 36 weeks', ['set preterm-infant']],
    ['Born at 37 weeks', []],
    ['HIV infection', ['set hiv']],
    ['HIV screening', []],
    ['Sepsis due to mastitis', ['set sepsis', 'set mastitis-nos']],
    ['Neonatal sepsis', ['set preterm-infant']],
    ['Heroin use, in sustained remission', []],
    ['Heroin use, in partial remission', ['set substance']],
    ['Left breast abscess, healed', []],
    ['Left breast abscess, not healed', ['set abscess-nos left']],
    ['Left mastitis. Resolved.', []],
    ['Chickenpox, onset 2 days before delivery', ['set varicella']],
    ['Chickenpox before pregnancy', []],
    ['What was thought to be mastitis is a breast abscess', ['set abscess-nos']],
  ])('%s: %j', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

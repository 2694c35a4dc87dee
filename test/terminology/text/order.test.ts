import { describe, expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

const said = (text: string): readonly string[] =>
  readText({ kind: 'order', text }, words)
    .readings.filter(({ state }) => state === 'present')
    .map(({ term, value, side }) => [term, value, side].filter(Boolean).join(' '))

describe('the words of an order', () => {
  test.each([
    ['US BREAST LT', ['need ultrasound left']],
    ['MG DIAG BILAT W US BREAST LT', ['need mammogram both', 'need ultrasound left']],
    ['Left breast US and right mammogram', ['need ultrasound left', 'need mammogram right']],
    ['Cefalexin 500 MG breast infection', []],
    ['Echographie mammaire', ['need ultrasound']],
    ['Contact us about the breast pump', []],
    ['Ultrasound-guided aspiration of breast abscess', ['need drainage']],
    ['Aspiration of left breast abscess under ultrasound', ['need drainage left']],
    ['Left breast ultrasound. Cancelled.', []],
    ['Core biopsy left breast', ['need breast-biopsy left']],
    ['Punch biopsy of the skin of the breast', ['need skin-biopsy']],
    ['Breast ultrasound not indicated', []],
    ['Left mastectomy', ['need breast-surgery left']],
    ['Bilateral breast reduction', ['need breast-surgery both']],
    ['Removal of breast implants', ['need breast-surgery']],
    ['Excision of right breast lump', ['need breast-surgery right']],
    ['Excision biopsy of left breast', ['need breast-biopsy left']],
    ['Excision of mole, back', []],
    ['Mastectomy scar massage', []],
    ['Augmentation of labour', []],
    ['Stop all breastfeeding', ['stops-feeding']],
    ['Do not stop breastfeeding', []],
    ['Stop pumping between feeds', []],
  ])('%s: %j', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })
})

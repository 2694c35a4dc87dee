import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { escapeChartText, longestChartText } from '../../../src/cards/choose/escape-chart-text.js'

test.each([
  // what the chart holds                      what the card prints
  ['Dicloxacillin 500 mg', 'Dicloxacillin 500 mg'],
  ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
  ['[x](javascript:alert(1))', '\\[x\\](javascript:alert(1))'],
  ['![x](data:image/png)', '\\!\\[x\\](data:image/png)'],
  ['a | b', 'a \\| b'],
  ['`code`', '\\`code\\`'],
  ['**bold** _and_ ~~gone~~', '\\*\\*bold\\*\\* \\_and\\_ \\~\\~gone\\~\\~'],
  ['# heading', '\\# heading'],
  ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
  ['https://evil.example', 'https: //evil.example'],
  ['WWW.evil.example', 'W WW.evil.example'],
  ['mail me@evil.example', 'mail me at evil.example'],
  ['abc\u202Etxt.exe', 'abc txt.exe'],
  ['zero\u200Bwidth', 'zero width'],
  ['line one\nline two\r\n\u2028- item', 'line one line two - item'],
  ['lone \uD800 surrogate', 'lone   surrogate'],
  ['\\', '\\\\'],
])('SEC-060 %j is printed as harmless text', (chart, card) => {
  expect(escapeChartText(chart)).toBe(card)
})

test('SEC-060 text longer than 200 characters is cut with an ellipsis', () => {
  const cut = escapeChartText('*'.repeat(5000))

  expect(cut.length).toBeLessThanOrEqual(longestChartText)
  expect(cut.endsWith('…')).toBe(true)
})

test('SEC-060 whatever the chart holds, no tag, link, line break or invisible character is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (chart) => {
      const card = escapeChartText(chart)

      expect(card.length).toBeLessThanOrEqual(longestChartText)
      expect(card).not.toMatch(/[<>\n\r\u2028\u2029\u202A-\u202E\u2066-\u2069]/u)
      expect(card.replace(/\\./gu, '')).not.toMatch(/[`*_[\]#|~!]/u)
      expect(card).not.toMatch(/:\/\/|www\.|@/iu)
    }),
    { numRuns: 500 },
  )
})

import { expect, test } from '@jest/globals'
import { readText } from '../../../src/terminology/text/read-text.js'
import { textWords } from '../../reading/word-files.js'

const words = textWords()

const routesIn = (text: string): readonly unknown[] =>
  readText({ kind: 'route', text }, words).readings.map(({ value }) => value)

test.each([
  ['Topical', 'local'],
  ['gel', 'local'],
  ['foam', 'local'],
  ['Salbe', 'local'],
  ['collyre', 'local'],
  ['OP OINT', 'local'],
  ['VA CREA', 'local'],
  ['Apply a thin layer', 'local'],
  ['ophthalmic', 'local-place'],
  ['vaginal', 'local-place'],
  ['1 capsule by mouth', 'systemic'],
  ['IV', 'systemic'],
  ['Filmtabletten', 'systemic'],
])('%s is a %s route', (text, route) => {
  expect(routesIn(text)).toContain(route)
})

test.each([
  'four times a day',
  '500 mg for ear infection',
  'Avoid contact with eyes',
  'apply warm compresses',
  'see instructions',
])('%s names no route', (text) => {
  expect(routesIn(text)).toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parseDocument, visit, isScalar } from 'yaml'

const glossary = readFileSync('GLOSSARY.md', 'utf8')
const rows = [...glossary.matchAll(/^\| (?!word \||---)(.+?) \| (.+?) \|(.*)\|$/gm)].map(
  ([, word = '', means = '', not = '']) => ({ word, means, not }),
)

const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/`([a-z]+)`/g)].map(([, word = '']) => word)
const lastLine = glossary.trimEnd().split('\n').at(-1) ?? ''
const unwanted = [...new Set([...rows.map(({ not }) => not), lastLine].flatMap(quoted))]

const filesIn = (folder: string, ending: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name))

/** The names that a file exports; for every file also its own name. */
function namesOf(file: string): readonly string[] {
  const exported = readFileSync(file, 'utf8').matchAll(
    /^export (?:abstract |async )*(?:class|interface|type|const|function) (\w+)/gm,
  )
  return [basename(file, '.ts'), ...[...exported].map(([, name = '']) => name)]
}

/** The keys of a YAML file; names of cards, sets and parameters are keys or folders. */
function keysOf(file: string): readonly string[] {
  const keys: string[] = []
  visit(parseDocument(readFileSync(file, 'utf8')), {
    Pair: (_at, { key }) => {
      if (isScalar(key)) keys.push(String(key.value))
    },
  })
  return keys
}

const wordsIn = (name: string): readonly string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)

const names = [
  ...filesIn('src', '.ts').flatMap((file) => namesOf(file).map((name) => ({ file, name }))),
  ...filesIn('cards', '.yaml').flatMap((file) => keysOf(file).map((name) => ({ file, name }))),
  ...readdirSync('cards').map((name) => ({ file: 'cards', name })),
]

test.each(unwanted)('no name says "%s", for which the glossary has another word', (word) => {
  const found = names.filter(({ name }) => wordsIn(name).some((part) => part === word || part === `${word}s`))

  expect(found.map(({ file, name }) => `${file}: ${name}`)).toEqual([])
})

test('each word has one row and one or two sentences', () => {
  const words = rows.flatMap(({ word }) => word.replaceAll(/ \(.+?\)/g, '').split(', '))
  const twice = words.filter((word, at) => words.indexOf(word) !== at)

  expect(twice).toEqual(['draft']) // an order, and the state of a card
  for (const { word, means } of rows) expect([word, means]).toEqual([word, expect.stringMatching(/[.;]$/)])
  expect(words.filter((word) => unwanted.includes(word))).toEqual([])
})

test('the glossary is one page', () => {
  expect(glossary.split('\n').length).toBeLessThan(110)
})

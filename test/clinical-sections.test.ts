import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { withRuleLinks } from '../src/cli/pages/rule-links.js'
import type { Citation } from './clinical-citations.js'
import { citationsIn, filesBelow, idsOf } from './clinical-citations.js'
import { anchorsIn, idsIn } from './page-anchors.js'
import { rowsOfBook } from './worked-examples-table.js'

const book = 'docs/clinical'
const chapters = readdirSync(book).map((name) => join(book, name))
const textOf = new Map(chapters.map((file) => [file, readFileSync(file, 'utf8')]))

const ids = [...textOf.values()].flatMap(idsIn)
const known = new Set(ids)

const cited = ['src', 'cards', 'docs', 'web', 'test', 'bench'].flatMap((folder) =>
  filesBelow(folder, ['.ts', '.tsx', '.yaml', '.md', '.mjs']),
)
const citations = cited.flatMap((file) => citationsIn(file))
const unresolved = (list: readonly Citation[]): readonly string[] =>
  list.flatMap(({ at, words, ids: wanted }) =>
    wanted.filter((id) => !known.has(id)).map((id) => `${at} cites ${id}: "${words}"`),
  )

test('every citation of a clinical rule leads to a section of the rule book', () => {
  expect(unresolved(citations)).toEqual([])
  expect(citations.length).toBeGreaterThan(300)
})

test.each([
  ['2.3, 3.6', ['2.3', '3.6']],
  ['2.9 step 5', ['2.9', '2.9-step-5']],
  ['5.4 steps 1, 2 and 4', ['5.4', '5.4-step-1', '5.4-step-2', '5.4-step-4']],
  ['7, rule 4', ['7', '7-rule-4']],
  ['1.1, P1 to P5', ['1.1', '1.1-P1', '1.1-P5']],
  ['6.1 row 2, R5 of 5.3', ['6.1', '6.1-row-2', '5.3-R5', '5.3']],
  ['7 rule 7 with 6.1 row 6', ['7', '7-rule-7', '6.1', '6.1-row-6']],
  ['7 rule 2b with 8', ['7', '7-rule-2b', '8']],
])('"clinical %s" cites %j', (words, wanted) => expect(idsOf(words)).toEqual(wanted))

test('a citation that leads nowhere is named with its file and line, also when it goes on in the next line', () => {
  const cites = 'Source: clinical' // apart from the numbers, so that this file cites nothing
  const lost = citationsIn('some/file.ts', `const a = 1\n/**\n * ${cites} 3.3,\n *         9.9.\n */`)

  expect(unresolved(lost)).toEqual([`some/file.ts:3 cites 9.9: "${cites.slice(8)} 3.3, 9.9"`])
})

test('every rule of a row is a link on the generated pages, also to what it names beside its first section', () => {
  const rules = citations.filter(({ words }) => words.startsWith('rule: '))
  const unlinked = rules.filter(({ words }) => !withRuleLinks(words.slice(6), 'book').startsWith('['))

  expect(unlinked).toEqual([])
  expect(withRuleLinks('7 rule 2b with 8, R5 of 5.3, stages 7 and 8', 'book')).toBe(
    '[7 rule 2b](book/7-orders.md#7-rule-2b) [with 8](book/8-suppression.md#8), [R5](book/5-stages-and-flags.md#5.3-R5) of [5.3](book/5-stages-and-flags.md#5.3), stages 7 and 8',
  )
})

test('no id stands twice in the rule book', () => {
  expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([])
})

test('every row of the decisions and every order rule that gives a card is carried out by a row of a card', () => {
  const rows = new Set(citations.filter(({ words }) => words.startsWith('rule: ')).flatMap((row) => row.ids))
  const decisions = ids.filter((id) => /^(6\.1-row|7-rule)-/.test(id))

  expect(decisions.filter((id) => !rows.has(id))).toEqual([])
})

const cardPages = filesBelow('docs/generated/cards', ['.md'])

test.each([...chapters, ...cardPages])('%s links only to files and headings that are there', (file) => {
  const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)]
  const lost = links.filter(([, path = '', anchor]) => {
    const target = path === '' ? file : join(dirname(file), path)
    if (!existsSync(target)) return true
    return anchor !== undefined && !anchorsIn(readFileSync(target, 'utf8')).has(anchor)
  })

  expect(lost.map(([link]) => link)).toEqual([])
})

interface Parameter {
  value: string | number | boolean
  unit: string
  source: string
}

const parameters = parse(readFileSync('cards/parameters.yaml', 'utf8')) as Record<string, Parameter>

/** How a unit is written in the book; units that are not here are not printed. */
const unitWords: Readonly<Record<string, string>> = {
  a: ' years',
  d: ' days',
  wk: ' weeks',
  h: ' h',
  min: ' min',
  Cel: ' °C',
  '%': ' %',
  '/min': '/min',
  '10*9/L': ' × 10⁹/L',
  'mm[Hg]': ' mmHg',
  'mg/dL': ' mg/dL',
  'mmol/L': ' mmol/L',
}

const namesOfParameters = /`([a-z][a-zA-Z]*\.[a-z]\w*)`(?: \(([^)]*)\))?/g
const filesAndFields = /\.(ts|md|yaml|json|csv)$|^context\./

test.each(chapters)('every parameter in %s exists and has the value that stands beside it', (file) => {
  const wrong = [...(textOf.get(file) ?? '').matchAll(namesOfParameters)].flatMap(([, name = '', shown]) => {
    if (filesAndFields.test(name)) return []
    const parameter = parameters[name]
    if (!parameter) return [`${name} is no parameter`]
    const value = `${parameter.value}${unitWords[parameter.unit] ?? ''}`
    return shown === undefined || shown === value ? [] : [`${name} is ${value}, not ${shown}`]
  })

  expect(wrong).toEqual([])
})

test('the worked examples of the book are those whose answers are tested', () => {
  const table = (textOf.get('docs/clinical/8-suppression.md') ?? '').split('\n')

  expect(table.filter((line) => /^\| (<a id="8\.1-example-\d+"><\/a>)?\d+ \|/.test(line))).toEqual(
    rowsOfBook(),
  )
})

test('every parameter has a place in chapter 9, and a source that can be looked up', () => {
  const chapter = textOf.get('docs/clinical/9-parameters.md') ?? ''

  expect(Object.keys(parameters).filter((name) => !chapter.includes(`\`${name}\``))).toEqual([])
  const lost = Object.values(parameters)
    .flatMap(({ source }) => source.split(', '))
    .filter((source) => {
      const disagreement = /^disagreement (D\d+)$/.exec(source)?.[1]
      if (disagreement !== undefined) return !known.has(`10-${disagreement}`)
      return !['charter', 'consensus', 'local'].includes(source) && !known.has(`13-${source}`)
    })
  expect(lost).toEqual([])
})

test('every source that a card can name stands in chapter 13, except what the site itself writes', () => {
  const sources = Object.keys(parse(readFileSync('cards/sources.yaml', 'utf8')) as object)
  const ofSite = ['CHARTER', 'GUIDE', 'LOSS']

  expect(sources.filter((key) => !ofSite.includes(key) && !known.has(`13-${key}`))).toEqual([])
})

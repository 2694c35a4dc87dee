import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { findingDefinitions } from '../src/assess/registry.js'
import { cardPage } from '../src/cli/pages/card-page.js'
import { generatedPages } from '../src/cli/pages/generated-pages.js'
import { catalogue } from '../src/workbench/catalogue.js'
import { realPack } from './cards/content-of.js'

const pages = generatedPages('.')
const named = pages.map((page) => [page.file, page] as const)

test.each(named)('%s is what the content says; else run npm run docs', (file, { text }) => {
  expect(existsSync(file) ? readFileSync(file, 'utf8') : 'missing').toBe(text)
})

test('no page of a card that is gone stays behind', () => {
  const made = pages.map(({ file }) => file)

  for (const name of readdirSync('docs/generated/cards'))
    expect(made).toContain(`docs/generated/cards/${name}`)
})

test('every finding has its section', () => {
  const { text = '' } = pages.find(({ file }) => file.endsWith('findings.md')) ?? {}

  expect(text.match(/^## .+$/gmu)).toEqual(findingDefinitions.map(({ name }) => `## ${name}`))
})

test('the sheet of a card lists every version, newest first, with what it changed and its approval', () => {
  const [card] = catalogue('cards', realPack(), false).cards
  if (!card) throw new Error('no card')
  const first = { version: '1.0.0', date: '2026-11-24', changed: 'First version.' }
  const second = { version: '1.1.0', date: '2027-02-01', changed: 'Shown 24 h earlier.' }
  const text = cardPage({
    ...card,
    history: [
      { ...second, approval: 'draft, not clinically reviewed' },
      { ...first, approval: 'obstetrics, 2027-01-05' },
    ],
  })

  expect(text).toContain(
    [
      '- **1.1.0**, 2027-02-01: Shown 24 h earlier. Approval: draft, not clinically reviewed.',
      '- **1.0.0**, 2026-11-24: First version. Approval: obstetrics, 2027-01-05.',
    ].join('\n'),
  )
})

test.each(named)('%s links only to what is there', (file, { text }) => {
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/gu)].map(([, target = '']) => target)

  expect([...new Set(links)].filter((target) => !existsSync(join(dirname(file), target)))).toEqual([])
})

/** Both sides of one sheet of A4 in 9 point. */
const charactersPerLine = 120
const linesPerSheet = 2 * 62

/** The cards with more rows than one sheet holds. */
const onTwoSheets = /\/(ultrasound|punch-biopsy)\.md$/

test.each(named.filter(([file]) => file.includes('/cards/')))(
  '%s prints on one sheet, the longest two on two',
  (file, { text }) => {
    const lines = text
      .replaceAll(/\]\([^)]*\)/gu, ']')
      .split('\n')
      .filter((line) => line !== '')
    const printed = lines.map((line) => Math.ceil(line.length / charactersPerLine))

    expect(printed.reduce((sum, count) => sum + count, 0)).toBeLessThan(
      onTwoSheets.test(file) ? 2 * linesPerSheet : linesPerSheet,
    )
  },
)

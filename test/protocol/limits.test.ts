import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { budgets } from '../../src/protocol/limits.js'

const own = join('protocol', 'limits.test.ts')
const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts') && name !== own)
  .map((name) => readFileSync(join('test', name), 'utf8'))
const operate = readFileSync('docs/operate.md', 'utf8')

test.each(Object.keys(budgets))('the budget %s has a test that names it', (name) => {
  const named = new RegExp(`\\bbudgets\\.${name}\\b|'${name}'`)

  expect(tests.some((text) => named.test(text))).toBe(true)
})

test.each(Object.entries(budgets))('docs/operate.md gives the budget %s with its number', (_, budget) => {
  const { most, what, beyond } = budget

  expect(operate).toContain(`| ${most.toLocaleString('en')} | ${what} | ${beyond} |`)
})

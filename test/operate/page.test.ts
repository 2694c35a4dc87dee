import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { errorCatalogue } from '../../src/protocol/error-catalogue.js'
import { makeMetrics } from '../../src/http/admin/metrics.js'
import type { Budget } from '../../src/protocol/limits.js'
import { budgets } from '../../src/protocol/limits.js'
import { authReasons } from '../../src/http/trust/auth-refused.js'

const page = readFileSync('docs/operate.md', 'utf8')
const found = (pattern: RegExp): readonly string[] => [
  ...new Set([...page.matchAll(pattern)].flatMap(([, name = '']) => name.split('|'))),
]

test('AUD-054 every alert of docs/operate.md watches an existing metric', () => {
  const known = new Set(
    makeMetrics('0.0.0', [])
      .registry.getMetricsAsArray()
      .map(({ name }) => name),
  )
  const named = found(/\b(cds_[a-z_]+)\b/g).map((name) => name.replace(/_bucket$/, ''))

  expect(named.length).toBeGreaterThan(6)
  expect(named.filter((name) => !known.has(name))).toEqual([])
})

test('every reason for refusing a token, and every outcome, that an alert names exists', () => {
  const reasons = found(/reason=~?"([^"]+)"/g)
  const codes = [...found(/outcome="([^"]+)"/g), ...found(/code="([^"]+)"/g)]

  expect(reasons.filter((reason) => !(reason in authReasons))).toEqual([])
  expect(codes.filter((code) => !(code in errorCatalogue))).toEqual([])
  expect(reasons.length + codes.length).toBeGreaterThan(5)
})

test('the page lists every budget of a call with its number, and no other', () => {
  const section = page.slice(page.indexOf('## Budgets of a call')).split('\n## ')[0] ?? ''
  const rows = Object.values<Budget>(budgets).map(
    ({ most, what, beyond }) => `| ${most.toLocaleString('en-US')} | ${what} | ${beyond} |`,
  )

  expect([...section.matchAll(/^\| [\d,]+ \|.*$/gm)].map(([row]) => row)).toEqual(rows)
})

test('the service writes every log text for which the page tells operators to search', () => {
  const sources = [
    'src/audit/recording-parts.ts',
    'src/audit/record-writing.ts',
    'src/service/reload.ts',
    'src/http/fatal.ts',
  ]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

  for (const words of [
    'audit store works',
    'audit store lost',
    'audit spool failed',
    'reload refused',
    'ended by an unexpected error',
  ]) {
    expect(page).toContain(words)
    expect(sources).toContain(`'${words}'`)
  }
})

test.each(['docs/operate.md', 'docs/release.md'])(
  'every file and npm script that %s names exists',
  (name) => {
    const text = readFileSync(name, 'utf8')
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>
    }
    const files = [...text.matchAll(/`((?:docs|deploy|cards|test|\.ci)\/[\w./-]*)`/g)].map(
      ([, file = '']) => file,
    )

    expect(files.filter((file) => file !== 'docs/generated/bench.md' && !existsSync(file))).toEqual([])
    expect([...text.matchAll(/npm run ([\w:]+)/g)].filter(([, script = '']) => !(script in scripts))).toEqual(
      [],
    )
  },
)

import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startService } from './operate/process.js'
import type { RunningService } from './operate/process.js'
import { testedBlock } from './tested-block.js'

const readme = readFileSync('README.md', 'utf8')

const tested = (name: string): string => testedBlock('README.md', name)

let service: RunningService

beforeAll(async () => {
  service = await startService()
})

afterAll(() => {
  service.child.kill('SIGTERM')
})

/** Runs the README's curl, on this port and for this patient. */
async function curl(patient?: string): Promise<{ cards: { indicator: string; summary: string }[] }> {
  const command = tested('curl')
    .replaceAll('http://127.0.0.1:3000', service.base)
    .replace('antibiotic-48h-not-improving', patient ?? 'antibiotic-48h-not-improving')
  const { stdout } = await promisify(execFile)('bash', ['-c', command])
  return JSON.parse(stdout) as Awaited<ReturnType<typeof curl>>
}

const lines = (cards: Awaited<ReturnType<typeof curl>>['cards']): string =>
  cards.map(({ indicator, summary }) => `${indicator.padEnd(8)} ${summary}\n`).join('')

test('the curl of the README gives the cards that the README prints', async () => {
  expect(lines((await curl()).cards)).toBe(tested('summaries'))
})

test('the twin at 47 hours gets no ultrasound card, as the README says', async () => {
  const second = tested('summaries').split('\n')[1] ?? ''

  expect(lines((await curl('antibiotic-47h-not-improving')).cards)).toBe(`${second}\n`)
})

test('a healthy lactating woman gets no card, as the README says', async () => {
  expect(await curl('healthy-lactating')).toEqual({ cards: [] })
})

test('every file and page that the README links to exists', () => {
  const targets = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, target = '']) => target)

  expect(targets.filter((target) => !existsSync(target))).toEqual([])
})

test('every npm script that the README names exists', () => {
  const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> })
    .scripts
  const named = [...readme.matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name)

  expect(named.filter((name) => !(name in scripts))).toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import ts from 'typescript'

/** A regular expression literal of the source, and where it stands. */
interface Found {
  place: string
  source: string
  flags: string
}

function literalsOf(file: string): readonly Found[] {
  const found: Found[] = []
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true)
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.text) ?? []
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
      found.push({ place: `${file}:${line + 1}`, source, flags })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

const expressions = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => literalsOf(join('src', name)))

/** 100 KiB that make a careless expression go back and forth: runs of what it likes, then something it does not. */
const hostile: readonly string[] = [
  ...['a', '0', ' ', '-', '.', '/', ';', '\n', '\\', '(', 'A', '=', '_', 'é', '#', ','].map(
    (one) => one.repeat(102_400) + '\u0000',
  ),
  ...['ab ', '0-', '. ', 'a.', '<a', 'x=', '0.0', 'http://', 'history of ', ' day ', '-day '].map(
    (one) => one.repeat(Math.ceil(102_400 / one.length)) + '\u0000',
  ),
]

/** Generous, because other tests run beside this one; a careless expression takes seconds. */
const limitMs = 200

function slowest({ source, flags }: Found): number {
  let worst = 0
  for (const text of hostile) {
    const expression = new RegExp(source, flags)
    const started = performance.now()
    if (expression.global) text.replaceAll(expression, '')
    else expression.test(text)
    worst = Math.max(worst, performance.now() - started)
    if (worst > limitMs) return worst
  }
  return worst
}

/**
 * Expressions that only ever see short text of our own or of the command line, or text cut before: with the reason.
 */
const bounded: readonly { place: RegExp; why: string }[] = [
  { place: /facts\/answers\.ts/, why: 'only sees texts of at most 20 characters' },
  { place: /http\/errors\.ts/, why: 'only sees 4,000 characters of the frames of our own stack' },
]

test('SEC-045 no expression of the source takes long over 100 KiB of hostile text', () => {
  const slow = expressions
    .filter(({ place }) => !bounded.some((entry) => entry.place.test(place)))
    .map((found) => ({ ...found, ms: slowest(found) }))
    .filter((found) => found.ms > limitMs && slowest(found) > limitMs) // twice: once can be a busy machine
    .map(({ place, source, ms }) => `${place} /${source}/ ${Math.round(ms)} ms`)

  expect(expressions.length).toBeGreaterThan(50)
  expect(slow).toEqual([])
}, 120_000)

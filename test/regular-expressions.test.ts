import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { analyse } from 'scslre'
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

/** The expression with the character whose repetition makes it slow, for each way in which it is. */
const slowWays = ({ place, source, flags }: Found): readonly string[] =>
  analyse({ source, flags }).reports.map(
    ({ character }) => `${place} /${source}/ is slow over many ${JSON.stringify(character.pick)}`,
  )

test('SEC-045 every expression of the source reads a text in time linear in its length', () => {
  expect(expressions.length).toBeGreaterThan(50)
  expect(expressions.flatMap(slowWays)).toEqual([])
})

test.each(['^(a+)+$', '^\\s*(.+?)\\s*$', 'a+b'])(
  'SEC-045 a slow expression would be named: /%s/',
  (source) => {
    expect(slowWays({ place: 'here', source, flags: '' })).not.toEqual([])
  },
)

test('SEC-045 an expression whose steps never try the same text again is not named', () => {
  expect(slowWays({ place: 'here', source: '^a+b$', flags: '' })).toEqual([])
})

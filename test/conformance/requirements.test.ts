import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { idsIn } from './titles.js'

/** One line of the conformance list: where it comes from, and the file whose test names it, or why there is none. */
interface Row {
  id: string
  level: string
  clause: string
  test: string
  reason: string
}

const rows: readonly Row[] = readFileSync('test/conformance/requirements.csv', 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [id = '', level = '', clause = '', file = '', ...reason] = line.split(',')
    return { id, level, clause, test: file, reason: reason.join(',').replaceAll(/^"|"$/g, '') }
  })

/** How many lines each group of the list has. */
const groups: Readonly<Record<string, number>> = {
  A: 7,
  D: 6,
  Q: 5,
  H: 7,
  P: 10,
  F: 11,
  R: 15,
  E: 5,
  B: 7,
  J: 14,
  O: 3,
  X: 1,
  S: 5,
}

test('every line of every group is listed once, with level and clause', () => {
  const expected = Object.entries(groups).flatMap(([group, count]) =>
    Array.from({ length: count }, (_, at) => `${group}${at + 1}`),
  )

  expect(rows.map(({ id }) => id)).toEqual(expected)
  for (const { level, clause } of rows) {
    expect(['M', 'S', 'O', '3', 'P']).toContain(level)
    expect(clause).toMatch(/^https:\/\/cds-hooks\.hl7\.org\//)
  }
})

test.each(rows.map((row) => [row.id, row] as const))(
  '%s has a test that names it, or a reason',
  (id, row) => {
    if (row.test === '') expect(row.reason.length).toBeGreaterThan(40)
    else
      expect(
        existsSync(row.test) && idsIn(row.test).has(id) ? id : `no test named "${id} …" in ${row.test}`,
      ).toBe(id)
  },
)

test('a line that the standard demands is never without a test, except where it binds somebody else', () => {
  expect(rows.filter(({ level, test: file }) => level === 'M' && file === '').map(({ id }) => id)).toEqual([
    'B5',
  ])
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { reportPage } from './report-page.js'
import { outlived, readGroups, type Group, type Mutant } from './survivors.js'

const groups = readGroups()
const mutant = (given: Partial<Mutant> = {}): Mutant => ({
  file: 'src/assess/side/a.ts',
  line: 3,
  status: 'Survived',
  mutator: 'ConditionalExpression',
  original: 'list.length === 0',
  replacement: 'false',
  context: 'if (list.length === 0) return []',
  ...given,
})
const group: Group = {
  title: 'Shortcuts',
  because: 'The answer is the same.',
  elsewhere: 'Nothing else notices.',
  survivors: {
    'side/a.ts': { 'if (list.length === 0) return []': ['list.length === 0 → false'] },
  },
}

test.each(groups.map((each) => [each.title, each] as const))(
  'the survivors of "%s" have a reason, and stand in files that exist',
  (_, { because, elsewhere, survivors }) => {
    expect(because).toMatch(/\.\s*$/)
    expect(elsewhere).toMatch(/\.\s*$/)
    for (const file of Object.keys(survivors)) expect(existsSync(join('src/assess', file))).toBe(true)
  },
)

test('no survivor is explained twice', () => {
  const named = groups.flatMap(({ survivors }) =>
    Object.entries(survivors).flatMap(([file, lines]) =>
      Object.entries(lines).flatMap(([line, changes]) =>
        changes.map((change) => `${file}\n${line}\n${change}`),
      ),
    ),
  )

  expect(new Set(named).size).toBe(named.length)
})

test('a survivor keeps its reason when its line moves, and loses it when the line is written anew', () => {
  const page = reportPage(
    [
      mutant({ line: 40 }),
      mutant({ context: 'if (list.length === 0) return nothing' }),
      mutant({ status: 'Killed' }),
    ],
    [group],
  )

  expect(page).toContain('Survivors explained: 1 of 2')
  expect(page).toContain('Survivors not explained: 1')
  expect(page).toContain('| **all** | 3 | 1 | 2 | 33.3 % |')
})

test('an explanation that has no survivor left is told', () => {
  expect(outlived(group, [mutant()])).toEqual([])
  expect(outlived(group, [])).toEqual(['side/a.ts: list.length === 0 → false'])
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

const folder = 'docs/adr'
const decisions = readdirSync(folder)
  .filter((name) => /^\d{4}-.+\.md$/.test(name))
  .map((file) => {
    const text = readFileSync(join(folder, file), 'utf8')
    const [, number = '', title = ''] = /^# (\d{4}) (.+)\n\n\*\*Status\.\*\* /.exec(text) ?? []
    const [, date = '', status = ''] = /^\*\*Status\.\*\* (\d{4}-\d\d-\d\d): (.+)\.$/m.exec(text) ?? []
    return { file, number, title, date, status, text }
  })

const statusForm =
  /^(accepted|accepted, superseded in part by LINKS|superseded by LINKS)(; supersedes LINKS)?(; supersedes in part LINKS)?$/

test.each(decisions.map((decision) => [decision.file, decision] as const))(
  '%s begins with its number and title, and has a status',
  (file, { number, date, status, text }) => {
    expect(file.slice(0, 4)).toBe(number)
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(status.replaceAll(/\[\d{4}\]\([^)]+\)(, \[\d{4}\]\([^)]+\))*/g, 'LINKS')).toMatch(statusForm)
    for (const part of ['**Decision.**', 'we would notice it was wrong'])
      expect(text.toLowerCase()).toContain(part.toLowerCase())
  },
)

test('the index lists every decision once, with the title, date and status of its file, and one line', () => {
  const index = readFileSync(join(folder, 'README.md'), 'utf8')
  const rows = [...index.matchAll(/^(\| \[\d{4}\].+) \| [A-Z`][^|]+[.;] \|$/gm)].map(([, row]) => row)

  expect(rows).toEqual(
    decisions.map(
      ({ file, number, title, date, status }) => `| [${number}](${file}) | ${title} | ${date} | ${status}`,
    ),
  )
})

/** Pairs "newer older" that the statuses name after these words. */
const pairs = (words: RegExp, pair: (own: string, named: string) => string): readonly string[] =>
  decisions.flatMap(({ number, status }) =>
    [...(words.exec(status)?.[1] ?? '').matchAll(/\[(\d{4})\]/g)].map(([, named = '']) =>
      pair(number, named),
    ),
  )

test.each([
  ['supersedes', /\bsupersedes (\[[^;]+)/, /\bsuperseded by ([^;]+)/],
  ['supersedes in part', /\bsupersedes in part ([^;]+)/, /\bsuperseded in part by ([^;]+)/],
])('what one decision %s names that decision', (_words, newer, older) => {
  const said = pairs(newer, (own, named) => `${own} ${named}`)
  const answered = pairs(older, (own, named) => `${named} ${own}`)

  expect([...said].sort()).toEqual([...answered].sort())
})

test.each(decisions.map(({ file, text }) => [file, text] as const))(
  '%s links only to what is there',
  (_file, text) => {
    const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target)

    expect(targets.filter((target) => !existsSync(join(folder, target)))).toEqual([])
  },
)

test('every ADR that code, content and documents name is there', () => {
  const roots = ['src', 'test', 'bench', 'cards', 'docs', 'deploy', 'web/src']
  const known = new Set(decisions.map(({ number }) => number))
  const lost = roots.flatMap((root) =>
    readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs|md|yaml)$/.test(name))
      .flatMap((name) =>
        [...readFileSync(join(root, name), 'utf8').matchAll(/\bADR (\d{4})\b/g)]
          .filter(([, number = '']) => !known.has(number))
          .map(([words]) => `${join(root, name)}: ${words}`),
      ),
  )

  expect(lost).toEqual([])
})

const decisionOf = (number: string): string =>
  decisions.find((decision) => decision.number === number)?.text ?? ''

test('ADR 0001 names every entry at the top level', () => {
  const ignored = new Set(['.git', ...readFileSync('.gitignore', 'utf8').split(/\/?\n/)])
  const entries = readdirSync('.').filter((name) => !ignored.has(name))

  expect(
    entries.filter(
      (name) => !decisionOf('0001').includes(`\`${name}\``) && !decisionOf('0001').includes(`\`${name}/\``),
    ),
  ).toEqual([])
})

test('ADR 0004 has a line for every package', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >
  const packages = Object.keys({ ...dependencies, ...devDependencies })

  expect(
    packages.filter((name) => !name.startsWith('@types/') && !decisionOf('0004').includes(`\`${name}\``)),
  ).toEqual([])
})

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { commandEntry } from '../entry.js'

const folder = mkdtempSync(join(tmpdir(), 'command-line-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Runs `mastitis-cds …` in a process of its own. */
function run(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; err: string }> {
  const { PATH = '' } = process.env
  return new Promise((resolve) => {
    execFile(process.execPath, [...commandEntry, ...args], { env: { PATH, ...env } }, (error, _out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, err }),
    )
  })
}

const missing = join(folder, 'typed-wrong.db')

test.each([
  // what is wrong           command                                        environment                              code, words
  ['an unknown option', ['audit', 'export', '--bogus'], {}, 2, /^Unknown option '--bogus'. See --help.\n$/],
  [
    'no such settings',
    ['audit', 'metrics'],
    { CONFIG: join(folder, 'none.yaml') },
    1,
    /^environment CONFIG names .* cannot be read/,
  ],
  ['no such site', ['cards', 'check', '--site', folder], {}, 1, /cannot be read; correct the path/],
  [
    'no such store',
    ['audit', 'metrics'],
    { AUDIT_DATABASE: `file:${missing}` },
    1,
    /where no record was ever kept/,
  ],
  [
    'a store that is away',
    ['audit', 'metrics'],
    { AUDIT_DATABASE: 'postgres://127.0.0.1:1/x' },
    1,
    /cannot be opened \(ECONNREFUSED\)/,
  ],
] as const)(
  '%s is told in a sentence, without a stack',
  async (_, args, env, code, words) => {
    const { err, ...ended } = await run(args, env)

    expect(ended.code).toBe(code)
    expect(err).toMatch(words)
    expect(err).not.toContain('    at ')
  },
  60_000,
)

test('a path typed wrong makes no empty store', () => {
  expect(existsSync(missing)).toBe(false)
})

import { createPublicKey } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { auditPlaces } from '../../src/audit/audit-places.js'
import { makeDailyAnchor } from '../../src/audit/daily-anchor.js'
import { readSigningKey } from '../../src/audit/key-files.js'
import { anchorLine, anchorOf } from '../../src/audit/signed-head.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { again, libraryOf, newFolder, openIn, settingsIn, signHead, traceOf } from './rig.js'
import { exported, verified } from './tampered-log.js'

const dayMs = 86_400_000
const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true }))

/** Waits until a file stands in a folder. */
async function appears(place: string, name: string): Promise<void> {
  for await (const { filename } of watch(place)) if (filename === name) return
}

test('the command receives the line as its last argument and no environment, and verify accepts the line', async () => {
  const kept = join(folder, 'kept')
  mkdirSync(kept)
  const keep = 'printf "%s|%s" "$1" "$AUDIT_DATABASE" > "$0.part" && /bin/mv "$0.part" "$0"'
  const own = settingsIn(folder)
  const anchorCommand = ['/bin/sh', '-c', keep, join(kept, 'line')]
  const settings = { ...own, audit: { ...own.audit, anchorCommand } }
  const library = libraryOf()
  const isKept = appears(kept, 'line')
  process.env['AUDIT_DATABASE'] = 'a secret address'
  const audit = await openIn(folder, library, { settings })
  await audit.record(again(await traceOf(library)))
  await audit.close()
  await isKept
  delete process.env['AUDIT_DATABASE']
  const [line = '', environment] = readFileSync(join(kept, 'line'), 'utf8').split('|')
  const publicKey = createPublicKey(
    readSigningKey(auditPlaces(settings, () => undefined).signingKey).publicPem,
  )
  const db = openDatabase(settings.audit.database)
  const lines = await exported(db)
  await db.destroy()
  const { seq = 0 } = anchorOf(line) ?? {}
  const cut = lines.filter((text) => !text.includes(`"seq":${seq},`))

  expect(environment).toBe('')
  expect(seq).toBeGreaterThan(1)
  expect(verified(lines, { publicKey, anchors: [line] }).faults).toEqual([])
  expect(verified(cut, { publicKey, anchors: [line] }).faults).not.toEqual([])
})

/** A way to tell anchors by a clock that the test sets, and what the log was told. */
function telling(command: readonly string[] | undefined) {
  const logged: { message: string; fields?: object | undefined }[] = []
  let now = Date.UTC(2026, 2, 3)
  let onWarned = (): void => undefined
  const warned = new Promise<void>((resolve) => {
    onWarned = resolve
  })
  const log = {
    info: (message: string, fields?: object) => logged.push({ message, fields }),
    warn(message: string, fields?: object) {
      logged.push({ message, fields })
      onWarned()
    },
  }
  const tell = makeDailyAnchor({ clock: () => now, log, command })
  return { tell, logged, warned, later: (ms: number) => (now += ms) }
}

const head = signHead({ stream: 's', seq: 1, hash: 'a'.repeat(64) })

test.each([
  [dayMs - 1, 1],
  [dayMs, 2],
])('anchors are logged once a day: %i ms after the first there are %i', (ms, times) => {
  const { tell, logged, later } = telling(undefined)
  tell(head)
  later(ms)
  tell(head)

  expect(logged).toHaveLength(times)
  expect(logged[0]).toEqual({ message: 'audit anchor', fields: { anchor: anchorLine(head) } })
})

const aFile = join(folder, 'no-program')
writeFileSync(aFile, 'text')

test.each([
  ['is not there', ['/nowhere/keep-anchor']],
  ['is no program', [aFile]],
  ['leads through a file', [join(aFile, 'keep-anchor')]],
  ['ends with an error', ['/bin/sh', '-c', 'echo marker-of-its-words >&2; exit 3']],
])(
  'a command that %s is logged without its output, stops nothing, and runs again at the next checkpoint',
  async (_, command) => {
    const { tell, logged, warned } = telling(command)
    tell(head)
    await warned
    const told = logged.map(({ message }) => message)
    tell(head)

    expect(told).toEqual(['audit anchor', 'audit anchor not kept'])
    expect(JSON.stringify(logged)).not.toMatch(/marker-of-its-words|nowhere|no-program/)
    expect(logged.filter(({ message }) => message === 'audit anchor')).toHaveLength(2)
  },
)

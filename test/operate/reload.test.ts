import { expect, test } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CardError, ConfigError, RecordUnavailable } from '../../src/errors.js'
import { makeReload, needsRestart } from '../../src/service/reload.js'
import type { Settings } from '../../src/config/settings.js'
import { makeService } from '../../src/service/service.js'
import { aClient, auditIn, someSettings } from '../http/rig.js'

/** A log that keeps its lines. */
function aLog() {
  const lines: string[] = []
  const keep = (message: string, fields: object = {}): number =>
    lines.push(`${message} ${JSON.stringify(fields)}`)
  return { lines, info: keep, error: keep }
}

test('signals during a reload lead to one more reload, however many they are', async () => {
  let release = (): void => undefined
  const applied: Settings[] = []
  const reload = makeReload({
    readSettings: () => someSettings(),
    apply: (settings) => {
      applied.push(settings)
      return applied.length > 1 ? Promise.resolve() : new Promise((resolve) => (release = resolve))
    },
    log: aLog(),
  })
  const first = reload()
  await Promise.resolve()
  const more = [reload(), reload(), reload()]
  release()
  await Promise.all([first, ...more])

  expect(applied).toHaveLength(2)
})

test('after a refused reload the next signal reloads again', async () => {
  const log = aLog()
  let broken = true
  const problem = { file: 'site.yaml', line: 3, says: 'has the unknown key "x"', fix: 'remove it' }
  const reload = makeReload({
    readSettings: () => someSettings(),
    apply: () => (broken ? Promise.reject(new CardError([problem])) : Promise.resolve()),
    log,
  })
  await reload()
  broken = false
  await reload()

  expect(log.lines[0]).toContain('site.yaml:3 has the unknown key')
  expect(log.lines[1]).toMatch(/^reloaded/)
})

test.each([
  // what goes wrong                 the error                                                         what the log says
  [
    'settings with two faults',
    new ConfigError([problemAt('a'), problemAt('b')]),
    '"c.yaml a; fix","c.yaml b; fix"',
  ],
  ['a change nobody can record', new RecordUnavailable(), 'The audit record could not be stored'],
  ['a bug, whose message may quote data', new TypeError('Zzcanary'), '"TypeError"'],
] as const)(
  'SEC-080 %s: the log names problems of files, and for any other error only its class',
  async (_, error, says) => {
    const log = aLog()
    const readSettings = (): Settings => {
      throw error
    }
    await makeReload({ readSettings, apply: () => Promise.resolve(), log })()

    expect(log.lines.join()).toContain(says)
    expect(log.lines.join()).not.toContain('Zzcanary')
  },
)

function problemAt(says: string) {
  return { file: 'c.yaml', says, fix: 'fix' }
}

test.each([
  // what changes                     the change                                                needs a restart
  ['nothing', {}, []],
  ['clients', { clients: [aClient({ rulesMode: 'silent' })] }, []],
  ['limits', { limits: { ...someSettings().limits, depth: 32 } }, []],
  ['the mode', { mode: 'production' }, ['mode']],
  ['the audit', { audit: { ...someSettings().audit, retentionDays: 1 } }, ['audit']],
  ['the admin listener', { admin: { port: 1, host: '127.0.0.1' } }, ['admin']],
] as const)('%s changed: a restart is required only where the process cannot follow', (_, change, names) => {
  const found = needsRestart(someSettings(), someSettings(change))

  expect(found.map(({ says }) => says.split(' ')[0])).toEqual(names)
})

test('a change that could not be recorded is not put in force', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'reload-'))
  const settings = someSettings({ audit: auditIn(folder) })
  const service = await makeService(settings, { note: () => undefined })
  try {
    const before = service.express()
    await service.close() // its store is gone,
    rmSync(folder, { recursive: true })
    writeFileSync(folder, '') // and there is no place for its spool
    const fresh = { ...settings, clients: [aClient({ rulesMode: 'silent' })] }

    await expect(service.reload(fresh)).rejects.toThrow()
    expect(service.express()).toBe(before)
  } finally {
    rmSync(folder)
  }
})

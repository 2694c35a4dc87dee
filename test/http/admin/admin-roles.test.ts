import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Express } from 'express'
import request from 'supertest'
import type { Question } from '../../../src/auditor/question.js'
import { ConfigError } from '../../../src/errors.js'
import { buildAdminApp } from '../../../src/http/admin/admin-app.js'
import { readAdminTokens } from '../../../src/http/admin/admin-tokens.js'
import { makeMetrics } from '../../../src/http/admin/metrics.js'
import type { Settings } from '../../../src/config/settings.js'
import { newFolder, settingsIn } from '../../audit/rig.js'

const folder = newFolder()
afterAll(() => rmSync(folder, { recursive: true }))

const tokenFile = (name: string, token = `${name}-token-of-the-test-0123456789-0123456789`): string => {
  writeFileSync(join(folder, name), `${token}\n`)
  return join(folder, name)
}
const authorizationOf = (name: string): string => `Bearer ${name}-token-of-the-test-0123456789-0123456789`

const admin: NonNullable<Settings['admin']> = {
  port: 0,
  host: '127.0.0.1',
  tokenFile: tokenFile('first'),
  tokens: [
    { file: tokenFile('reader'), role: 'reader', client: 'hospital-a' },
    { file: tokenFile('auditor'), role: 'auditor', client: 'hospital-a' },
    { file: tokenFile('operator'), role: 'operator' },
  ],
}

let asked: Question[] = []
let noted: object[] = []

/** The admin app over a store that notes each access, and a process that would answer each question. */
function appWith(changes: Partial<NonNullable<Settings['admin']>> = {}): Express {
  return buildAdminApp({
    settings: { ...settingsIn(folder), admin: { ...admin, ...changes } },
    registry: makeMetrics('1.2.3', ['hospital-a', 'hospital-b']).registry,
    archive: {
      note: (_type, body) => {
        noted.push(body)
        return Promise.resolve({ stream: 's', seq: 1, hash: 'h' })
      },
    },
    auditors: {
      enter: () => ({
        answer: (question, res) => {
          asked.push(question)
          res.end()
          return Promise.resolve()
        },
        leave: () => undefined,
      }),
    },
    note: () => undefined,
  })
}
const app = appWith()

beforeEach(() => {
  asked = []
  noted = []
})

const routes = {
  metrics: '/api/audit/metrics?by=card',
  report: '/api/audit/report?month=2026-03',
  explain: '/api/audit/explain/019cb2f4-3a80-7c41-9d0e-5a2f6b7c8d90?why=incident',
  replay: '/api/audit/replay?from=2026-03-01',
  export: '/api/audit/export?format=auditevent',
  chain: '/api/audit/chain?why=incident',
}
type RouteName = keyof typeof routes

const withClient = (path: string, client: string | undefined): string =>
  client === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}client=${client}`

const ask = (name: string, path: string) => request(app).get(path).set('Authorization', authorizationOf(name))

const tenantOf = (question: Question | undefined): string | undefined => {
  const { range, tenant } = question as { range?: { tenant?: string }; tenant?: string }
  return range?.tenant ?? tenant
}

const may: Record<string, readonly RouteName[]> = {
  reader: ['metrics', 'report'],
  auditor: ['metrics', 'report', 'explain', 'replay', 'export'],
  operator: ['metrics', 'report', 'explain', 'replay', 'export', 'chain'],
  first: ['metrics', 'report', 'explain', 'replay', 'export', 'chain'],
}
const everything = Object.entries(may).flatMap(([role, allowed]) =>
  (Object.keys(routes) as RouteName[]).flatMap((route) =>
    [undefined, 'hospital-a', 'hospital-b'].map((client) => {
      const own = role === 'operator' || role === 'first' || client !== 'hospital-b'
      return [role, route, client ?? 'no client', allowed.includes(route) && own ? 200 : 403, client] as const
    }),
  ),
)

describe('AUD-092 the questions that a token allows', () => {
  test.each(everything)('%s, %s, %s: %i', async (role, route, _client, status, client) => {
    const answer = await ask(role, withClient(routes[route], client))

    expect(answer.status).toBe(status)
    expect(asked).toHaveLength(status === 200 ? 1 : 0)
    expect(noted).toHaveLength(status === 200 ? 1 : 0)
    if (status === 403) expect(answer.text).toContain('AUDIT_FORBIDDEN')
  })

  test.each(['metrics', 'report', 'explain', 'replay', 'export'] as const)(
    'a token of one client asks %s of that client alone, with or without its name; an operator asks of the named client or of all',
    async (route) => {
      for (const client of [undefined, 'hospital-a']) {
        await ask('auditor', withClient(routes[route], client))
        expect(tenantOf(asked.pop())).toBe('hospital-a')
      }
      await ask('operator', routes[route])
      expect(tenantOf(asked.pop())).toBeUndefined()
      await ask('operator', withClient(routes[route], 'hospital-b'))
      expect(tenantOf(asked.pop())).toBe('hospital-b')
    },
  )

  test.each(['/api/audit/export', '/api/audit/export?format=ndjson'])(
    'a token of one client may not ask %s, because no part of the chain can be verified alone; an operator may',
    async (path) => {
      const refused = await ask('auditor', path)

      expect([refused.status, asked, noted]).toEqual([403, [], []])
      expect(refused.text).toContain('Ask for format=auditevent or format=deidentified.')
      expect((await ask('operator', path)).status).toBe(200)
      expect(asked).toEqual([{ ask: 'export', format: 'ndjson', range: {} }])
    },
  )

  test('AUD-032 each access is recorded with role and client', async () => {
    await ask('reader', routes.metrics)
    await ask('first', routes.chain)

    expect(noted).toEqual([
      expect.objectContaining({
        ...{ what: 'metrics json', why: 'committee', by: 'api', role: 'reader', client: 'hospital-a' },
        range: { tenant: 'hospital-a' },
      }),
      expect.objectContaining({ what: 'chain status', why: 'incident', role: 'operator' }),
    ])
    expect(noted[1]).not.toHaveProperty('client')
  })
})

describe('the counters, which cover all clients', () => {
  test.each([
    ['reader', 403],
    ['auditor', 403],
    ['operator', 200],
    ['first', 200],
    ['unknown', 401],
  ])('%s: %i', async (role, status) => {
    expect((await ask(role, '/metrics')).status).toBe(status)
  })

  test('need a token once tokens of single clients are configured, and none before', async () => {
    const { tokens: _tokens, ...alone } = admin
    const before = buildAdminApp({
      settings: { ...settingsIn(folder), admin: alone },
      registry: makeMetrics('1.2.3', []).registry,
      auditors: { enter: () => ({ answer: () => Promise.resolve(), leave: () => undefined }) },
      note: () => undefined,
    })

    expect((await request(app).get('/metrics')).status).toBe(401)
    expect((await request(before).get('/metrics')).status).toBe(200)
  })
})

describe('SEC-084 a token file that other accounts can read', () => {
  const file = tokenFile('open')
  const start = (mode: Settings['mode']): unknown =>
    readAdminTokens({ mode, admin: { port: 0, host: '127.0.0.1', tokens: [{ file, role: 'operator' }] } })

  test.each([
    [0o600, true],
    [0o400, true],
    [0o640, false],
    [0o604, false],
    [0o644, false],
  ])('with permissions %o production starts: %s; development always starts', (rights, starts) => {
    chmodSync(file, rights)

    if (starts) expect(start('production')).toHaveLength(1)
    else expect(() => start('production')).toThrow(`${file} can be read by others than its owner`)
    expect(start('development')).toHaveLength(1)
  })
})

describe('the start fails and names the file', () => {
  const short = tokenFile('short', 'secret')
  const same = tokenFile('same', authorizationOf('reader').slice('Bearer '.length))
  test.each([
    ['when a token is too short', short, 'at least 32 characters'],
    ['when it cannot be read', join(folder, 'nowhere'), 'at least 32 characters'],
    ['when two entries have one token', same, 'the token of another entry'],
  ])('%s', (_, file, words) => {
    const tokens = [...(admin.tokens ?? []), { file, role: 'operator' as const }]
    const start = (): unknown => appWith({ tokens })

    expect(start).toThrow(ConfigError)
    expect(start).toThrow(`${file} holds`)
    expect(start).toThrow(words)
  })
})

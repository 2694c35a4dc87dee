import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Express } from 'express'
import request from 'supertest'
import type { AccessBody } from '../../../src/audit/archive.js'
import { openAudit } from '../../../src/audit/open-audit.js'
import type { OpenAudit } from '../../../src/audit/open-audit.js'
import { readRecords } from '../../../src/audit/store/record-reader.js'
import type { Trace } from '../../../src/audit/trace.js'
import { buildAdminApp } from '../../../src/http/admin/admin-app.js'
import { makeAuditors } from '../../../src/http/admin/ask-auditor.js'
import { makeMetrics } from '../../../src/http/admin/metrics.js'
import type { Metrics } from '../../../src/http/admin/metrics.js'
import type { Library } from '../../../src/service/library.js'
import type { Settings } from '../../../src/config/settings.js'
import { auditorEntry } from '../../entry.js'
import { again, libraryOf, newFolder, settingsIn, traceOf } from '../../audit/rig.js'

jest.setTimeout(60_000)

const token = 'a'.repeat(40)

let folder = ''
let library: Library
let audit: OpenAudit
let metrics: Metrics
let app: Express
let settings: Settings
let call: Trace

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const appWith = (changes: Partial<Settings>): Express =>
  buildAdminApp({
    settings: { ...settings, ...changes },
    registry: metrics.registry,
    archive: audit.archive,
    auditors: makeAuditors({ settings, program: auditorEntry }),
    note: () => undefined,
  })

beforeAll(async () => {
  folder = newFolder()
  library = libraryOf()
  writeFileSync(join(folder, 'token'), `${token}\n`)
  settings = {
    ...settingsIn(folder),
    canonicalBase: 'https://cds.example.org',
    admin: { port: 0, host: '127.0.0.1', tokenFile: join(folder, 'token') },
  }
  metrics = makeMetrics(
    '1.2.3',
    settings.clients.map(({ id }) => id),
  )
  audit = await openAudit({
    settings,
    engine: '1.2.3',
    pack: library.pack,
    clock: Date.now,
    log: silent,
    meter: metrics.meter,
  })
  call = again(await traceOf(library))
  await audit.record(call)
  await audit.record(again(await traceOf(library)))
  app = appWith({})
})
afterAll(async () => {
  await audit.close()
  rmSync(folder, { recursive: true })
})

const ask = (path: string) => request(app).get(path).set('Authorization', `Bearer ${token}`)

async function accesses(): Promise<readonly string[]> {
  const found: string[] = []
  for await (const record of readRecords(audit.archive.db, { types: ['access'] })) {
    const { what, by } = JSON.parse(record.body ?? '{}') as AccessBody
    found.push(`${by} ${what}`)
  }
  return found
}

describe('the audit API', () => {
  test('SEC-121 AUD-032 answers each question and records each access', async () => {
    const before = await accesses()
    const explained = await ask(`/api/audit/explain/${call.invocationId}`).expect(200)
    const counted = await ask('/api/audit/metrics?by=card').expect(200)
    const replayed = await ask('/api/audit/replay').expect(200)
    const reported = await ask('/api/audit/report?month=2026-03&format=html').expect(200)
    const exported = await ask('/api/audit/export?format=ndjson').expect(200).buffer(true)

    expect(explained.body).toMatchObject({ invocationId: call.invocationId, rules: { ultrasound: 'fire' } })
    expect(counted.body).toMatchObject({
      metrics: expect.arrayContaining([expect.objectContaining({ metric: 'calls' })]),
    })
    expect(replayed.body).toMatchObject({ calls: 2, identical: 2, samePackDifferent: 0 })
    expect(reported.text).toContain('<h1>Mastitis cards, 2026-03</h1>')
    expect(exported.text.split('\n').filter(Boolean).length).toBeGreaterThan(4)
    expect((await accesses()).slice(before.length)).toEqual([
      ...['api explain one call', 'api metrics json', 'api replay', 'api report', 'api export'],
    ])
  })

  test.each<[string, Record<string, string>]>([
    ['no token', {}],
    ['another token', { Authorization: `Bearer ${'b'.repeat(40)}` }],
    ['a token that begins the same', { Authorization: `Bearer ${token}a` }],
    ['another scheme', { Authorization: `Basic ${token}` }],
  ])('refuses %s, and records no access', async (_, headers) => {
    const before = await accesses()
    const answer = await request(app).get('/api/audit/metrics').set(headers)

    expect(answer.status).toBe(401)
    expect(await accesses()).toEqual(before)
  })

  test('is not served without a token file, and does not start with a short token', async () => {
    writeFileSync(join(folder, 'short'), 'secret')
    const admin = { port: 0, host: '127.0.0.1' }

    await request(appWith({ admin })).get('/api/audit/metrics').expect(404)
    expect(() => appWith({ admin: { ...admin, tokenFile: join(folder, 'short') } })).toThrow(
      'at least 32 characters',
    )
  })

  test.each([
    ['/api/audit/metrics?by=moon', 'by'],
    ['/api/audit/metrics?from=yesterday', 'from'],
    ['/api/audit/metrics?from=2026-01-01&from=2026-01-02', 'from'],
    ['/api/audit/metrics?why=curiosity', 'why'],
    ['/api/audit/report?month=2026-13', 'month'],
    ['/api/audit/export?format=xml', 'format'],
  ])('%s is refused and names the parameter', async (path, name) => {
    const answer = await ask(path)

    expect(answer.status).toBe(400)
    expect(answer.text).toContain(`query parameter ${name} `)
  })

  test('offers no purge and no other method', async () => {
    await ask('/api/audit/purge').expect(404)
    await request(app).post('/api/audit/metrics').set('Authorization', `Bearer ${token}`).expect(405)
  })
})

describe('AUD-054 /metrics', () => {
  const text = async (): Promise<string> => (await request(app).get('/metrics').expect(200)).text

  test('shows every counter, histogram and gauge of the list', async () => {
    const written = await text()

    for (const name of [
      ...['cds_invocations_total', 'cds_cards_total', 'cds_feedback_total', 'cds_insufficient_data_total'],
      ...[
        'cds_auth_failures_total',
        'cds_shed_total',
        'cds_audit_write_failures_total',
        'cds_fhir_requests_total',
      ],
      ...['cds_invocation_duration_seconds', 'cds_fhir_request_duration_seconds'],
      ...['cds_audit_chain_length', 'cds_rulepack_info'],
    ])
      expect(written).toContain(`# TYPE ${name} `)
  })

  const line = {
    requestId: 'r',
    traceId: 't',
    route: '/cds-services/{id}',
    method: 'POST',
    status: 200,
    ms: 12,
  }

  test('counts calls, cards, refused tokens, shed calls and the chain', async () => {
    metrics.contentInForce('v1', 'f'.repeat(64))
    metrics.noteCall({ ...line, client: 'development', hook: 'patient-view' })
    metrics.noteCall({
      ...line,
      status: 412,
      code: 'DATA_UNAVAILABLE',
      client: 'development',
      hook: 'patient-view',
    })
    metrics.noteCall({ ...line, status: 401, code: 'AUTH_REFUSED', authReason: 'expired' })
    metrics.noteCall({ ...line, status: 503, code: 'LIMIT_OVERLOAD', client: 'development' })
    const written = await text()

    expect(written).toContain(
      'cds_invocations_total{client="development",hook="patient-view",outcome="200"} 1',
    )
    expect(written).toContain(
      'cds_invocations_total{client="development",hook="patient-view",outcome="DATA_UNAVAILABLE"} 1',
    )
    expect(written).toContain('cds_auth_failures_total{reason="expired"} 1')
    expect(written).toContain('cds_shed_total{code="LIMIT_OVERLOAD"} 1')
    expect(written).toContain(
      'cds_cards_total{client="development",kind="ultrasound",indicator="warning",mode="live"} 2',
    )
    expect(written).toMatch(/cds_audit_chain_length [1-9]/)
    expect(written).toContain('cds_rulepack_info{version="v1",hash="ffffffffffff",engine="1.2.3"} 1')
  })

  test('SEC-083 values of requests create no time series', async () => {
    const series = async (): Promise<number> => (await text()).split('\n').length
    metrics.noteCall({ ...line, client: 'Zzcanary-0', hook: 'patient-view', authReason: 'Zzcanary-0' })
    const before = await series()
    for (let at = 1; at <= 1_000; at += 1)
      metrics.noteCall({
        ...line,
        client: `Zzcanary-${at}`,
        hook: 'patient-view',
        authReason: `Zzcanary-${at}`,
      })

    expect(await series()).toBe(before)
    expect(await text()).not.toContain('Zzcanary')
  })
})

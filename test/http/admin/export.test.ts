import { createPublicKey } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { Express } from 'express'
import { sql } from 'kysely'
import request from 'supertest'
import { readSigningKey } from '../../../src/audit/key-files.js'
import type { ChainStatus } from '../../../src/audit/chain-status.js'
import type { MetricLine } from '../../../src/audit/metrics/metric-table.js'
import type { OpenAudit } from '../../../src/audit/open-audit.js'
import { openDatabase, openToRead } from '../../../src/audit/store/open-database.js'
import { purge } from '../../../src/audit/store/purge.js'
import { faultLine } from '../../../src/audit/verify/faults.js'
import type { LogVerdict } from '../../../src/audit/verify/log-verifier.js'
import { answerTo } from '../../../src/auditor/answer.js'
import { auditPlaces } from '../../../src/audit/audit-places.js'
import { verifyFile } from '../../../src/cli/audit-verify.js'
import { buildAdminApp } from '../../../src/http/admin/admin-app.js'
import { makeAuditors } from '../../../src/http/admin/ask-auditor.js'
import { makeMetrics } from '../../../src/http/admin/metrics.js'
import type { Settings } from '../../../src/config/settings.js'
import { again, libraryOf, newFolder, openIn, purgeOf, settingsIn, traceOf } from '../../audit/rig.js'
import { storesIn } from '../../audit/stores.js'
import { auditorEntry } from '../../entry.js'

const token = 'operator-token-of-the-test-0123456789'
const library = libraryOf()
/** As many as a figure needs to be shown. */
const calls = 12
let folder = ''

const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text, { mode: 0o600 })
  return join(folder, name)
}

describe.each(storesIn(() => folder))('the auditor of a service on %s', (_engine, newDatabase) => {
  let settings: Settings
  let audit: OpenAudit
  let app: Express

  beforeAll(async () => {
    folder = newFolder()
    const own = settingsIn(folder, await newDatabase())
    settings = { ...own, admin: { port: 0, host: '127.0.0.1', tokenFile: write('token', token) } }
    audit = await openIn(folder, library, { settings })
    const call = await traceOf(library)
    for (let number = 0; number < calls; number += 1) await audit.record(again(call))
    app = buildAdminApp({
      ...{ settings, registry: makeMetrics('test', []).registry, note: () => undefined },
      ...{ archive: audit.archive, auditors: makeAuditors({ settings, program: auditorEntry }) },
    })
  })
  afterAll(async () => {
    await audit.close()
    rmSync(folder, { recursive: true })
  })

  const ask = (path: string) => request(app).get(`/api/audit/${path}`).set('Authorization', `Bearer ${token}`)

  /** What `audit verify` finds in a text, given nothing but the public key. */
  function verified(text: string): LogVerdict {
    const publicKey = createPublicKey(
      readSigningKey(auditPlaces(settings, () => undefined).signingKey).publicPem,
    )
    return verifyFile(
      { exported: write('export.ndjson', text), publicKey },
      { at: () => undefined, end: () => undefined },
    )
  }

  test('AUD-120 gives an export that verifies with the public key alone, and does not verify after a change of one letter', async () => {
    const answer = await ask('export?format=ndjson').responseType('blob')
    const text = String(answer.body)

    expect(answer.status).toBe(200)
    expect(verified(text)).toMatchObject({ faults: [], streams: 1 })
    expect(text.split('"type":"invocation"')).toHaveLength(calls + 1)
    expect(text).toContain('{"row":"cards"')
    expect(verified(text.replace('"row":"cards"', '"row":"card5"')).faults.map(faultLine)).not.toEqual([])
  })

  test('gives a range, another format, and figures', async () => {
    const events = await ask('export?format=auditevent&client=development').responseType('blob')
    const metrics = await ask('metrics')
    const { metrics: lines } = metrics.body as { metrics: MetricLine[] }

    expect(String(events.body).trimEnd().split('\n')).toHaveLength(calls)
    expect(lines.find(({ metric }) => metric === 'calls')?.value).toBe(calls)
  })

  test('says that the chain check covers hashes alone and names the command for proof; a removed card breaks no hash', async () => {
    const db = openDatabase(settings.audit.database)
    const [card] = await db.selectFrom('cards').selectAll().limit(1).execute()
    await db.deleteFrom('cards').where('uuid', '=', String(card?.uuid)).execute()
    const chain = (await ask('chain')).body as ChainStatus
    const { faults } = verified(String((await ask('export').responseType('blob')).body))
    if (card) await db.insertInto('cards').values(card).execute()
    await db.destroy()

    expect(chain).not.toHaveProperty('firstFault')
    expect(chain.checked).toContain('no row')
    expect(chain.checked).toContain('The proof is mastitis-cds audit verify of an export, with an anchor.')
    expect(faults).not.toEqual([])
  })

  test('cannot write: its database connection refuses a query that another connection may run', async () => {
    const { database } = settings.audit
    const own = database.startsWith('file:') ? [] : [`${database}?options=-c%20search_path%3Dpublic`]
    for (const address of [database, ...own]) {
      const reading = openToRead(address)
      const { rows } = await sql<{ n: number }>`select count(*) as n from records`.execute(reading)
      expect(rows[0]?.n).toBeGreaterThan(calls)
      await expect(spoil(reading)).rejects.toThrow(/read-?only/i)
      await reading.destroy()
    }
    const writing = openDatabase(database)
    await expect(spoil(writing)).resolves.toBeDefined()
    await writing.destroy()
  })

  test('aborts an export when a purge ran meanwhile', async () => {
    const writing = openDatabase(settings.audit.database)
    const db = openToRead(settings.audit.database)
    const exporting = () =>
      answerTo(
        { ask: 'export', format: 'ndjson', range: {} },
        { db, canonicalBase: settings.canonicalBase, library: () => Promise.resolve(library) },
      )
    const undisturbed = exporting()
    await undisturbed.next()
    await expect(rest(undisturbed)).resolves.toBeUndefined()
    const disturbed = exporting()
    await disturbed.next()
    await purge(purgeOf(writing), { before: Date.now() + 1 }, () => undefined)
    await expect(rest(disturbed)).rejects.toThrow('a purge ran meanwhile')
    await db.destroy()
    await writing.destroy()
  })
})

/** Changes nothing that is kept, yet is a writing. */
const spoil = (db: ReturnType<typeof openToRead>) =>
  db.deleteFrom('heads').where('stream', '=', 'of nobody').execute()

async function rest(pieces: AsyncGenerator<string>): Promise<void> {
  while (!(await pieces.next()).done);
}

import { generateKeyPairSync } from 'node:crypto'
import { makeChain } from '../../../src/audit/chain.js'
import { invocationBody } from '../../../src/audit/invocation-body.js'
import { makePseudonyms } from '../../../src/audit/pseudonym.js'
import { makeSignHead } from '../../../src/audit/signed-head.js'
import { migrate } from '../../../src/audit/store/migrations.js'
import { openDatabase } from '../../../src/audit/store/open-database.js'
import { makeStoreBatch } from '../../../src/audit/store/record-store.js'
import { timeOrderedId } from '../../../src/audit/time-ordered-id.js'
import { versionsOf } from '../../../src/audit/versions-of.js'
import { evaluate } from '../../../src/cli/evaluate.js'
import { readFixture } from '../../../src/cli/fixture.js'
import { loadLibrary } from '../../../src/service/load-library.js'
import type { Kind } from '../kind.js'
import { flood } from '../send.js'
import type { Target } from '../target.js'

const calls = 60_000
const batchSize = 500

/** Writes a record of many calls, as a service would have in some weeks. */
async function manyCalls({ database }: Pick<Target, 'database'>): Promise<void> {
  const library = loadLibrary({ cardsDir: 'cards', mode: 'production', canonicalBase: 'https://cds.invalid' })
  const fixture = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', Date.now())
  const { trace } = await evaluate({ fixture, hook: 'patient-view', orders: [] }, library)
  const client = { ...trace.client, id: 'other' }
  const versions = versionsOf('attack', library.pack)
  const body = invocationBody({ ...trace, client }, versions, makePseudonyms(Buffer.alloc(32, 7), 1))
  const db = openDatabase(database)
  await migrate(db)
  const { privateKey } = generateKeyPairSync('ed25519')
  const store = makeStoreBatch(db, makeSignHead({ privateKey, keyId: 'attack' }, Date.now))
  const chain = makeChain('2026-01-01T00-00-00-000Z-attacked')
  const start = Date.now() - calls * 30_000
  for (let from = 0; from < calls; from += batchSize)
    await store(
      Array.from({ length: batchSize }, (_, place) => {
        const at = start + (from + place) * 30_000
        const own = { ...body, invocationId: timeOrderedId(at), receivedAt: new Date(at).toISOString() }
        const entry = { type: 'invocation', tenant: 'other', at: own.receivedAt } as const
        const record = chain.append({ ...entry, body: JSON.stringify(own) })
        return { record, patientRef: body.patientRef, cards: [], feedback: [] }
      }),
    )
  await db.destroy()
}

/** Asks one question of auditors over all calls, from eight at once, while hooks run. */
const question = (name: string, path: string): Kind => ({
  name: `audit-${name}`,
  sends: `GET ${path.split('?', 1)[0] ?? ''} of the admin listener over ${calls.toLocaleString('en')} calls, from three auditors at once`,
  calls: 'accepted',
  prepare: manyCalls,
  run: (target, seconds) =>
    flood(target, {
      connections: 3,
      seconds,
      from: '127.0.0.1',
      base: target.adminBase,
      next: () => ({
        method: 'GET',
        path: `${path}${path.includes('?') ? '&' : '?'}why=committee`,
        headers: { authorization: `Bearer ${target.adminToken}` },
      }),
    }),
})

/** Questions of auditors over a long record. */
export const auditors: readonly Kind[] = [
  question('metrics', '/api/audit/metrics'),
  question('export', '/api/audit/export'),
  question('report', `/api/audit/report?month=${new Date().toISOString().slice(0, 7)}`),
  question('replay', '/api/audit/replay'),
  question('chain', '/api/audit/chain'),
]

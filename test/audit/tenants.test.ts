import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { answerTo } from '../../src/auditor/answer.js'
import type { Question } from '../../src/auditor/question.js'
import { makeChain } from '../../src/audit/chain.js'
import type { Explanation } from '../../src/audit/explain.js'
import { readCalls } from '../../src/audit/metrics/read-calls.js'
import { makeEarlierCards } from '../../src/audit/store/earlier-cards.js'
import { migrate } from '../../src/audit/store/migrations.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { countRecords, readRecords } from '../../src/audit/store/record-reader.js'
import { makeStoreBatch } from '../../src/audit/store/record-store.js'
import type { Written } from '../../src/audit/store/record-store.js'
import { timeOrderedId } from '../../src/audit/time-ordered-id.js'
import { libraryOf, newFolder, signHead } from './rig.js'
import { storesIn } from './stores.js'

// Two clients whose patients, users and encounters have the same pseudonyms: their keys of pseudonyms make that impossible,
// so only the condition on the client can keep them apart here.

const now = Date.parse('2026-03-03T09:00:00.000Z')
const at = new Date(now).toISOString()
const clients = ['hospital-a', 'hospital-b'] as const
/** The kind of card that each client's one call was given. */
const kindOf = { 'hospital-a': 'ultrasound', 'hospital-b': 'sepsis' } as const
const invocationOf = { 'hospital-a': timeOrderedId(now), 'hospital-b': timeOrderedId(now) }
const cardOf = (client: string): string => `card-of-${client}`

const chain = makeChain('stream-1')

/** One call with one card, and one override of it. */
function callOf(client: (typeof clients)[number]): readonly Written[] {
  const [uuid, kind] = [cardOf(client), kindOf[client]]
  const body = {
    ...{ invocationId: invocationOf[client], receivedAt: at, hook: 'patient-view', mode: 'live' },
    ...{ userRole: 'Practitioner', patientRef: 'p', userRef: 'u', encounterRef: 'e', status: 200 },
    ...{ pack: { version: client, hash: '' }, stage: client, engine: '', dataSources: {}, facts: {} },
    ...{ durationMs: { gather: 1, facts: 1, assess: 1, cards: 1 }, rules: { [kind]: 'fire' }, missing: [] },
    cards: [{ uuid, kind, version: '1', variant: '', indicator: 'warning', contentHash: '', rows: [] }],
    scopes: [],
  }
  const said = {
    ...{ card: uuid, outcome: 'overridden', outcomeTimestamp: at, receivedAt: at, match: 'known' },
    reason: { code: client, category: 'other' },
  }
  const call = chain.append({ type: 'invocation', tenant: client, at, body: JSON.stringify(body) })
  const feedback = chain.append({ type: 'feedback', tenant: client, at, body: JSON.stringify(said) })
  const card = {
    ...{ uuid, tenant: client, service_id: 's', kind, indicator: 'warning', patient_ref: 'p', user_ref: 'u' },
    ...{ stage: client, sepsis_criteria: '', shown: 1, at_ms: now, stream: call.stream, seq: call.seq },
  }
  const place = { stream: feedback.stream, seq: feedback.seq }
  const row = {
    card: uuid,
    tenant: client,
    outcome: 'overridden',
    outcome_at: at,
    received_ms: now + 1,
    ...place,
  }
  return [
    { record: call, patientRef: 'p', cards: [card], feedback: [] },
    { record: feedback, cards: [], feedback: [row] },
  ]
}

const written = clients.flatMap(callOf)
/** Somebody's feedback on a card of the other client, as a forged row: it belongs to neither. */
const forged = {
  ...{ card: cardOf('hospital-a'), tenant: 'hospital-b', outcome: 'overridden', outcome_at: at },
  ...{ received_ms: now + 2, stream: 'stream-1', seq: 4 },
}

let folder = ''
beforeAll(() => {
  folder = newFolder()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.each(storesIn(() => folder))(
  'of two clients that share all pseudonyms, in %s,',
  (_name, newDatabase) => {
    let db: ReturnType<typeof openDatabase>
    beforeAll(async () => {
      db = openDatabase(await newDatabase())
      await migrate(db)
      await makeStoreBatch(db, signHead)(written)
      await db.updateTable('feedback').set({ patient_ref: 'p' }).execute()
      await db
        .insertInto('feedback')
        .values({ ...forged, patient_ref: 'p' })
        .execute()
    })
    afterAll(() => db.destroy())

    const answer = async (question: Question): Promise<string> => {
      let text = ''
      const parts = {
        db,
        canonicalBase: 'https://cds.example.org',
        library: () => Promise.resolve(libraryOf()),
      }
      for await (const piece of answerTo(question, parts)) text += piece
      return text
    }

    describe.each(clients)('%s', (tenant) => {
      const other = clients.find((client) => client !== tenant) ?? tenant
      const range = { tenant }

      test('the query for earlier cards returns its own cards alone', async () => {
        const earlier = makeEarlierCards(db)
        const cards = await earlier({ tenant, patientRef: 'p', userRef: 'u', now: now + 10 })

        expect(cards.map(({ kind, outcome }) => [kind, outcome])).toEqual([
          [kindOf[tenant], 'shown'],
          [kindOf[tenant], 'overridden'],
        ])
      })

      test('reading and counting records covers its own records alone', async () => {
        const seen: string[] = []
        for await (const record of readRecords(db, range)) seen.push(record.tenant)

        expect(seen).toEqual([tenant, tenant])
        expect(await countRecords(db, range)).toBe(2)
      })

      test('reading calls gives its own calls, with its own feedback on their cards', async () => {
        const calls: unknown[] = []
        for await (const { client, cards } of readCalls(db, range))
          calls.push([client, cards.map(({ kind, feedback }) => [kind, feedback?.outcome, feedback?.reason])])

        expect(calls).toEqual([[tenant, [[kindOf[tenant], 'overridden', tenant]]]])
      })

      test('its own call is explained; the other client’s call seems not to exist', async () => {
        const own = JSON.parse(
          await answer({ ask: 'explain', invocationId: invocationOf[tenant], tenant }),
        ) as Explanation

        expect(own.client).toBe(tenant)
        expect(await answer({ ask: 'explain', invocationId: invocationOf[other], tenant })).toBe('')
      })

      test('the replay covers its own call alone', async () => {
        expect(JSON.parse(await answer({ ask: 'replay', range }))).toMatchObject({ calls: 1 })
      })

      test.each<[string, Question]>([
        ['its metrics', { ask: 'metrics', range, mode: 'live', by: ['client'] }],
        ['its report', { ask: 'report', month: '2026-03', format: 'markdown', tenant }],
        ['its export as NDJSON', { ask: 'export', format: 'ndjson', range }],
        ['its export as AuditEvents', { ask: 'export', format: 'auditevent', range }],
        ['its de-identified export', { ask: 'export', format: 'deidentified', range }],
      ])('%s holds nothing of the other client', async (_what, question) => {
        const text = await answer(question)

        expect(text.length).toBeGreaterThan(0)
        expect(text).not.toContain(other)
        expect(text).not.toContain(`"${kindOf[other]}"`)
      })
    })
  },
)

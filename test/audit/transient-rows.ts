import { randomUUID } from 'node:crypto'
import { cpSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { CompiledQuery } from 'kysely'
import type { Place } from '../../src/audit/place-ranges.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import type { CardsTable } from '../../src/audit/store/schema.js'
import type { Trace } from '../../src/audit/trace.js'
import type { Library } from '../../src/service/library.js'
import { callNow } from './call-now.js'
import { linesOf, newFolder, openIn } from './rig.js'
import { exported, oneOf } from './tampered-log.js'

/** A running service, somebody with rights on its database, and a card that its next call would give. */
interface Ambush {
  db: AuditStore
  below: (limit: number) => number
  /** Row of a card of the kind that is to be hidden, given to this user for this patient. */
  card: CardsTable
  now: number
}

/** Changes the database so that the next call hides the card. */
type Change = (ambush: Ambush) => Promise<void>

const run = (db: AuditStore, sql: string, ...values: unknown[]) =>
  db.executeQuery(CompiledQuery.raw(sql, values))

const override = (
  { card, now }: Ambush,
  more: Partial<Place & { received_ms: number; reasoned: number }> = {},
) => ({
  ...{ card: card.uuid, tenant: card.tenant, outcome: 'overridden', outcome_at: randomUUID(), reasoned: 1 },
  ...{ received_ms: now - 1, patient_ref: card.patient_ref, stream: 'nowhere', seq: 1, ...more },
})

async function insert(db: AuditStore, row: ReturnType<typeof override>): Promise<void> {
  await db.insertInto('feedback').values(row).execute()
}

/** An override that is on record, of another card, or of a card that no service gave. */
async function genuine({ db, below, card }: Ambush, wanted: (row: { card: string }) => boolean) {
  const rows = await db.selectFrom('feedback').selectAll().orderBy('stream').orderBy('seq').execute()
  return oneOf(
    rows.filter((row) => row.outcome === 'overridden' && row.card !== card.uuid && wanted(row)),
    below,
  )
}

/** Kinds of rows that are there for one call alone. */
export const ambushes: Readonly<Record<string, Change>> = {
  'feedback at a place that no record has': (ambush) => insert(ambush.db, override(ambush)),
  'feedback at the place of the call that gave the card': (ambush) => {
    const { stream, seq, at_ms } = ambush.card
    return insert(ambush.db, override(ambush, { stream, seq, received_ms: at_ms }))
  },
  'feedback at the place of an override of another card': async (ambush) => {
    const { stream, seq, received_ms } = await genuine(ambush, () => true)
    await insert(ambush.db, override(ambush, { stream, seq, received_ms, reasoned: 0 }))
  },
  'feedback at the place of an override erased more than a minute before': async (ambush) => {
    const { db, below } = ambush
    const erased = await db
      .selectFrom('records')
      .selectAll()
      .where('type', '=', 'feedback')
      .where('body', 'is', null)
      .execute()
    const { stream, seq, at_ms } = oneOf(erased, below)
    await insert(db, override(ambush, { stream, seq, received_ms: at_ms }))
  },
  'an override of another card, moved to this one': async (ambush) => {
    const { card, db } = ambush
    const { stream, seq } = await genuine(ambush, () => true)
    await run(
      db,
      'update feedback set card = ?, patient_ref = ? where stream = ? and seq = ?',
      ...[card.uuid, card.patient_ref, stream, seq],
    )
  },
  'the card of an override, made one of this kind': async (ambush) => {
    const { db, card } = ambush
    const cards = await db.selectFrom('cards').selectAll().execute()
    const given = new Map(cards.map((each) => [each.uuid, each]))
    const { card: uuid, stream, seq } = await genuine(ambush, (row) => given.has(row.card))
    await run(
      db,
      'update cards set kind = ?, indicator = ?, patient_ref = ?, user_ref = ?, stage = ?, sepsis_criteria = ? where uuid = ?',
      ...[card.kind, card.indicator, card.patient_ref, card.user_ref, card.stage, card.sepsis_criteria, uuid],
    )
    await run(
      db,
      'update feedback set patient_ref = ? where stream = ? and seq = ?',
      ...[card.patient_ref, stream, seq],
    )
  },
  'a card for feedback on a card that nobody gave': async (ambush) => {
    const { db, card } = ambush
    const cards = new Set((await db.selectFrom('cards').select('uuid').execute()).map(({ uuid }) => uuid))
    const { card: uuid, stream, seq } = await genuine(ambush, (row) => !cards.has(row.card))
    await db
      .insertInto('cards')
      .values({ ...card, uuid, stream: 'nowhere' })
      .execute()
    await run(
      db,
      'update feedback set patient_ref = ? where stream = ? and seq = ?',
      ...[card.patient_ref, stream, seq],
    )
  },
}

/** Within a minute of a purge a call may have read what it erased, so `verify` says nothing of that. */
const minutesLater = 120_000

/** A copy of the store that a service left behind, without the copies of earlier days. */
function copyOf(folder: string): string {
  const copy = newFolder()
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) => !/^(day-\d+|tampered)\.db/.test(basename(path)),
  })
  return copy
}

/** What an ambush left behind. */
export interface Ambushed {
  lines: readonly string[]
  checkpoints: readonly string[]
  marks: readonly string[]
}

/**
 * Runs a service on a copy of a store, changes rows for the time of one call, and puts everything back.
 *
 * Throws: when the change hid no card, so that no kind is passed over.
 */
export async function ambushed(
  { folder, library, trace }: { folder: string; library: Library; trace: Trace },
  change: Change,
  below: (limit: number) => number,
): Promise<Ambushed> {
  const copy = copyOf(folder)
  const clock = () => Date.now() + minutesLater
  const audit = await openIn(copy, library, { clock })
  const db = openDatabase(`file:${join(copy, 'audit.db')}`)
  try {
    const now = clock()
    const given = await callNow(audit, library, { trace, now })
    await audit.record(given)
    const { kind } = oneOf(given.shown, below)
    const card = await db
      .selectFrom('cards')
      .selectAll()
      .where('kind', '=', kind)
      .orderBy('at_ms', 'desc')
      .executeTakeFirstOrThrow()
    const before = await tablesOf(db)
    await change({ db, below, card, now: now + 1 })
    const misled = await callNow(audit, library, { trace, now: now + 2 })
    await putBack(db, before)
    if (misled.considered.every((each) => each.kind !== kind || each.hidden !== 'overridden'))
      throw new Error(`the change hid no ${kind}`)
    await audit.record(misled)
    const { stream, seq } = await db
      .selectFrom('records')
      .select(['stream', 'seq'])
      .where('type', '=', 'invocation')
      .orderBy('at_ms', 'desc')
      .executeTakeFirstOrThrow()
    await audit.close()
    return {
      lines: await exported(db),
      checkpoints: linesOf(join(copy, 'checkpoints.ndjson')),
      marks: [`record ${seq} of stream ${stream}: earlier card ${kind}: follows from no record`],
    }
  } finally {
    await audit.close()
    await db.destroy()
    rmSync(copy, { recursive: true })
  }
}

const tablesOf = async (db: AuditStore) => ({
  cards: await db.selectFrom('cards').selectAll().execute(),
  feedback: await db.selectFrom('feedback').selectAll().execute(),
})

async function putBack(
  db: AuditStore,
  { cards, feedback }: Awaited<ReturnType<typeof tablesOf>>,
): Promise<void> {
  await db.deleteFrom('cards').execute()
  await db.deleteFrom('feedback').execute()
  if (cards.length > 0) await db.insertInto('cards').values(cards).execute()
  if (feedback.length > 0) await db.insertInto('feedback').values(feedback).execute()
}

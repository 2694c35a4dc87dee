import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import { commitmentOf, hashOf } from '../../src/audit/chain.js'
import type { RecordType } from '../../src/audit/record.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import type { CardsTable, RecordsTable } from '../../src/audit/store/schema.js'
import { oneOf } from './tampered-log.js'

/** What a tampering is done with: rights on the database, a random choice, and no key. */
export interface Attack {
  db: AuditStore
  below: (limit: number) => number
}

/** Where a verifier should point: any of these words in the line of a fault. */
type Marks = readonly string[]

/** Changes the database and tells where. */
export type Tampering = (attack: Attack) => Promise<Marks>

const recordMark = ({ stream, seq }: { stream: string; seq: number }): Marks => [
  `record ${seq} of stream ${stream}:`,
  `record ${seq + 1} of stream ${stream}:`,
]

const run = (db: AuditStore, sql: string, ...values: unknown[]) =>
  db.executeQuery(CompiledQuery.raw(sql, values))

const records = (db: AuditStore) =>
  db.selectFrom('records').selectAll().orderBy('stream').orderBy('seq').execute()

async function aRecord({ db, below }: Attack, wanted: (record: RecordsTable) => boolean = () => true) {
  return oneOf((await records(db)).filter(wanted), below)
}

function changed(value: string | number | null | undefined): string | number {
  if (typeof value === 'number') return value + 1
  const text = value ?? ''
  return `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`
}

async function aStream({ db, below }: Attack): Promise<readonly RecordsTable[]> {
  const all = await records(db)
  const stream = oneOf([...new Set(all.map((record) => record.stream))], below)
  return all.filter((record) => record.stream === stream)
}

const hashed = (record: RecordsTable): string =>
  hashOf({
    ...record,
    type: record.type as RecordType,
    schemaVersion: record.schema_version,
    prevHash: record.prev_hash,
  })

/** Writes a stream anew from a record on, with hashes that fit. */
async function rechain(db: AuditStore, stream: readonly RecordsTable[]): Promise<void> {
  let before: string | undefined
  for (const record of stream) {
    const next = { ...record, prev_hash: before ?? record.prev_hash }
    const hash = hashed(next)
    await run(
      db,
      'update records set prev_hash = ?, hash = ?, commitment = ?, body = ?, salt = ? where stream = ? and seq = ?',
      ...[next.prev_hash, hash, next.commitment, next.body, next.salt, next.stream, next.seq],
    )
    before = hash
  }
}

async function invented({ db }: Attack, stream: string, last?: RecordsTable): Promise<RecordsTable> {
  const body = JSON.stringify({ what: 'nothing of note', why: 'committee', by: 'cli' })
  const salt = randomUUID()
  const record = {
    ...{ stream, seq: (last?.seq ?? 0) + 1, type: 'access', tenant: '*', schema_version: 1 },
    ...{ at: '2026-03-03T09:00:00.000Z', at_ms: Date.parse('2026-03-03T09:00:00.000Z') },
    ...{
      prev_hash: last?.hash ?? '0'.repeat(64),
      hash: '',
      commitment: commitmentOf(salt, body),
      salt,
      body,
      patient_ref: null,
    },
  }
  const whole = { ...record, hash: hashed(record) }
  await db.insertInto('records').values(whole).execute()
  return whole
}

const recordColumns = [
  ...(['type', 'tenant', 'at', 'at_ms', 'schema_version', 'prev_hash', 'hash'] as const),
  ...(['commitment', 'salt', 'body', 'patient_ref'] as const),
]
const headColumns = ['seq', 'hash', 'at', 'key_id', 'signature', 'stream'] as const
const cardColumns = [
  ...(['uuid', 'tenant', 'service_id', 'kind', 'indicator', 'patient_ref', 'user_ref', 'stage'] as const),
  ...(['sepsis_criteria', 'shown', 'at_ms', 'stream', 'seq'] as const),
]
const feedbackColumns = [
  ...(['card', 'tenant', 'outcome', 'outcome_at', 'received_ms', 'reasoned', 'patient_ref'] as const),
  ...(['stream', 'seq'] as const),
]

/** Columns whose text is part of what is checked. */
const textColumns = {
  records: ['stream', 'type', 'tenant', 'at', 'prev_hash', 'hash', 'commitment', 'body'],
  heads: ['stream', 'hash', 'at', 'key_id', 'signature'],
  cards: ['stream', 'tenant', 'kind', 'indicator', 'patient_ref', 'user_ref', 'stage', 'sepsis_criteria'],
  feedback: ['stream', 'card', 'tenant', 'outcome', 'outcome_at', 'patient_ref'],
} as const

const aCard = async ({ db, below }: Attack): Promise<CardsTable> =>
  oneOf(await db.selectFrom('cards').selectAll().orderBy('uuid').execute(), below)
const aFeedback = async ({ db, below }: Attack) =>
  oneOf(await db.selectFrom('feedback').selectAll().orderBy('stream').orderBy('seq').execute(), below)
const rowMarks = (row: { stream: string; seq: number }, card: string): Marks => [card, ...recordMark(row)]

/** Every kind of tampering with rights on the database alone. */
export const tamperings: Readonly<Record<string, Tampering>> = {
  'a record removed': async (attack) => {
    const record = await aRecord(attack)
    await run(attack.db, 'delete from records where stream = ? and seq = ?', record.stream, record.seq)
    await run(attack.db, 'delete from cards where stream = ? and seq = ?', record.stream, record.seq)
    await run(attack.db, 'delete from feedback where stream = ? and seq = ?', record.stream, record.seq)
    return recordMark(record)
  },
  'a body removed': async (attack) => {
    const record = await aRecord(attack, ({ body }) => body !== null)
    const { db, below } = attack
    const place = [record.stream, record.seq]
    await run(
      db,
      'update records set body = null, salt = null, patient_ref = null where stream = ? and seq = ?',
      ...place,
    )
    if (below(2) === 0) await run(db, 'delete from cards where stream = ? and seq = ?', ...place)
    return recordMark(record)
  },
  'a body edited, with hashes that fit to the end of the stream': async (attack) => {
    const stream = await aStream(attack)
    const at = attack.below(stream.length)
    const [record, ...rest] = stream.slice(at)
    if (!record) return []
    const body = `${record.body ?? '{}'} `
    const salt = record.salt ?? randomUUID()
    await rechain(attack.db, [{ ...record, body, salt, commitment: commitmentOf(salt, body) }, ...rest])
    return [`of stream ${record.stream}:`]
  },
  'a value of a record edited': async (attack) => {
    const column = oneOf(recordColumns, attack.below)
    const record = await aRecord(attack)
    await run(
      attack.db,
      `update records set ${column} = ? where stream = ? and seq = ?`,
      ...[changed(record[column]), record.stream, record.seq],
    )
    return recordMark(record)
  },
  'text made such that it is no UTF-8': async (attack) => {
    const { db, below } = attack
    const table = oneOf(['records', 'heads', 'cards', 'feedback'] as const, below)
    const column = oneOf(textColumns[table], below)
    const rows = await db.selectFrom(table).select(['stream', 'seq']).execute()
    const { stream, seq } = oneOf(rows, below)
    await run(
      db,
      `update ${table} set ${column} = cast(cast(ifnull(${column}, '') as blob) || x'ff' as text) where stream = ? and seq = ?`,
      ...[stream, seq],
    )
    return [...recordMark({ stream, seq }), stream]
  },
  'two records change places': async (attack) => {
    const [first, second] = [await aRecord(attack), await aRecord(attack)]
    if (first.stream === second.stream && first.seq === second.seq)
      return tamperings['a record removed']?.(attack) ?? []
    const move = 'update records set stream = ?, seq = ? where stream = ? and seq = ?'
    await run(attack.db, move, 'aside', 1, first.stream, first.seq)
    await run(attack.db, move, first.stream, first.seq, second.stream, second.seq)
    await run(attack.db, move, second.stream, second.seq, 'aside', 1)
    return [...recordMark(first), ...recordMark(second)]
  },
  'a record invented at the end of a stream': async (attack) => {
    const stream = await aStream(attack)
    const record = await invented(attack, stream[0]?.stream ?? '', stream.at(-1))
    if (attack.below(2) === 0)
      await run(
        attack.db,
        'update heads set seq = ?, hash = ? where stream = ?',
        record.seq,
        record.hash,
        record.stream,
      )
    return [...recordMark(record), record.stream]
  },
  'a stream invented': async (attack) => {
    const { db, below } = attack
    const record = await invented(attack, `2026-03-03T09-00-00-000Z-${below(90_000_000) + 10_000_000}`)
    const known = oneOf(await db.selectFrom('heads').selectAll().orderBy('stream').execute(), below)
    if (below(2) === 0)
      await db
        .insertInto('heads')
        .values({ ...known, stream: record.stream, seq: 1, hash: record.hash })
        .execute()
    return recordMark(record)
  },
  'the end of a stream removed': async (attack) => {
    const stream = await aStream(attack)
    const from = 1 + attack.below(stream.length)
    const { db } = attack
    const name = stream[0]?.stream ?? ''
    for (const table of ['records', 'cards', 'feedback'])
      await run(db, `delete from ${table} where stream = ? and seq >= ?`, name, from)
    const last = stream[from - 2]
    if (last && attack.below(2) === 0)
      await run(db, 'update heads set seq = ?, hash = ? where stream = ?', last.seq, last.hash, name)
    return [name]
  },
  'the beginning of a stream removed': async (attack) => {
    const stream = await aStream(attack)
    const name = stream[0]?.stream ?? ''
    const upTo = 1 + attack.below(Math.min(3, stream.length))
    await run(attack.db, 'delete from records where stream = ? and seq <= ?', name, upTo)
    return [name]
  },
  'a stream removed with all that is of it': async (attack) => {
    const name = (await aStream(attack))[0]?.stream ?? ''
    for (const table of ['records', 'cards', 'feedback', 'heads'])
      await run(attack.db, `delete from ${table} where stream = ?`, name)
    return [name, 'no record says what the store held']
  },
  'a head removed': async (attack) => {
    const name = (await aStream(attack))[0]?.stream ?? ''
    await run(attack.db, 'delete from heads where stream = ?', name)
    return [name]
  },
  'a head edited': async (attack) => {
    const column = oneOf(headColumns, attack.below)
    const head = oneOf(
      await attack.db.selectFrom('heads').selectAll().orderBy('stream').execute(),
      attack.below,
    )
    const value = head[column]
    await run(attack.db, `update heads set ${column} = ? where stream = ?`, changed(value), head.stream)
    return [head.stream, String(changed(value))]
  },
  'a checkpoint, purge or migration record edited or emptied': async (attack) => {
    const record = await aRecord(attack, ({ type }) => ['checkpoint', 'purge', 'migration'].includes(type))
    const body =
      attack.below(2) === 0
        ? null
        : `${(record.body ?? '').replace(/\d/, (digit) => String((Number(digit) + 1) % 10))} `
    await run(
      attack.db,
      'update records set body = ? where stream = ? and seq = ?',
      body,
      record.stream,
      record.seq,
    )
    return recordMark(record)
  },
  'a body removed, and a purge record that names it': async (attack) => {
    const record = await aRecord(attack, ({ type, body }) => type === 'invocation' && body !== null)
    const purge = await aRecord(attack, ({ type }) => type === 'purge')
    const { db } = attack
    const places = { [record.stream]: [[record.seq, record.seq]] }
    const body = JSON.stringify({ ...(JSON.parse(purge.body ?? '{}') as object), places })
    await run(db, 'update records set body = ? where stream = ? and seq = ?', body, purge.stream, purge.seq)
    await run(
      db,
      'update records set body = null, salt = null, patient_ref = null where stream = ? and seq = ?',
      record.stream,
      record.seq,
    )
    for (const table of ['cards', 'feedback'])
      await run(db, `delete from ${table} where stream = ? and seq = ?`, record.stream, record.seq)
    return [...recordMark(purge), ...recordMark(record)]
  },
  'a card row removed': async (attack) => {
    const row = await aCard(attack)
    await run(attack.db, 'delete from cards where uuid = ?', row.uuid)
    return rowMarks(row, row.uuid)
  },
  'a card row edited or moved': async (attack) => {
    const row = await aCard(attack)
    const column = oneOf(cardColumns, attack.below)
    await run(attack.db, `update cards set ${column} = ? where uuid = ?`, changed(row[column]), row.uuid)
    return rowMarks(row, row.uuid)
  },
  'a card row invented': async (attack) => {
    const row = { ...(await aCard(attack)), uuid: randomUUID() }
    if (attack.below(3) === 0) row.stream = 'nowhere'
    await attack.db.insertInto('cards').values(row).execute()
    return rowMarks(row, row.uuid)
  },
  'a feedback row removed': async (attack) => {
    const row = await aFeedback(attack)
    await run(attack.db, 'delete from feedback where stream = ? and seq = ?', row.stream, row.seq)
    return rowMarks(row, row.card)
  },
  'a feedback row edited or moved': async (attack) => {
    const row = await aFeedback(attack)
    const column = oneOf(feedbackColumns, attack.below)
    const value = changed(row[column])
    await run(
      attack.db,
      `update feedback set ${column} = ? where stream = ? and seq = ?`,
      value,
      row.stream,
      row.seq,
    )
    return rowMarks(row, row.card)
  },
  'a feedback row invented': async (attack) => {
    const row = { ...(await aFeedback(attack)), outcome_at: '2026-03-04T10:00:00Z' }
    if (attack.below(3) === 0) row.stream = 'nowhere'
    await attack.db.insertInto('feedback').values(row).execute()
    return rowMarks(row, row.card)
  },
  'a row put where no record can stand, or into a stream of another name': async (attack) => {
    const { db, below } = attack
    const { stream, seq } = await aRecord(attack)
    const table = oneOf(['records', 'heads', 'cards', 'feedback', 'comments'] as const, below)
    const place = oneOf(strangePlaces(stream, seq), below)
    const columns = await columnsOf(db, table)
    const uuid = randomUUID()
    const value = (column: string): string => {
      if (column === 'stream') return place.stream
      if (column === 'seq') return place.seq
      if (column === 'uuid' || column === 'card') return `'${uuid}'`
      return column
    }
    // a record at its side keeps a row of feedback from being one without a record
    if (table === 'comments') await comment(db, place)
    else
      await run(
        db,
        `insert or replace into ${table} (${columns.join(', ')}) select ${columns.map(value).join(', ')} from ${table} limit 1`,
      )
    if (table === 'feedback' && below(2) === 0) {
      const of = await columnsOf(db, 'records')
      await run(
        db,
        `insert into records (${of.join(', ')}) select ${of.map(value).join(', ')} from records where type = 'feedback' limit 1`,
      )
    }
    return [...place.marks, uuid]
  },
}

interface StrangePlace {
  /** Literals of SQL, because a driver does not bind numbers that it cannot hold. */
  stream: string
  seq: string
  marks: Marks
}

/** Places that the service never gives to a record, with the words that should name them. */
function strangePlaces(stream: string, seq: number): readonly StrangePlace[] {
  const numbers = [
    '-1',
    '0',
    '-9007199254740993',
    '9007199254740992',
    '9007199254740993',
    '9223372036854775807',
  ]
  const others = [`${seq}.5`, "'one'", "x'01'", "''", '1e300', '9e999']
  const names = [`'${stream.toUpperCase()} '`, `'${stream.toLowerCase()}'`, `'${stream} '`, "''", "'nowhere'"]
  const bytes = [`cast('${stream}' as blob)`, `'${stream}' || char(0)`]
  return [
    ...[...numbers, ...others].map((number) => ({
      ...{ stream: `'${stream}'`, seq: number },
      marks: [`of stream ${stream}`],
    })),
    ...[...names, ...bytes].map((name) => ({
      ...{ stream: name, seq: String(seq) },
      marks: [
        `number ${seq} of stream`,
        `record ${seq} of stream`,
        'record 1 of stream',
        `of stream ${stream}:`,
      ],
    })),
  ]
}

async function columnsOf(db: AuditStore, table: string): Promise<readonly string[]> {
  const { rows } = await db.executeQuery<{ name: string }>(
    CompiledQuery.raw('select name from pragma_table_info(?)', [table]),
  )
  return rows.map(({ name }) => name)
}

const comment = (db: AuditStore, { stream, seq }: StrangePlace) =>
  run(
    db,
    `insert into comments (card, tenant, received_ms, stream, seq, sealed) values ('c', 'development', 1, ${stream}, ${seq}, 'sealed')`,
  )

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { sql } from 'kysely'
import { openingKeyOf, readSealingKey } from '../../src/audit/comments/comment-keys.js'
import { commentText } from '../../src/audit/comments/comment-text.js'
import { makeOpenComment } from '../../src/audit/comments/open-comment.js'
import { readComments } from '../../src/audit/comments/read-comments.js'
import type { ReadComment } from '../../src/audit/comments/read-comments.js'
import { makeSealComment } from '../../src/audit/comments/seal-comment.js'
import { readEpochKeys } from '../../src/audit/key-files.js'
import { pseudonymsOf } from '../../src/audit/pseudonym.js'
import { migrate } from '../../src/audit/store/migrations.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import { purge } from '../../src/audit/store/purge.js'
import type { PurgeScope } from '../../src/audit/store/purge.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { FeedbackItem, Trace } from '../../src/audit/trace.js'
import { spoolFilesIn } from '../../src/audit/store/spool.js'
import type { Library } from '../../src/service/library.js'
import type { Settings } from '../../src/config/settings.js'
import { ConfigError } from '../../src/errors.js'
import { someOf, testInFull } from '../depth.js'
import { again, libraryOf, newFolder, openIn, settingsIn, traceOf, purgeOf } from './rig.js'
import { storesIn } from './stores.js'

const words = 'Zzcanary says the rule is wrong:\nshe is not febrile'
const dayMs = 86_400_000

/** A pair of keys as openssl would write them. */
function pairOf(kind: 'X25519' | 'P-256' | 'Ed25519' = 'X25519'): { publicPem: string; privatePem: string } {
  const { publicKey, privateKey } =
    kind === 'P-256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : kind === 'X25519'
        ? generateKeyPairSync('x25519')
        : generateKeyPairSync('ed25519')
  return {
    publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
    privatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
  }
}

let library: Library
let trace: Trace
let folder = ''

beforeAll(async () => {
  library = libraryOf()
  trace = await traceOf(library)
})
beforeEach(() => {
  folder = newFolder()
})
afterEach(() => rmSync(folder, { recursive: true }))

const keyFile = (): string => join(folder, 'comments-public.pem')

/** Settings that keep comments, sealed with a public key. */
function keeping(database: string, publicPem: string): Settings {
  writeFileSync(keyFile(), publicPem)
  const settings = settingsIn(folder, database)
  return { ...settings, audit: { ...settings.audit, comments: true, commentsKeyFile: keyFile() } }
}

const ofPatient = (patientId: string, now = trace.now): Trace => {
  const call = again(trace, now)
  return { ...call, request: { ...call.request, patientId } }
}

const itemOn = ({ considered }: Trace, changes: Partial<FeedbackItem> = {}): FeedbackItem => ({
  card: considered.find(({ wire }) => wire)?.wire?.uuid ?? '',
  outcome: 'overridden',
  acceptedSuggestions: [],
  comment: words,
  outcomeTimestamp: '2026-03-03T09:05:00Z',
  shape: 'standard',
  ...changes,
})

/** Records a call of each, and posts the items on it. */
async function record(settings: Settings, calls: readonly Trace[], items = [itemOn]): Promise<void> {
  const audit = await openIn(folder, library, { settings })
  for (const call of calls) {
    await audit.record(call)
    const posted = items.map((make) => make(call))
    await audit.feedback(call.client, 'mastitis-patient-view', posted, call.now + 60_000)
  }
  await audit.close()
}

async function inStore<Answer>(database: string, ask: (db: AuditStore) => Promise<Answer>): Promise<Answer> {
  const db = openDatabase(database)
  try {
    return await ask(db)
  } finally {
    await db.destroy()
  }
}

const rowsOf = (database: string) =>
  inStore(database, (db) => db.selectFrom('comments').selectAll().orderBy('seq').execute())

const bodiesOf = (database: string) =>
  inStore(database, async (db) => {
    const bodies: Record<string, unknown>[] = []
    for await (const { body } of readRecords(db, { types: ['feedback'] }))
      bodies.push(JSON.parse(body ?? '{}') as Record<string, unknown>)
    return bodies
  })

const readWith = (database: string, privatePem: string): Promise<readonly ReadComment[]> =>
  inStore(database, async (db) => {
    const key = openingKeyOf(privatePem)
    if (!key) throw new Error('no private key')
    const open = await makeOpenComment(key)
    const read: ReadComment[] = []
    for await (const comment of readComments(db, {}, open)) read.push(comment)
    return read
  })

const foundWith = async (database: string, privatePem: string) =>
  (await readWith(database, privatePem)).map(({ found }) => found)

describe.each(storesIn(() => folder))('AUD-022 in %s', (_, makeDatabase) => {
  let database = ''
  beforeEach(async () => {
    database = await makeDatabase()
  })

  test('by default no comment is stored, and the record says only that there was one', async () => {
    await record(settingsIn(folder, database), [again(trace)])
    const [body] = await bodiesOf(database)

    expect(await rowsOf(database)).toEqual([])
    expect(body).toMatchObject({ commented: true })
    expect(body).not.toHaveProperty('commentCommitment')
  })

  test.each(someOf(['X25519', 'P-256'] as const, 2))(
    'a stored comment is sealed; the private key of %s opens the comment, which matches the commitment of its record',
    async (kind) => {
      const { publicPem, privatePem } = pairOf(kind)
      const call = again(trace)
      await record(keeping(database, publicPem), [call])
      const [row] = await rowsOf(database)
      const [body] = await bodiesOf(database)

      expect(row).toMatchObject({ card: itemOn(call).card, tenant: call.client.id })
      expect(row?.received_ms).toBe(call.now + 60_000)
      expect(row?.sealed).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/)
      expect(body).toMatchObject({
        commented: true,
        commentCommitment: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
      expect(JSON.stringify([row, body])).not.toContain('Zzcanary')
      expect(await readWith(database, privatePem)).toEqual([
        {
          at: new Date(call.now + 60_000).toISOString(),
          client: call.client.id,
          card: itemOn(call).card,
          outcome: 'overridden',
          found: { state: 'whole', comment: words },
        },
      ])
    },
  )

  testInFull('two comments of the same words have nothing in common', async () => {
    await record(keeping(database, pairOf().publicPem), [again(trace), again(trace)])
    const [one, other] = await rowsOf(database)
    const [first, second] = await bodiesOf(database)

    expect(one?.sealed).not.toBe(other?.sealed)
    expect(first?.['commentCommitment']).not.toBe(second?.['commentCommitment'])
  })

  test('feedback without a comment, repeats, and feedback on cards of other clients store no comment', async () => {
    const settings = keeping(database, pairOf().publicPem)
    const call = again(trace)
    const { comment: _comment, ...silent } = itemOn(call, { outcome: 'accepted' })
    await record(settings, [call], [itemOn, itemOn, () => silent])
    const audit = await openIn(folder, library, { settings })
    const other = { ...call.client, id: 'hospital-b' }
    await audit.feedback(other, 'mastitis-patient-view', [itemOn(call)], call.now + 60_000)
    await audit.close()

    expect((await bodiesOf(database)).map(({ match, commented }) => [match, commented])).toEqual([
      ...[
        ['known', true],
        ['duplicate', true],
        ['known', false],
      ],
      ['other-tenant', true],
    ])
    expect(await rowsOf(database)).toHaveLength(1)
  })

  test('a comment that was exchanged, cut, moved or removed is found', async () => {
    const { publicPem, privatePem } = pairOf()
    const calls = Array.from({ length: 5 }, (_call, at) => again(trace, trace.now + at))
    await record(keeping(database, publicPem), calls, [(call) => itemOn(call, { comment: `c${call.now}` })])
    const forged = await (await makeSealComment(readSealingKey(keyFile())))('another text')
    const rows = await rowsOf(database)
    await inStore(database, async (db) => {
      const set = (at: number, sealed = '') =>
        db.updateTable('comments').set({ sealed }).where('seq', '=', Number(rows[at]?.seq)).execute()
      await set(0, forged.sealed)
      await set(1, rows[1]?.sealed.slice(0, -2))
      await set(2, rows[3]?.sealed)
      await db.deleteFrom('comments').where('seq', '=', Number(rows[3]?.seq)).execute()
    })

    expect(await foundWith(database, privatePem)).toEqual([
      { state: 'altered', comment: 'another text' },
      { state: 'damaged' },
      { state: 'altered', comment: `c${trace.now + 3}` },
      { state: 'missing' },
      { state: 'whole', comment: `c${trace.now + 4}` },
    ])
  })

  testInFull('a text sealed for another key names the key that opens it', async () => {
    const { publicPem, privatePem } = pairOf()
    const settings = keeping(database, publicPem)
    await record(settings, [again(trace)])
    const later = pairOf('P-256')
    await record(keeping(database, later.publicPem), [again(trace)])

    expect(await foundWith(database, later.privatePem)).toEqual([
      { state: 'other-key', keyId: openingKeyOf(privatePem)?.keyId },
      { state: 'whole', comment: words },
    ])
  })

  testInFull.each<[string, () => PurgeScope, number]>([
    ['one patient', () => ({ tenant: trace.client.id, patientRefs: patientRefs('anna') }), 1],
    ['what is older than a date', () => ({ before: trace.now - dayMs }), 2],
    ['everything', () => ({ before: trace.now + dayMs }), 0],
  ])('AUD-091 a purge of %s erases its comments with it, and leaves the others', async (__, scope, left) => {
    const { publicPem, privatePem } = pairOf()
    const old = ofPatient('anna', trace.now - 10 * dayMs)
    await record(keeping(database, publicPem), [old, ofPatient('anna'), ofPatient('berta')])
    await inStore(database, (db) => purge(purgeOf(db), scope(), () => undefined))

    expect(await rowsOf(database)).toHaveLength(left)
    expect(await foundWith(database, privatePem)).toEqual(
      Array.from({ length: left }, () => ({ state: 'whole', comment: words })),
    )
  })

  testInFull('AUD-091 a purge that is stopped leaves no comment of a record that it has erased', async () => {
    await record(keeping(database, pairOf().publicPem), [ofPatient('anna')])
    const stopped = inStore(database, (db) =>
      purge(purgeOf(db), { before: trace.now + dayMs }, () => {
        throw new Error('stopped')
      }),
    )

    await expect(stopped).rejects.toThrow('stopped')
    expect(await bodiesOf(database)).toEqual([{}])
    expect(await rowsOf(database)).toEqual([])
  })

  test('a comment is sealed in the spool, and is joined to its card, so that a purge of the patient finds the comment', async () => {
    const { publicPem, privatePem } = pairOf()
    const settings = keeping(database, publicPem)
    const call = ofPatient('anna')
    const nowhere = { ...settings, audit: { ...settings.audit, database: 'postgres://127.0.0.1:1/x' } }
    await record(nowhere, [call], [itemOn, itemOn]) // nobody can tell that the second is a repeat
    const spool = join(folder, 'spool')
    const [file = ''] = spoolFilesIn(spool)
    const spooled = readFileSync(join(spool, file), 'utf8')
    await (await openIn(folder, library, { settings })).close() // drains

    expect(spooled).toContain('"sealed":"ey')
    expect(spooled).not.toContain('Zzcanary')
    expect(spoolFilesIn(spool)).toEqual([])
    expect(await foundWith(database, privatePem)).toEqual([
      { state: 'whole', comment: words },
      { state: 'whole', comment: words },
    ])

    const hers = { tenant: call.client.id, patientRefs: patientRefs('anna') }
    await inStore(database, (db) => purge(purgeOf(db), hers, () => undefined))
    expect(await rowsOf(database)).toEqual([])

    const left = spooled.split('\n').filter((line) => line.includes('"sealed"'))
    writeFileSync(join(spool, file), `${left.join('\n')}\n`) // a crash had kept a file from being forgotten
    await (await openIn(folder, library, { settings })).close()
    expect(await rowsOf(database)).toHaveLength(2)
    expect(await foundWith(database, privatePem)).toEqual([])
    await inStore(database, (db) => purge(purgeOf(db), hers, () => undefined))
    expect(await rowsOf(database)).toEqual([])
  })

  test('a database of the previous version is migrated, and its records stay unchanged', async () => {
    const { publicPem, privatePem } = pairOf()
    await record(settingsIn(folder, database), [again(trace)])
    await inStore(database, async (db) => {
      await db.schema.dropTable('comments').execute()
      await sql`delete from kysely_migration where name >= '0003-comments'`.execute(db)
    })
    await record(keeping(database, publicPem), [again(trace)])
    await inStore(database, migrate)

    expect((await bodiesOf(database)).map(({ match }) => match)).toEqual(['known', 'known'])
    expect(await foundWith(database, privatePem)).toEqual([{ state: 'whole', comment: words }])
  })
})

const patientRefs = (id: string): readonly string[] =>
  pseudonymsOf(
    readEpochKeys({
      path: join(folder, 'pseudonym.key'),
      mayCreate: false,
      guarded: false,
      onCreated: () => undefined,
    }),
  ).all.map((pseudonym) => pseudonym(trace.client.id, 'patient', id))

describe('AUD-022 the key that seals comments', () => {
  const problemsOf = async (): Promise<readonly { file: string; says: string; fix: string }[]> => {
    const { audit, ...settings } = settingsIn(folder)
    const kept = { ...audit, comments: true, commentsKeyFile: keyFile() }
    const error: unknown = await openIn(folder, library, { settings: { ...settings, audit: kept } }).catch(
      (thrown: unknown) => thrown,
    )
    return error instanceof ConfigError ? error.problems : []
  }

  test.each<[string, string | undefined, RegExp]>([
    ['is not there', undefined, /^does not exist$/],
    ['is no PEM', 'marker-of-a-secret', /^is no public X25519 or P-256 key in PEM$/],
    ['is a key to sign with', pairOf('Ed25519').publicPem, /^is no public X25519 or P-256 key/],
    ['is private', pairOf().privatePem, /^holds a private key/],
    ['is private beside the public one', pairOf().publicPem + pairOf().privatePem, /^holds a private key/],
  ])('prevents the start when it %s', async (_, content, says) => {
    if (content !== undefined) writeFileSync(keyFile(), content)
    const problems = await problemsOf()

    expect(problems).toEqual([
      { file: keyFile(), says: expect.stringMatching(says), fix: expect.stringContaining('openssl pkey') },
    ])
    expect(JSON.stringify(problems)).not.toContain('marker-of-a-secret')
  })

  test('is not required while comments are off', async () => {
    const settings = settingsIn(folder)
    const off = { ...settings, audit: { ...settings.audit, commentsKeyFile: keyFile() } }

    await expect(record(off, [again(trace)])).resolves.toBeUndefined()
  })

  test.each([
    ['PKCS #8', (pem: string) => pem, true],
    ['the older form of elliptic curves', sec1, true],
    ['locked with a passphrase', locked, false],
    ['public', (pem: string) => String(createPublicKey(pem).export({ type: 'spki', format: 'pem' })), false],
  ])('the private key may be PEM of the form: %s', (_, written, opens) => {
    expect(openingKeyOf(written(pairOf('P-256').privatePem)) !== undefined).toBe(opens)
  })
})

function sec1(pem: string): string {
  return String(createPrivateKey(pem).export({ type: 'sec1', format: 'pem' }))
}
function locked(pem: string): string {
  const lock = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const
  return String(createPrivateKey(pem).export(lock))
}

test('a sealed value from elsewhere is damaged, not an error', async () => {
  const { publicPem, privatePem } = pairOf()
  writeFileSync(keyFile(), publicPem)
  const { CompactEncrypt } = await import('jose/jwe/compact/encrypt')
  const key = openingKeyOf(privatePem)
  if (!key) throw new Error('no private key')
  const sealed = await new CompactEncrypt(Buffer.from('{"salt":1}'))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: key.keyId })
    .encrypt(createPublicKey(publicPem))
  const open = await makeOpenComment(key)

  expect(await open({ sealed, commitment: '' })).toEqual({ state: 'damaged' })
  expect(await open({ sealed: 'nothing', commitment: '' })).toEqual({ state: 'damaged' })
})

test('a printed comment cannot control the terminal', () => {
  const text = commentText({
    at: '2026-03-03T09:06:00.000Z',
    client: 'hospital-a',
    card: 'a\u001b[2J',
    outcome: 'overridden',
    found: { state: 'whole', comment: 'one\r\ntwo\u001b]0;x\u0007\u202e three\u009b' },
  })

  expect(text.split('\n').slice(1)).toEqual(['  one', '  two ]0;x   three '])
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
})

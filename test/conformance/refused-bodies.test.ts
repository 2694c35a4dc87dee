import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { someOf } from '../depth.js'
import { budgets } from '../../src/protocol/limits.js'
import { bodies, codeOf } from '../http/rig.js'
import { startWhole } from '../http/whole.js'
import type { Whole } from '../http/whole.js'

let whole: Whole
beforeAll(async () => {
  whole = await startWhole()
})
afterAll(() => whole.close())

/** Nearly all that a body may hold. */
const most = {
  bytes: budgets.bodyBytes.most - 1_000,
  values: budgets.bodyValues.most - 1_000,
  shapes: budgets.bodyShapes.most - 100,
  members: budgets.bodyMembers.most,
}

/** A list, or with `{` an object, of as many members as the limits allow. */
function full(open: '[' | '{', member: (at: number) => string, valuesEach = 1, limit = most): string {
  const parts: string[] = []
  let length = 0
  for (let at = 0; (at + 1) * valuesEach < limit.values; at++) {
    const next = member(at)
    length += next.length + 1
    if (length > limit.bytes) break
    parts.push(next)
  }
  return open + parts.join() + (open === '[' ? ']' : '}')
}

/** A call with this prefetch that is refused for its patient id, but only once all of it has been read. */
const refusedFor = (prefetch: string): string =>
  JSON.stringify({
    ...bodies['patient-view'](),
    context: { userId: 'Practitioner/1', patientId: '/' },
    prefetch: 0,
  }).replace('"prefetch":0', `"prefetch":${prefetch}`)

const name = (at: number): string => at.toString(36)
const differentNames = full('{', (at) => `"n${name(at)}":1`)
let named = 0
/** A list of objects that have so many names each, none of them ever read before. */
const objectsOf = (names: number, limit = most): string =>
  full(
    '[',
    () => `{${Array.from({ length: names }, () => `"n${name(named++)}":1`).join()}}`,
    names + 1,
    limit,
  )
const overridden = JSON.stringify({
  card: randomUUID(),
  outcome: 'overridden',
  outcomeTimestamp: '2026-03-03T09:00:00Z',
  overrideReasons: { extension: 0 },
})

const view = '/cds-services/mastitis-patient-view'
type Row = [holds: string, body: () => string | Buffer, code: string, path?: string, encoding?: string]

const rows: readonly Row[] = [
  ['different names', () => refusedFor(`{"a":${differentNames}}`), 'PROTOCOL_BODY_TOO_LARGE'],
  ['different keys of prefetch', () => refusedFor(differentNames), 'PROTOCOL_BODY_TOO_LARGE'],
  ['objects of a name each', () => refusedFor(objectsOf(1)), 'PROTOCOL_BODY_TOO_LARGE'],
  ['objects of a hundred names', () => refusedFor(objectsOf(100)), 'PROTOCOL_BODY_TOO_LARGE'],
  [
    'objects of as many names as an object may have',
    () => refusedFor(objectsOf(most.members)),
    'PROTOCOL_BODY_TOO_LARGE',
  ],
  [
    'numbers as names',
    () => refusedFor(full('[', (at) => `{"${at * 7_919}":1}`, 2)),
    'PROTOCOL_BODY_TOO_LARGE',
  ],
  [
    'as many shapes of objects as are read, and values',
    () => {
      const objects = objectsOf(100, { ...most, values: most.shapes })
      const texts = full('[', (at) => `"${at}"`, 1, { ...most, values: most.values - most.shapes })
      return refusedFor(`[${objects},${texts}]`)
    },
    'PROTOCOL_FIELD_INVALID',
  ],
  ['hostile names', () => refusedFor(full('[', () => '{"__proto__":1}', 2)), 'PROTOCOL_FIELD_INVALID'],
  ['different short texts', () => refusedFor(full('[', (at) => `"${at}"`)), 'PROTOCOL_FIELD_INVALID'],
  [
    'different short texts of escapes',
    () => refusedFor(full('[', (at) => `"\\u0061${at}"`)),
    'PROTOCOL_FIELD_INVALID',
  ],
  ['empty lists', () => refusedFor(full('[', () => '[]', 2)), 'PROTOCOL_FIELD_INVALID'],
  [
    'lists sixty levels deep',
    () => refusedFor(full('[', () => '['.repeat(60) + ']'.repeat(60), 61)),
    'PROTOCOL_FIELD_INVALID',
  ],
  [
    'objects thirty levels deep',
    () => refusedFor(full('[', () => `${'{"a":'.repeat(30)}1${'}'.repeat(30)}`, 31)),
    'PROTOCOL_FIELD_INVALID',
  ],
  ['fractions', () => refusedFor(full('[', (at) => `1.${at}e-9`)), 'PROTOCOL_FIELD_INVALID'],
  ['one endless number', () => refusedFor('1'.repeat(most.bytes)), 'PROTOCOL_FIELD_INVALID'],
  ['one endless text', () => refusedFor(`"${'€'.repeat(most.bytes / 3)}"`), 'PROTOCOL_FIELD_INVALID'],
  [
    'one endless text of escapes',
    () => refusedFor(`"${'\\u0041'.repeat(most.bytes / 6)}"`),
    'PROTOCOL_FIELD_INVALID',
  ],
  [
    'a Bundle of too many entries after all else',
    () =>
      `{"a":${full('[', (at) => `"${at}"`, 1, { ...most, values: most.values - 6_000 })},${JSON.stringify({
        ...bodies['patient-view'](),
        prefetch: { conditions: { entry: Array<number>(5_001).fill(0) } },
      }).slice(1)}`,
    'PROTOCOL_BODY_TOO_LARGE',
  ],
  [
    'texts and an end that is missing',
    () => full('[', (at) => `"${at}"`).slice(0, -1),
    'PROTOCOL_BODY_NOT_JSON',
  ],
  ['texts and one mark too many', () => `${full('[', (at) => `"${at}"`)}x`, 'PROTOCOL_BODY_NOT_JSON'],
  ['blanks alone', () => ' '.repeat(most.bytes), 'PROTOCOL_BODY_NOT_JSON'],
  ['lists without end', () => '['.repeat(most.bytes), 'PROTOCOL_BODY_TOO_DEEP'],
  ['more values than allowed', () => `[${'1,'.repeat(most.bytes / 2)}1]`, 'PROTOCOL_BODY_TOO_LARGE'],
  ['a byte that is no UTF-8', () => Buffer.alloc(most.bytes, 0x80), 'PROTOCOL_BODY_NOT_JSON'],
  [
    'a gigabyte of blanks, packed',
    () => Buffer.concat(Array<Buffer>(64).fill(gzipSync(Buffer.alloc(16_777_216, 0x20)))),
    'PROTOCOL_BODY_TOO_LARGE',
    view,
    'gzip',
  ],
  [
    'extensions of many shapes before an item that is none',
    () => {
      const extension = objectsOf(100, { ...most, values: most.shapes })
      const item = overridden.replace('"extension":0', `"extension":${extension}`)
      return `{"feedback":[${item},{}]}`
    },
    'PROTOCOL_FEEDBACK_INVALID',
    `${view}/feedback`,
  ],
]

test.each<Row>(someOf(rows, 3))(
  'E5 SEC-042 a body that holds %s is refused, and what it was refused for is said',
  async (_, makeBody, code, path = view, encoding = 'identity') => {
    expect(await codeOfPost(path, Buffer.from(makeBody() as string), encoding)).toBe(code)
  },
)

/** Sends bytes, and gives the code of the refusal. */
function codeOfPost(path: string, body: Buffer, encoding: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(
      whole.base + path,
      { method: 'POST', headers: { 'content-type': 'application/json', 'content-encoding': encoding } },
      (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => {
          resolve(codeOf({ body: JSON.parse(text) as unknown }))
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { someOf } from '../depth.js'
import { bodies, codeOf } from '../http/rig.js'
import { startWhole } from '../http/whole.js'
import type { Whole } from '../http/whole.js'
import { heldUpMs, longestMs } from './held-up.js'

let whole: Whole
beforeAll(async () => {
  whole = await startWhole()
})
afterAll(() => whole.close())

/** Nearly all that a body may hold, in bytes and in values. */
const most = { bytes: 4_194_304 - 1_000, values: 499_000 }
/** Nearly all that is read in one go. */
const mostAtOnce = { bytes: 1_048_576 - 1_000, values: 19_900 }

/** A list, or with `{` an object, with as many different members as a body may hold. */
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
/** A list of objects that have so many names each, all different. */
const objectsOf = (names: number): string => {
  const object = (start: number): string =>
    `{${Array.from({ length: names }, (_, at) => `"n${name(start + at)}":1`).join()}}`
  return full('[', (at) => object(at * names), names + 1)
}
const escapedHook = (text: string): string => text.replace('"hook"', '"\\u0068ook"')
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
  [
    'different names and an escape',
    () => escapedHook(refusedFor(`{"a":${differentNames}}`)),
    'PROTOCOL_BODY_TOO_LARGE',
  ],
  [
    'different names and an escape, as many as are read in one go',
    () => escapedHook(refusedFor(`{"a":${full('{', (at) => `"n${name(at)}":1`, 1, mostAtOnce)}}`)),
    'PROTOCOL_FIELD_INVALID',
  ],
  [
    'different long names and an escape, as many as are read in one go',
    () =>
      escapedHook(
        refusedFor(`{"a":${full('{', (at) => `"${name(at)}${'n'.repeat(30)}":1`, 1, mostAtOnce)}}`),
      ),
    'PROTOCOL_FIELD_INVALID',
  ],
  [
    'objects of a name each and an escape, as many as are read in one go',
    () => escapedHook(refusedFor(full('[', (at) => `{"n${name(at)}":"${at}"}`, 2, mostAtOnce))),
    'PROTOCOL_FIELD_INVALID',
  ],
  ['objects of three thousand names', () => refusedFor(objectsOf(3_000)), 'PROTOCOL_FIELD_INVALID'],
  [
    'objects of almost ten thousand names and an escape',
    () => escapedHook(refusedFor(objectsOf(9_900))),
    'PROTOCOL_FIELD_INVALID',
  ],
  [
    'numbers as names',
    () => escapedHook(refusedFor(full('{', (at) => `"${at * 7_919}":1`))),
    'PROTOCOL_BODY_TOO_LARGE',
  ],
  [
    'objects of a name each',
    () => escapedHook(refusedFor(full('[', (at) => `{"n${name(at)}":1}`, 2))),
    'PROTOCOL_FIELD_INVALID',
  ],
  ['different short texts', () => refusedFor(full('[', (at) => `"${at}"`)), 'PROTOCOL_FIELD_INVALID'],
  ['empty lists', () => escapedHook(refusedFor(full('[', () => '[]', 2))), 'PROTOCOL_FIELD_INVALID'],
  [
    'lists sixty levels deep',
    () => refusedFor(full('[', () => '['.repeat(60) + ']'.repeat(60), 61)),
    'PROTOCOL_FIELD_INVALID',
  ],
  [
    'objects thirty levels deep',
    () => escapedHook(refusedFor(full('[', () => `${'{"a":'.repeat(30)}1${'}'.repeat(30)}`, 31))),
    'PROTOCOL_FIELD_INVALID',
  ],
  [
    'long objects inside each other',
    () => refusedFor(`${'{"a":'.repeat(50)}${differentNames}${'}'.repeat(50)}`),
    'PROTOCOL_BODY_TOO_LARGE',
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
      `${differentNames.slice(0, -200_000).replace(/,[^,]*$/, '')},${JSON.stringify({
        ...bodies['patient-view'](),
        prefetch: { conditions: { entry: Array<number>(5_001).fill(0) } },
      }).slice(1)}`,
    'PROTOCOL_BODY_TOO_LARGE',
  ],
  ['names and an end that is missing', () => differentNames.slice(0, -1), 'PROTOCOL_BODY_NOT_JSON'],
  ['names and one mark too many', () => `${differentNames}x`, 'PROTOCOL_BODY_NOT_JSON'],
  ['names and a comma too many', () => `${differentNames.slice(0, -1)},}`, 'PROTOCOL_BODY_TOO_LARGE'],
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
    'extensions of three thousand names each before an item that is none',
    () => {
      const extensions = (JSON.parse(objectsOf(3_000)) as unknown[]).slice(0, -2)
      const items = extensions.map((one) =>
        overridden.replace('"extension":0', `"extension":${JSON.stringify(one)}`),
      )
      return `{"feedback":[${items.join()},{}]}`
    },
    'PROTOCOL_FEEDBACK_INVALID',
    `${view}/feedback`,
  ],
]

test.each<Row>(someOf(rows, 3))(
  'E5 SEC-042 a body that holds %s is refused, and never keeps other calls waiting for 50 ms',
  async (_, makeBody, code, path = view, encoding = 'identity') => {
    const body = Buffer.from(makeBody() as string)
    let answered: string | undefined
    const heldUp = await heldUpMs(
      async () => {
        answered = await codeOfPost(path, body, encoding)
      },
      { inTurns: true },
    )

    expect(answered).toBe(code)
    expect(heldUp).toBeLessThan(longestMs)
  },
  30_000,
)

/** Sends bytes that are ready, so that sending costs this process as good as nothing; gives the code of the refusal. */
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

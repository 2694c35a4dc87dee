import { Buffer } from 'node:buffer'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseJsonBytes } from '../../src/protocol/parse-json.js'
import { parseJsonInTurns } from '../../src/protocol/parse-json-in-turns.js'

const limits = { depth: 64, nodes: 500_000 }

/** Every body longer than a few bytes in pieces of a few bytes, so that small texts meet every joint. */
const tiny = { bytes: 0, values: 0, piece: 4 }
const inTurns = (text: string, sizes = tiny): unknown => parseJsonInTurns(Buffer.from(text), limits, sizes)
const verdict = async (read: () => unknown): Promise<unknown> => {
  try {
    return { value: await read() }
  } catch (error) {
    return (error as { code?: unknown }).code
  }
}

test('SEC-042 S1 read in pieces, any JSON is the value it is when read whole, with names in the same order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 6 }), fc.nat(40), fc.nat(3), async (text, piece, space) => {
      const spaced = JSON.stringify(JSON.parse(text), undefined, space)
      const read = await inTurns(spaced, { bytes: 0, values: 0, piece })

      expect(JSON.stringify(read)).toBe(JSON.stringify(parseJsonBytes(Buffer.from(spaced), limits)))
    }),
    { numRuns: 1_000 },
  )
})

test('SEC-042 S1 read in pieces, a text is refused exactly when it is refused when read whole', async () => {
  const marks = [
    ...'[ ] { } , : " \\ 0 a n'.split(' '),
    ' ',
    '"a":',
    '[1,2]',
    '{"b":3}',
    '"long enough"',
    '__proto__',
    '"constructor":{}',
  ]
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...marks), { maxLength: 14 }),
      fc.nat(12),
      async (parts, piece) => {
        const text = parts.join('')
        const whole = await verdict(() => parseJsonBytes(Buffer.from(text), limits))

        expect(await verdict(() => inTurns(text, { bytes: 0, values: 0, piece }))).toEqual(whole)
      },
    ),
    { numRuns: 5_000 },
  )
})

test.each([
  '[1,[1,2,3,4,5],]',
  '[,[1,2,3,4,5]]',
  '[1,,[1,2,3,4,5]]',
  '[[1,2,3,4,5] 1]',
  '[[1,2,3,4,5][1,2,3,4,5]]',
  '[1 [1,2,3,4,5]]',
  '[1,2,3,4,5}',
  '{"a":1,"b":2]',
  '{"a":[1,2,3,4,5],}',
  '{[1,2,3,4,5]}',
  '{"a" [1,2,3,4,5]}',
  '{"a":"b":[1,2,3,4,5]}',
  '{"a":1 "b":[1,2,3,4,5]}',
  '{"a":1[1,2,3,4,5]}',
  '{"a":-[1,2,3,4,5]}',
  '{"a":1.{"b":1234}}',
  '{"a":1e+{"b":1234}}',
  '[1,2,3,4,5]]',
  '[1,2,3,4,5][1,2,3,4,5]',
  '[1,2,3,4,5',
  '{"a":[1,2,3,4,5]',
  '"[1,2,3,4,5]',
])('Q1 %s is no JSON in pieces either', async (text) => {
  expect(await verdict(() => inTurns(text))).toBe('PROTOCOL_BODY_NOT_JSON')
})

test('SEC-044 hostile names are dropped in pieces, plain and escaped, short and long', async () => {
  const text =
    '{"a":1,"__proto__":{"x":"long enough"},"b":{"constructor":[1,2,3,4],"\\u005f_proto__":{"x":[1,2,3]},"c":2},"prototype":1}'
  const read = await inTurns(text)

  expect(read).toEqual({ a: 1, b: { c: 2 } })
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  expect(({} as { x?: unknown }).x).toBeUndefined()
})

test('SEC-042 depth and number of values are refused before a piece is read', async () => {
  const deep = '['.repeat(65) + ']'.repeat(65)
  const many = `[${Array<number>(500_000).fill(1).join(',')}]`

  expect(await verdict(() => inTurns(deep))).toBe('PROTOCOL_BODY_TOO_DEEP')
  expect(await verdict(() => inTurns(many))).toBe('PROTOCOL_BODY_TOO_LARGE')
})

test('SEC-042 other work has its turn between the pieces of a long body, and a short one needs none', async () => {
  const long = Buffer.from(`[${Array.from({ length: 40_000 }, (_, at) => `{"name-${at}":1}`).join()}]`)
  let turns = 0
  let reading = true
  const other = (): void => {
    turns += 1
    if (reading) setImmediate(other)
  }
  setImmediate(other)
  const read = await Promise.resolve(parseJsonInTurns(long, limits)).finally(() => (reading = false))

  expect(read).toHaveLength(40_000)
  expect(turns).toBeGreaterThan(5)
  expect(parseJsonInTurns(Buffer.from('{"a":1}'), limits)).toEqual({ a: 1 })
})

test('SEC-042 in a long body an object has at most ten thousand members', async () => {
  const object = (count: number): string =>
    `{${Array.from({ length: count }, (_, at) => `"a-long-name-${at}":1`).join()}}`

  expect(await verdict(() => inTurns(object(10_000)))).toEqual({
    value: JSON.parse(object(10_000)) as unknown,
  })
  expect(await verdict(() => inTurns(object(10_001)))).toBe('PROTOCOL_BODY_TOO_LARGE')
})

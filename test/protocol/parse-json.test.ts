import { Buffer } from 'node:buffer'
import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { budgets } from '../../src/protocol/limits.js'
import { hostileKeys, parseJsonBytes } from '../../src/protocol/parse-json.js'

const limits = { depth: budgets.bodyDepth.most, nodes: budgets.bodyValues.most }
const parse = (text: string | Buffer): unknown => parseJsonBytes(Buffer.from(text as string), limits)
const refusal = (text: string | Buffer): unknown => {
  try {
    parse(text)
  } catch (error) {
    return (error as { code?: unknown }).code
  }
  return undefined
}

/** Has `JSON.parse` drop members whose names could reach a prototype; a text that says such a name is only a text. */
const withoutHostileKeys = (key: string, value: unknown): unknown =>
  hostileKeys.has(key) ? undefined : value

test('S1 valid JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), (text) => {
      expect(parse(text)).toEqual(JSON.parse(text, withoutHostileKeys))
    }),
    { numRuns: 300, examples: [['["__proto__"]'], ['{"__proto__":{"a":1},"b":[{"constructor":2}]}']] },
  )
})

test.each([
  ['[', ']'],
  ['{"a":', '}'],
])('SEC-042 64 levels of %s are read, 65 are refused', (open, close) => {
  expect(refusal(open.repeat(64) + (open === '[' ? '' : '1') + close.repeat(64))).toBeUndefined()
  expect(refusal(open.repeat(65) + (open === '[' ? '' : '1') + close.repeat(65))).toBe(
    'PROTOCOL_BODY_TOO_DEEP',
  )
})

test('SEC-042 E5 a million nested arrays are refused', () => {
  expect(refusal(Buffer.from('['.repeat(1_000_000)))).toBe('PROTOCOL_BODY_TOO_DEEP')
})

test('SEC-042 values up to the limit are read, one more is refused', () => {
  const list = (count: number): string => `[${Array<number>(count).fill(1).join(',')}]`

  expect(refusal(list(limits.nodes - 1))).toBeUndefined()
  expect(refusal(list(limits.nodes))).toBe('PROTOCOL_BODY_TOO_LARGE')
})

/** So many members of one name, so that the shapes of objects do not count. */
const members = (count: number, name = 'a'): string => Array<string>(count).fill(`"${name}":1`).join()

test('SEC-042 an object with members up to the limit is read, an object with one more is refused, at every depth', () => {
  const most = budgets.bodyMembers.most

  for (const [open, close] of [
    ['', ''],
    ['[1,2,[', ',3]]'],
    ['{"b":1,"c":{"d":', '},"e":2}'],
  ] as const) {
    expect(refusal(`${open}{${members(most)}}${close}`)).toBeUndefined()
    expect(refusal(`${open}{${members(most + 1)}}${close}`)).toBe('PROTOCOL_BODY_TOO_LARGE')
  }
})

test('SEC-042 members are counted for each object alone, and the elements of lists are not', () => {
  const half = budgets.bodyMembers.most / 2

  expect(refusal(`[{${members(half)}},{${members(half + 1)}}]`)).toBeUndefined()
  expect(refusal(`{"a":{${members(half)}},${members(half)},"b":[${'1,'.repeat(5_000)}1]}`)).toBeUndefined()
})

/** So many objects of ten names, all of them new when each has its own `start`. */
const shapes = (count: number): string =>
  `[${Array.from({ length: count / 10 }, (_, object) => `{${Array.from({ length: 10 }, (_, at) => `"n${object}-${at}":1`).join()}}`).join()}]`

test('SEC-042 objects of many shapes are refused, because the engine makes a hidden class for each', () => {
  const most = budgets.bodyShapes.most

  expect(refusal(shapes(most))).toBeUndefined()
  expect(refusal(shapes(most * 1.2))).toBe('PROTOCOL_BODY_TOO_LARGE')
})

test('SEC-042 names in another order are another shape; the same names again are the same shape', () => {
  const names = Array.from({ length: 100 }, (_, at) => `"n${at}":1`)
  const turned = (by: number): string => `{${[...names.slice(by), ...names.slice(0, by)].join()}}`
  const list = (object: (at: number) => string): string =>
    `[${Array.from({ length: 100 }, (_, at) => object(at)).join()}]`

  expect(refusal(list(() => turned(0)))).toBeUndefined()
  expect(refusal(list(turned))).toBe('PROTOCOL_BODY_TOO_LARGE')
})

test('SEC-042 brackets, commas and quotes inside strings do not count', () => {
  expect(parse(`{"a":"${'['.repeat(100)}\\"${'{'.repeat(100)}\\\\"}`)).toEqual({
    a: `${'['.repeat(100)}"${'{'.repeat(100)}\\`,
  })
})

test.each([
  ['plain', '{"__proto__":{"x":1},"a":{"constructor":{"prototype":{"x":1}},"b":[{"prototype":1,"c":2}]}}'],
  ['escaped', '{"\\u005f_proto__":{"x":1},"a":{"\\u0063onstructor":1,"b":[{"p\\u0072ototype":1,"c":2}]}}'],
  [
    'escaped in capitals',
    '{"_\\u005F\\u0070roto__":{"x":1},"a":{"constructo\\u0072":1,"b":[{"prototyp\\u0065":1,"c":2}]}}',
  ],
])('SEC-044 S1 hostile keys are dropped at any depth when they are %s', (_, text) => {
  expect(parse(text)).toEqual({ a: { b: [{ c: 2 }] } })
  expect(Object.hasOwn(parse(text) as object, '__proto__')).toBe(false)
  expect(({} as { x?: unknown }).x).toBeUndefined()
})

test('SEC-044 the words of hostile keys stay in values and in parts of other keys', () => {
  const text = '{"a":"__proto__","b":"constructor","myprototype":1,"prototypes":2,"c":"\\u00e4"}'

  expect(parse(text)).toEqual({ a: '__proto__', b: 'constructor', myprototype: 1, prototypes: 2, c: 'ä' })
})

test('S1 a byte order mark is skipped', () => {
  expect(parse(Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toEqual({})
})

test.each([
  ['a lone continuation byte', Buffer.from([0x22, 0x80, 0x22])],
  ['an overlong encoding', Buffer.from([0x22, 0xc0, 0xaf, 0x22])],
  ['an encoded surrogate', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
  ['UTF-16', Buffer.from('{}', 'utf16le')],
  ['UTF-16 with its mark', Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])],
])('S1 %s is refused', (_, bytes) => {
  expect(() => parseJsonBytes(bytes, limits)).toThrow(
    expect.objectContaining({ code: 'PROTOCOL_BODY_NOT_JSON' }),
  )
})

test('S1 lone surrogates, NUL and bidi characters in strings are read unchanged', () => {
  expect(parse('{"a":"\\ud800","b":"\\u0000","c":"\\u202e"}')).toEqual({ a: '\ud800', b: '\0', c: '\u202e' })
})

test.each(['', ' ', '{', '{"a":', '[1,', '"', '"\\', "{'a':1}", '{"a":1}}', 'NaN', '01'])(
  'Q1 %j is not JSON',
  (text) => {
    expect(refusal(text)).toBe('PROTOCOL_BODY_NOT_JSON')
  },
)

test('SEC-066 the refusal does not quote the body', () => {
  try {
    parse('{"a": Zzcanary}')
    expect(true).toBe(false)
  } catch (error) {
    const { message, cause } = error as Error
    expect(message).not.toContain('Zzcanary')
    expect(cause).toBeUndefined()
  }
})

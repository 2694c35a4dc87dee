import { request } from 'node:http'
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, test } from '@jest/globals'
import { BodyBytes } from '../../src/http/body-bytes.js'
import { doorLimits } from '../../src/http/door-limits.js'
import { readBody } from '../../src/http/read-body.js'
import { bodies, codeOf, post, start } from './rig.js'
import type { Rig } from './rig.js'
import { openRaw } from './sockets.js'

const piece = 256

const refused = expect.objectContaining({ code: 'LIMIT_OVERLOAD' })
const stopped = (): number => 0

test('SEC-101 the bodies of the process hold bytes up to the limit, and not one more', () => {
  const bytes = new BodyBytes(1_000, 10_000, stopped)
  bytes.openForAddress('192.0.2.1').add(1_000 - 2 * piece - 1)

  expect(() => bytes.openForAddress('192.0.2.2').add(2)).toThrow(refused)
  expect(() => bytes.openForAddress('192.0.2.2').add(1)).not.toThrow()
})

test('SEC-101 an address at its limit takes nothing from another, and gets its bytes back when a call ends', () => {
  const bytes = new BodyBytes(10_000, 1_000, stopped)
  const held = bytes.openForAddress('192.0.2.1')
  held.add(1_000 - piece)

  expect(() => bytes.openForAddress('192.0.2.1').add(1)).toThrow(refused)
  expect(() => bytes.openForAddress('192.0.2.2').add(1)).not.toThrow()
  held.giveBack()
  held.giveBack() // giving back twice frees once
  expect(() => bytes.openForAddress('192.0.2.1').add(1_000 - piece)).not.toThrow()
  expect(() => bytes.openForAddress('192.0.2.1').add(1)).toThrow(refused)
})

test('SEC-101 addresses of one IPv6 network count as one', () => {
  const bytes = new BodyBytes(10_000, 1_000, stopped)
  bytes.openForAddress('2001:db8::1').add(1_000 - piece)

  expect(() => bytes.openForAddress('2001:db8::2').add(1)).toThrow(refused)
  expect(() => bytes.openForAddress('2001:db8:0:1::1').add(1)).not.toThrow()
})

test.each([
  ['the only client may hold all bytes of the process', 1, 10_000],
  ['of several clients one may hold half of them', 2, 5_000],
])('SEC-092 %s, whatever the limit of an address, and not one byte more', (_, clients, most) => {
  const bytes = new BodyBytes(10_000, 1_000, stopped)

  expect(() => bytes.openForClient('a', clients).add(most - piece + 1)).toThrow(refused)
  expect(() => bytes.openForClient('a', clients).add(most - piece)).not.toThrow()
  expect(() => bytes.openForClient('a', clients).add(1)).toThrow(refused)
})

test('SEC-092 a client at its share takes nothing from another client, nor from a sender without a token', () => {
  const bytes = new BodyBytes(10_000, 1_000, stopped)
  bytes.openForClient('a', 2).add(5_000 - piece)

  expect(() => bytes.openForClient('b', 2).add(4_000 - piece)).not.toThrow()
  expect(() => bytes.openForAddress('192.0.2.1').add(1_000 - piece)).not.toThrow()
})

test('64 calls of 350 kB of the only client fit at the same time; one of several clients may send two of 8 MB, and others meanwhile', () => {
  const one = new BodyBytes()
  for (let call = 0; call < 64; call += 1) one.openForClient('a', 1).add(350_000)
  const several = new BodyBytes()
  for (const client of ['a', 'b'])
    for (let call = 0; call < 2; call += 1) several.openForClient(client, 2).add(8_000_000)
  expect(() => several.openForClient('c', 2).add(350_000)).not.toThrow()
})

/** Bytes of a process that are full: two bodies of client a, begun in this order, and one of client b that has arrived. */
function fullBytes(clock: () => number, mostOfAll = 3_000) {
  const bytes = new BodyBytes(mostOfAll, 1_000, clock)
  const ended: string[] = []
  const [older, newer, whole] = [
    bytes.openForClient('a', 2),
    bytes.openForClient('a', 2),
    bytes.openForClient('b', 2),
  ]
  older.onEnded(() => ended.push('older'))
  newer.onEnded(() => ended.push('newer'))
  whole.onEnded(() => ended.push('whole'))
  older.add(500)
  newer.add(200)
  whole.add(1_000)
  whole.arrived()
  return { bytes, ended, older, newer }
}

test('SEC-101 when the process is full, the body that has been arriving for the longest time makes room, after a second and not before', () => {
  let now = 0
  const { bytes, ended } = fullBytes(() => now)
  now = doorLimits.slowBodyMs.most
  expect(() => bytes.openForClient('c', 2).add(700)).toThrow(refused)
  expect(ended).toEqual([])

  now += 1
  expect(() => bytes.openForClient('c', 2).add(700)).not.toThrow()
  expect(ended).toEqual(['older'])
})

test('SEC-101 a body that sends single bytes still counts from its first byte', () => {
  let now = 0
  const { bytes, ended, older } = fullBytes(() => now, 3_500)
  now = doorLimits.slowBodyMs.most + 1
  older.add(1)
  expect(() => bytes.openForClient('c', 2).add(1_000)).not.toThrow()

  expect(ended).toEqual(['older'])
})

test('SEC-101 as many bodies are ended as are needed, and no complete body', () => {
  let now = 0
  const { bytes, ended } = fullBytes(() => now)
  now = doorLimits.slowBodyMs.most + 1

  expect(() => bytes.openForClient('c', 2).add(1_200)).not.toThrow()
  expect(ended).toEqual(['older', 'newer'])
  expect(() => bytes.openForClient('d', 2).add(1_300)).toThrow(refused)
})

test('SEC-092 for a client at its share, only a slow body of the same client makes room', () => {
  let now = 0
  const { bytes, ended } = fullBytes(() => now)
  now = doorLimits.slowBodyMs.most + 1
  const full = bytes.openForClient('b', 2)
  expect(() => full.add(500)).toThrow(refused)
  expect(ended).toEqual([])
  expect(() => bytes.openForClient('a', 2).add(500)).not.toThrow()

  expect(ended).toEqual(['older'])
})

test('SEC-101 a body in tiny pieces counts the overhead of its pieces', () => {
  const held = new BodyBytes(100_000, 100_000).openForAddress('192.0.2.1')
  for (let at = 0; at < 389; at++) held.add(1)

  expect(() => held.add(1)).toThrow(refused)
})

const packed = (encoding: string, bytes: Buffer): IncomingMessage =>
  Object.assign(Readable.from([bytes]), {
    headers: { 'content-encoding': encoding },
  }) as unknown as IncomingMessage

test.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
])(
  'SEC-101 each unpacked piece of a compressed body (%s) counts before the next piece is unpacked',
  async (name, pack) => {
    const plain = Buffer.alloc(1_000_000, 'a')
    const counted: number[] = []
    const nothing = (): void => undefined
    const add = (bytes: number): void => void counted.push(bytes)
    const held = { add, arrived: nothing, onEnded: nothing, giveBack: nothing }

    const read = await readBody(packed(name, pack(plain)), plain.length, held)
    expect(read.equals(plain)).toBe(true)
    expect(Math.max(...counted)).toBeLessThan(70_000)

    const room = new BodyBytes(500_000, 500_000).openForAddress('192.0.2.1')
    await expect(readBody(packed(name, pack(plain)), plain.length, room)).rejects.toMatchObject({
      code: 'LIMIT_OVERLOAD',
    })
    await expect(readBody(packed(name, pack(plain)), plain.length - 1, held)).rejects.toMatchObject({
      code: 'PROTOCOL_BODY_TOO_LARGE',
    })
  },
)

/** Begins a body and sends no more of it, until it has arrived. */
async function halfBody(rig: Rig, bytes: number): Promise<ClientRequest> {
  const sent = request(`${rig.base}/cds-services/mastitis-patient-view`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': bytes * 2 },
  })
  sent.on('error', () => undefined)
  await new Promise<void>((resolve) => sent.write(' '.repeat(bytes), () => resolve()))
  return sent
}

test('SEC-101 half-sent bodies fill no more than their share; further bodies get 503, and there is room when the half-sent bodies end', async () => {
  const bodyBytes = new BodyBytes(100_000, 100_000, stopped)
  const rig = await start({ bodyBytes })
  const whole = { ...bodies['patient-view'](), extension: { text: ' '.repeat(20_000) } }
  const ask = () => post(`${rig.base}/cds-services/mastitis-patient-view`, whole)
  try {
    const half = await halfBody(rig, 90_000)
    let refused = await ask()
    while (refused.status === 200) refused = await ask() // until the half body has arrived
    expect([refused.status, codeOf(refused), refused.headers.get('retry-after')]).toEqual([
      ...[503, 'LIMIT_OVERLOAD', '1'],
    ])

    half.destroy()
    await until(() => rig.lines.some(({ status }) => status === 499))
    expect((await ask()).status).toBe(200)
  } finally {
    await rig.close()
  }
})

test('SEC-101 over real connections a half-sent body of one address is ended with 408 when a call needs its bytes', async () => {
  let now = 0
  const rig = await start({ bodyBytes: new BodyBytes(100_000, 100_000, () => now) })
  try {
    const { socket, ended } = await openRaw(rig.base)
    socket.write(`${hookHead}Content-Length: 200000\r\n\r\n${' '.repeat(90_000)}`)
    const ask = () => post(`${rig.base}/cds-services/mastitis-patient-view`, big)
    const big = { ...bodies['patient-view'](), extension: { text: ' '.repeat(60_000) } }
    let answer = await ask()
    while (answer.status === 200) answer = await ask() // until the half body has arrived
    expect(codeOf(answer)).toBe('LIMIT_OVERLOAD')

    now = doorLimits.slowBodyMs.most + 1
    expect((await ask()).status).toBe(200)
    expect(await ended).toMatch(/^HTTP\/1\.1 408 [^]*"HTTP_TIMEOUT"/)
  } finally {
    await rig.close()
  }
})

const hookHead =
  'POST /cds-services/mastitis-patient-view HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

const until = (holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (holds()) resolve()
      else setImmediate(look)
    }
    look()
  })

/** What a service answers to a body of so many chunks of one byte. */
async function inChunks(chunks: number): Promise<string> {
  const rig = await start()
  try {
    const { socket, ended } = await openRaw(rig.base)
    const type = 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n'
    socket.write(`POST /cds-services/mastitis-patient-view HTTP/1.1\r\nHost: x\r\n${type}`)
    socket.write('1\r\n \r\n'.repeat(chunks) + '0\r\n\r\n')
    return await ended
  } finally {
    await rig.close()
  }
}

const mostChunks = Math.floor((doorLimits.bodyPieces.most * piece) / (piece - 1)) // each byte gives room for a part of a piece

test('SEC-101 a body in the largest number of pieces is read', async () => {
  expect(await inChunks(mostChunks)).toMatch(/^HTTP\/1\.1 400 [^]*"PROTOCOL_BODY_NOT_JSON"/)
})

test('SEC-101 a body in one piece more ends its connection', async () => {
  expect(await inChunks(mostChunks + 1)).toBe('')
})

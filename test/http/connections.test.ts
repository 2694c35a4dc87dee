import { createServer } from 'node:http'
import type { ServerOptions, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { boundConnections } from '../../src/http/connections.js'
import { doorLimits } from '../../src/http/door-limits.js'
import { serverTimeouts } from '../../src/http/server.js'
import { ask, start } from './rig.js'
import { openRaw, statusesIn } from './sockets.js'
import type { RawConnection } from './sockets.js'

/** A timeout of the service, shortened, so that a test need not wait as long as a caller may. */
const shortened = (name: 'headersTimeout' | 'requestTimeout'): number => serverTimeouts[name] / 50
const checkedOften: ServerOptions = { ...serverTimeouts, connectionsCheckingInterval: 20 }
const hook =
  'POST /cds-services/mastitis-patient-view HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

test.each([
  ['headers that never end', 'headersTimeout', `${hook}X-Slow: a`],
  ['not a single byte', 'headersTimeout', ''],
  ['a body that never ends', 'requestTimeout', `${hook}Content-Length: 100\r\n\r\n{"hook"`],
] as const)(
  'SEC-051 %s: the response is 408, and the connection ends (%s)',
  async (_, name, bytes) => {
    const timeouts = { ...checkedOften, [name]: shortened(name) }
    if (name === 'requestTimeout') timeouts.headersTimeout = 0 // or Node would not take a shorter one beside it
    const rig = await start({ timeouts })
    try {
      const { socket, ended } = await openRaw(rig.base)
      socket.write(bytes)

      expect(await ended).toMatch(/^HTTP\/1\.1 408 [^]*"HTTP_TIMEOUT"/)
    } finally {
      await rig.close()
    }
  },
  5_000,
)

const most = doorLimits.unanswered.most
const pipelined = (count: number): string => 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(count)

test('SEC-101 unanswered requests up to the limit of one connection all get a response', async () => {
  const rig = await start()
  try {
    const { socket, ended } = await openRaw(rig.base)
    socket.write(`${pipelined(most - 1)}GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)

    expect(statusesIn(await ended)).toEqual(Array<number>(most).fill(200))
  } finally {
    await rig.close()
  }
})

test('SEC-101 one unanswered request more ends the connection, and the app sees none of them', async () => {
  const rig = await start()
  try {
    const { socket, ended } = await openRaw(rig.base)
    socket.write(pipelined(300))

    expect(await ended).toBe('')
    expect((await ask(`${rig.base}/health/live`)).status).toBe(200)
    expect(rig.lines).toHaveLength(1)
  } finally {
    await rig.close()
  }
})

test('SEC-101 unanswered requests count, whenever they were sent', async () => {
  const rig = await start({ ready: () => new Promise(() => undefined) })
  try {
    const { socket, ended } = await openRaw(rig.base)
    for (let sent = 0; sent < most; sent++) socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n')
    expect((await ask(`${rig.base}/health/live`)).status).toBe(200)
    expect(socket.destroyed).toBe(false)
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n')

    expect(await ended).toBe('')
  } finally {
    await rig.close()
  }
})

/** A server with room for few; `/held` is answered when the test says so. */
async function boundedServer({ most = 3, mostOfAddress = 2, behindProxy = false }) {
  const held: ServerResponse[] = []
  const server = createServer((req, res) => (req.url === '/held' ? held.push(res) : res.end('here')))
  boundConnections(
    server,
    { behindProxy },
    {
      connections: { most },
      connectionsPerAddress: { most: mostOfAddress },
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const heldNow = async (count: number): Promise<void> => {
    while (held.length < count) await new Promise(setImmediate)
  }
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { base, held, heldNow, close }
}

const asking = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`

/** Opens a connection and asks once; gives it when it has been answered. */
async function answered(base: string, from?: string): Promise<RawConnection> {
  const connection = await openRaw(base, from)
  connection.socket.write(asking('/'))
  await new Promise((resolve) => connection.socket.once('data', resolve))
  return connection
}

const isAlive = async ({ socket }: RawConnection): Promise<boolean> => {
  const answer = new Promise<boolean>((resolve) => {
    socket.once('data', () => resolve(true))
    socket.once('close', () => resolve(false))
    if (socket.destroyed) resolve(false)
  })
  socket.write(asking('/'))
  return answer
}

test('SEC-101 up to the limit no connection is closed', async () => {
  const { base, close } = await boundedServer({ most: 3, mostOfAddress: 3 })
  try {
    const open = [await answered(base), await answered(base), await answered(base)]

    expect(await Promise.all(open.map(isAlive))).toEqual([true, true, true])
  } finally {
    close()
  }
})

test.each([
  ['an address with as many connections as it may have', { most: 9, mostOfAddress: 2 }],
  ['a full process', { most: 2, mostOfAddress: 9 }],
  [
    'a full process behind a proxy, however many connections the proxy has',
    { most: 2, mostOfAddress: 1, behindProxy: true },
  ],
])('SEC-101 %s: the longest idle connection makes room', async (_, limits) => {
  const { base, close } = await boundedServer(limits)
  try {
    const first = await answered(base)
    const second = await answered(base)
    expect(await isAlive(first)).toBe(true) // so the second one is idle for longer now
    const third = await answered(base)

    expect(await second.ended).toContain('here')
    expect([await isAlive(first), await isAlive(third)]).toEqual([true, true])
  } finally {
    close()
  }
})

test('SEC-101 in a full process the address with the most connections makes room, however long another connection has been idle', async () => {
  const { base, close } = await boundedServer({ most: 3, mostOfAddress: 3 })
  try {
    const quiet = await answered(base, '127.0.0.2')
    const many = [await answered(base, '127.0.0.3'), await answered(base, '127.0.0.3')]
    const late = await answered(base, '127.0.0.4')

    expect(await many[0]?.ended).toContain('here')
    expect(await Promise.all([quiet, late].map(isAlive))).toEqual([true, true])
  } finally {
    close()
  }
})

test('SEC-101 a connection with a call in progress is never closed; without an idle connection the new one is closed', async () => {
  const { base, held, heldNow, close } = await boundedServer({ most: 2, mostOfAddress: 2 })
  try {
    const busy = [await openRaw(base), await openRaw(base)]
    for (const { socket } of busy) socket.write(asking('/held'))
    await heldNow(2)
    const tooMany = await openRaw(base)
    expect(await tooMany.ended).toBe('')

    for (const res of held) res.end('here')
    await Promise.all(busy.map(({ socket }) => new Promise((resolve) => socket.once('data', resolve))))
    const next = await answered(base)
    expect(await isAlive(next)).toBe(true)
  } finally {
    close()
  }
})

const wrongType =
  'POST /cds-services/mastitis-patient-view HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n'

test('SEC-101 a response that was sent before the whole body arrived ends the connection, so that no body is read for long', async () => {
  const rig = await start()
  try {
    const { socket, ended } = await openRaw(rig.base)
    socket.write(`${wrongType}Content-Length: 100\r\n\r\nsome`)

    expect(await ended).toMatch(/^HTTP\/1\.1 415 /)
  } finally {
    await rig.close()
  }
})

test('SEC-101 a connection whose body arrives after its response stays open', async () => {
  const rig = await start()
  try {
    const { socket, received, ended } = await openRaw(rig.base)
    socket.write(`${wrongType}Content-Length: 4\r\n\r\n`)
    while (received() === '') await new Promise((resolve) => socket.once('data', resolve))
    socket.write('some')
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')

    expect(statusesIn(await ended)).toEqual([415, 200])
  } finally {
    await rig.close()
  }
})

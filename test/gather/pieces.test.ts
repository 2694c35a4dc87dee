import { createServer, type AddressInfo, type Socket } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { makePieceCount } from '../../src/gather/allowance.js'
import { makeEgress } from '../../src/gather/egress.js'
import { refusalCode } from '../../src/gather/refusal.js'
import { budgets } from '../../src/protocol/limits.js'

/** What a client is told when a server writes these bytes, and goes on with the last of them for ever if told to. */
async function told(...writes: [...first: string[], then: { endless: string } | string]): Promise<string> {
  const server = createServer((socket: Socket) => {
    socket.on('error', () => socket.destroy())
    socket.once('data', () => {
      for (const bytes of writes) {
        if (typeof bytes === 'string') socket.write(bytes)
        else writeOn(socket, bytes.endless)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const egress = makeEgress({ mode: 'development' })
  const rules = { clientId: 'test', allowNetworks: [], maxBytes: 5_000_000, jsonOnly: true }
  try {
    const { port } = server.address() as AddressInfo
    const response = await egress.fetch(`http://127.0.0.1:${port}/`, {}, rules)
    return await response.text().then((text) => text.trim())
  } catch (error) {
    return refusalCode(error)
  } finally {
    await egress.close()
    server.close()
  }
}

/** Writes as fast as the other side reads, until it goes away. */
function writeOn(socket: Socket, bytes: string): void {
  if (socket.destroyed) return
  if (socket.write(bytes)) setImmediate(() => writeOn(socket, bytes))
  else socket.once('drain', () => writeOn(socket, bytes))
}

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n'
const headFields = 2
const oneByte = '1\r\n \r\n'
const end = '2\r\n{}\r\n0\r\n'
const most = budgets.fhirPieces.most
const plain = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
const interim = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'
const fields = (count: number): string => 'a: b\r\n'.repeat(count)

describe('SEC-028 the pieces in which a response arrives', () => {
  test.each([
    [0, '{}'],
    [1, 'over-budget'],
  ])('a response of as many chunks and fields as a call may have, and %i more', async (more, outcome) => {
    const chunks = most - headFields - 1 + more // one chunk holds the value
    expect(await told(head + oneByte.repeat(chunks) + end + '\r\n')).toBe(outcome)
  })

  test.each([
    [0, '{}'],
    [1, 'over-budget'],
  ])('fields of a trailer count too, up to the last and %i more', async (more, outcome) => {
    const chunks = most - headFields - 1 - 100
    expect(await told(head + oneByte.repeat(chunks) + end + fields(100 + more) + '\r\n')).toBe(outcome)
  })

  test.each([
    [0, '{}'],
    [1, 'over-budget'],
  ])('the most interim responses and %i more', async (more, outcome) => {
    expect(await told(interim.repeat(budgets.fhirInterimAnswers.most + more) + plain)).toBe(outcome)
  })

  test('pieces count for the whole call: no response gives pieces back', () => {
    const take = makePieceCount()

    expect(take(most - 1)).toBe(true)
    expect(take(1)).toBe(true)
    expect(take(1)).toBe(false)
  })

  test('5 MB in chunks of 1 kB are read', async () => {
    const chunk = `3e8\r\n${' '.repeat(1_000)}\r\n`
    expect(await told(head + chunk.repeat(4_990) + end + '\r\n')).toBe('{}')
  })

  test.each([
    ['chunks of one byte', [head, { endless: oneByte.repeat(8_000) }]],
    ['trailers', [head + end, { endless: fields(8_000) }]],
    ['headers', ['HTTP/1.1 200 OK\r\n', { endless: fields(8_000) }]],
    ['interim answers', [{ endless: interim.repeat(2_000) }]],
    ['interim answers with many headers', [{ endless: `HTTP/1.1 103 x\r\n${fields(1_000)}\r\n` }]],
  ] as const)('a server that sends %s without end is aborted long before any timeout', async (_, writes) => {
    expect(await told(...(writes as unknown as Parameters<typeof told>))).toBe('over-budget')
  })
})

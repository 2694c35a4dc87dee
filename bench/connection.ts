import { once } from 'node:events'
import { connect } from 'node:net'

/** One connection that stays open, with one call in progress at a time. */
export interface Connection {
  /** Sends a request and gives the status of its answer once the answer is whole. */
  ask(request: Buffer): Promise<number>
  close(): void
}

const endOfHead = '\r\n\r\n'

/** An answer that is arriving: the status, and how many bytes are still to come. */
interface Arriving {
  status: number
  left: number
}

/** What the first piece of an answer says of it; a server on the same machine sends the head in one piece. */
function begun(piece: Buffer): Arriving {
  const end = piece.indexOf(endOfHead)
  const head = piece.toString('latin1', 0, end)
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1])
  if (end < 0 || !(status > 0) || !(length >= 0)) throw new Error(`not an answer with a length: ${head}`)
  return { status, left: end + endOfHead.length + length }
}

/**
 * Opens a connection to a server on this machine.
 *
 * Shape:  no more of HTTP than a server under measurement needs: it shares the machine with whoever asks, and clients from
 *         libraries take twice the CPU for an answer, which is then missing where calls are waited for.
 * Throws: from `ask`, when the connection ends or brings anything but an answer with its length.
 */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  let asked: { answered: (status: number) => void; failed: (error: Error) => void } | undefined
  let arriving: Arriving | undefined
  const fail = (error: Error): void => asked?.failed(error)
  socket.on('error', fail)
  socket.on('close', () => fail(new Error('the server closed the connection')))
  socket.on('data', (piece: Buffer) => {
    try {
      arriving ??= begun(piece)
    } catch (error) {
      socket.destroy(error as Error)
      return
    }
    arriving.left -= piece.length
    if (arriving.left > 0) return
    const { status } = arriving
    arriving = undefined
    asked?.answered(status)
  })
  return {
    ask: (request) =>
      new Promise((answered, failed) => {
        asked = { answered, failed }
        if (socket.destroyed) failed(new Error('the server closed the connection'))
        else socket.write(request)
      }),
    close() {
      asked = undefined
      socket.destroy()
    },
  }
}

/** A POST of JSON as it goes over the wire. */
export function postOf(path: string, body: string): Buffer {
  const bytes = Buffer.from(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${bytes.length}`,
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}${endOfHead}`), bytes])
}

import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** A connection that a test writes to by hand, and what came back over it. */
export interface RawConnection {
  socket: Socket
  received: () => string
  /** When the other side has closed it: everything that came. */
  ended: Promise<string>
}

/** Opens a connection to a base URL on this machine, from any address of this machine. */
export async function openRaw(base: string, localAddress = '127.0.0.1'): Promise<RawConnection> {
  const socket = connect({ port: Number(new URL(base).port), host: '127.0.0.1', localAddress })
  let text = ''
  socket.on('data', (chunk) => (text += chunk.toString('latin1')))
  const ended = new Promise<string>((resolve) => {
    socket.on('error', () => undefined)
    socket.once('close', () => resolve(text))
  })
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()))
  return { socket, received: () => text, ended }
}

/** The statuses of all answers in a text, in order. */
export const statusesIn = (text: string): number[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

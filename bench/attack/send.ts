import { Buffer } from 'node:buffer'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Pool } from 'undici'
import { count } from './kind.js'
import type { Tally } from './kind.js'
import type { Target } from './target.js'

/** One request of a flood. */
export interface Sent {
  method?: 'GET' | 'OPTIONS' | 'POST' | 'PUT'
  path: string
  headers?: Record<string, string>
  body?: Buffer | string
}

/** The address that attacks; loopback has many. */
export const attackerAddress = '127.0.0.2'

export interface FloodOptions {
  connections: number
  seconds: number
  /** Where the requests come from; by default one address that is not the other client's. */
  from?: string
  /** Another listener than that of the hooks. */
  base?: string
  next: (place: number) => Sent | Promise<Sent>
}

/** Sends requests over some connections, one after another on each, until the time is up. */
export async function flood(
  target: Target,
  { connections, seconds, next, from = attackerAddress, base = target.base }: FloodOptions,
): Promise<Tally> {
  const tally: Tally = new Map()
  const pool = new Pool(base, {
    connections,
    localAddress: from,
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  })
  const until = Date.now() + seconds * 1_000
  let place = 0
  const sender = async (): Promise<void> => {
    while (Date.now() < until && target.lives()) {
      const { method = 'POST', path, headers = {}, body } = await next((place += 1))
      try {
        const answer = await pool.request({ method, path, headers, ...(body !== undefined && { body }) })
        await answer.body.dump({ limit: 1e9 })
        count(tally, answer.statusCode)
      } catch (error) {
        count(tally, (error as { code?: string }).code ?? 'broken')
        await wait(5)
      }
    }
  }
  const senders = Promise.all(Array.from({ length: connections }, sender))
  await Promise.race([senders, wait(seconds * 1_000 + 3_000)])
  await pool.destroy()
  return tally
}

/** The bytes of a request, for those that no library would send. */
export const rawRequest = (line: string, headers: Record<string, string | number>, body = ''): Buffer =>
  Buffer.from(
    [
      `${line} HTTP/1.1`,
      'Host: cds',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ].join('\r\n') + `\r\n\r\n${body}`,
  )

/** Opens a connection that counts the answers it gets, and how it ends. */
export function openRaw({ port }: Target, tally: Tally, from = attackerAddress): Socket {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from })
  socket.on('data', (chunk) => {
    for (const [, status = ''] of chunk.toString('latin1').matchAll(/HTTP\/1\.1 (\d{3})/g))
      count(tally, status)
  })
  socket.on('error', () => undefined)
  socket.on('close', () => count(tally, 'closed'))
  return socket
}

/** Closes connections and waits a moment for what they still say. */
export async function closeAll(sockets: readonly Socket[]): Promise<void> {
  for (const socket of sockets) socket.destroy()
  await wait(50)
}

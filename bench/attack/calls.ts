import type { Buffer } from 'node:buffer'
import type { Socket } from 'node:net'
import type { Tally } from './kind.js'
import { flood, openRaw, rawRequest } from './send.js'
import type { FloodOptions } from './send.js'
import type { Target } from './target.js'
import { bearer, viewPath } from './tokens.js'

export const json = { 'content-type': 'application/json' }

/** Sends some bodies in turn, again and again, with a fresh token of the attacking client. */
export function callsWith(
  target: Target,
  bodies: readonly Buffer[],
  {
    seconds,
    connections = 4,
    path = viewPath,
    headers = {},
  }: Pick<FloodOptions, 'seconds'> & {
    connections?: number
    path?: string
    headers?: Record<string, string>
  },
): Promise<Tally> {
  return flood(target, {
    connections,
    seconds,
    next: async (place) => ({
      path,
      headers: { ...json, ...headers, authorization: await bearer(target.attacker, path) },
      body: bodies[place % bodies.length] ?? '',
    }),
  })
}

/** Bytes of a body that is announced, and how many of them never come. */
const announced = 2 * 1_048_576
const withheld = 100_000

/** Opens connections with good tokens, each with a body of 2 MiB whose end never comes. */
export async function openHalfBodies(
  target: Target,
  tally: Tally,
  amount: number,
): Promise<readonly Socket[]> {
  const half = `{"hook":"${'x'.repeat(announced - withheld)}`
  const sockets: Socket[] = []
  while (sockets.length < amount && target.lives()) {
    const authorization = await bearer(target.attacker, viewPath)
    const socket = openRaw(target, tally)
    socket.write(
      rawRequest(`POST ${viewPath}`, { ...json, authorization, 'Content-Length': announced }, half),
    )
    sockets.push(socket)
  }
  return sockets
}

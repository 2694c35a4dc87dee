import type { Buffer } from 'node:buffer'
import type { Tally } from './kind.js'
import { flood } from './send.js'
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

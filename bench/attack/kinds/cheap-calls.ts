import { setTimeout as wait } from 'node:timers/promises'
import type { Kind, Tally } from '../kind.js'
import { closeAll, flood, openRaw, rawRequest } from '../send.js'
import { viewPath } from '../tokens.js'
import { publicPaths } from './doors.js'

const uncounted: Kind = {
  name: 'uncounted',
  sends:
    'what no limit counts, preflights and health checks, over 64 connections, as fast as they are answered',
  calls: 'refused',
  run: (target, seconds) => {
    const preflight = { origin: 'https://elsewhere.invalid', 'access-control-request-method': 'POST' }
    return flood(target, {
      connections: 64,
      seconds,
      next: (place) =>
        place % 3 === 0
          ? { method: 'OPTIONS', path: viewPath, headers: preflight }
          : { method: 'GET', path: place % 3 === 1 ? '/health/live' : '/health/ready' },
    })
  },
}

const firstRequests: Kind = {
  name: 'first-requests',
  sends: 'the first request for the catalogue and for every other public route after a start, all at once',
  calls: 'refused',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const sockets = publicPaths.map((path) => {
      const socket = openRaw(target, tally)
      socket.write(rawRequest(`GET ${path}`, { Connection: 'close' }))
      return socket
    })
    await wait(seconds * 1_000)
    await closeAll(sockets)
    return tally
  },
}

const addresses = Array.from({ length: 10 }, (_, place) => `127.0.2.${place + 1}`)

const keepAlive: Kind = {
  name: 'keep-alive',
  sends:
    '200 connections from each of ten addresses that ask once, stay open, and ask again as long as they may',
  calls: 'refused',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const until = Date.now() + seconds * 1_000
    const sockets = addresses.flatMap((from) =>
      Array.from({ length: 200 }, () => openRaw(target, tally, from)),
    )
    while (Date.now() < until && target.lives()) {
      for (const socket of sockets)
        if (!socket.destroyed) socket.write(rawRequest('GET /health/live', { Connection: 'keep-alive' }))
      await wait(2_000)
    }
    await closeAll(sockets)
    return tally
  },
}

/** Calls that cost little and that anybody may make. */
export const cheapCalls: readonly Kind[] = [uncounted, firstRequests, keepAlive]

import { Buffer } from 'node:buffer'
import { setTimeout as wait } from 'node:timers/promises'
import { json, openHalfBodies } from '../calls.js'
import { smallHook } from '../charts.js'
import type { Kind, Tally } from '../kind.js'
import { closeAll, flood, openRaw, rawRequest } from '../send.js'
import type { Target } from '../target.js'
import { bearer, viewPath } from '../tokens.js'

/** Every route that answers everybody. */
export const publicPaths = [
  ...[
    '/cds-services',
    '/cards.json',
    '/openapi.json',
    '/CodeSystem/card-kind',
    '/CodeSystem/override-reason',
  ],
  ...[
    '/evidence/charter',
    '/cards',
    '/cards/ultrasound',
    '/cards/ultrasound/attributes',
    '/smart/configuration',
  ],
  ...['/smart/launch.html', '/smart/app.html', '/health/live', '/health/ready', '/nothing-here'],
]

/** Opens connections, one after another, each with what it sends at once. */
function open(target: Target, tally: Tally, amount: number, first: () => Buffer | string, from?: string) {
  return Array.from({ length: amount }, () => {
    const socket = openRaw(target, tally, from)
    socket.write(first())
    return socket
  })
}

const pipelinedGets: Kind = {
  name: 'pipelined-gets',
  sends: '40 connections, each 300 pipelined GETs of every public route, unread answers on half of them',
  calls: 'refused',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const until = Date.now() + seconds * 1_000
    for (let place = 0; Date.now() < until && target.lives(); place += 1) {
      const path = publicPaths[place % publicPaths.length] ?? '/'
      const many = Buffer.concat(new Array<Buffer>(300).fill(rawRequest(`GET ${path}`, {})))
      const sockets = open(target, tally, 40, () => many)
      for (const socket of sockets.slice(20)) socket.pause()
      await wait(150)
      await closeAll(sockets)
    }
    return tally
  },
}

const gets: Kind = {
  name: 'gets',
  sends: 'GETs of every public route over 64 connections, as fast as they are answered',
  calls: 'refused',
  run: (target, seconds) =>
    flood(target, {
      connections: 64,
      seconds,
      next: (place) => ({ method: 'GET', path: publicPaths[place % publicPaths.length] ?? '/' }),
    }),
}

const slowBodies: Kind = {
  name: 'slow-bodies',
  sends: '300 bodies of 2 MiB with good tokens, of which 1.9 MiB come at once and the rest never',
  calls: 'refused',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const sockets = await openHalfBodies(target, tally, 300)
    await wait(seconds * 1_000)
    await closeAll(sockets)
    return tally
  },
}

const slowHeaders: Kind = {
  name: 'slow-headers',
  sends: '450 connections that send a letter of a header twice a second and never end',
  calls: 'refused',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const sockets = open(target, tally, 450, () => `POST ${viewPath} HTTP/1.1\r\nHost: cds\r\nX-Slow: `)
    for (let at = 0; at < seconds * 2; at += 1) {
      for (const socket of sockets) if (!socket.destroyed) socket.write('a')
      await wait(500)
    }
    await closeAll(sockets)
    return tally
  },
}

const connections: Kind = {
  name: 'connections',
  sends: '700 connections from each of three addresses, opened and left alone',
  calls: 'refused',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const sockets = ['127.0.0.2', '127.0.0.4', '127.0.0.5'].flatMap((from) =>
      open(target, tally, 700, () => 'GET /', from),
    )
    await wait(seconds * 1_000)
    await closeAll(sockets)
    return tally
  },
}

const errorStorm: Kind = {
  name: 'error-storm',
  sends: 'calls that are answered 400, 404, 405, 413, 414, 415 and 431, over 32 connections',
  calls: 'refused',
  async run(target, seconds) {
    const small = smallHook()
    const sent = async (place: number) => {
      const authorization = await bearer(target.attacker, viewPath)
      const headers = { ...json, authorization }
      const wrong = [
        { path: viewPath, headers, body: '{' },
        { path: viewPath, headers, body: '[]' },
        { path: '/cds-services/nobody', headers, body: '{}' },
        { method: 'PUT', path: viewPath, headers, body: '{}' },
        { path: viewPath, headers: { ...headers, 'content-type': 'text/plain' }, body: small },
        { path: viewPath, headers: { ...headers, 'content-encoding': 'rot13' }, body: small },
        { path: viewPath, headers, body: Buffer.alloc(2_200_000, 0x20) },
        { path: `/${'x'.repeat(9_000)}`, headers, body: '{}' },
        { path: `/cds-services/%FF`, headers, body: '{}' },
        { path: viewPath, headers: { ...headers, 'x-long': 'x'.repeat(17_000) }, body: '{}' },
      ] as const
      return wrong[place % wrong.length] ?? wrong[0]
    }
    return flood(target, { connections: 32, seconds, next: sent })
  },
}

/** What arrives at the door: connections, headers, bodies, and calls that are refused. */
export const doors: readonly Kind[] = [pipelinedGets, gets, slowBodies, slowHeaders, connections, errorStorm]

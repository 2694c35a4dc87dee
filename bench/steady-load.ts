import { performance } from 'node:perf_hooks'
import { Client } from 'undici'
import type { Call } from './load.js'
import type { ServerProcess } from './server-process.js'

/** Connections to one server that stay open from burst to burst, each with one call in progress at a time. */
export interface SteadyLoad {
  /** Sends so many calls and gives how long each took, in ms, but for the first of each connection and the last ones. */
  burst(amount: number): Promise<readonly number[]>
  close(): Promise<void>
}

/**
 * Opens the connections.
 *
 * Shape:  opened one by one, as a server accepts them, connections of a new burst would be most of a short one.
 * Edge:   the first calls come all at once, and at the end not all connections are busy any more: neither are counted.
 * Throws: from `burst`, when an answer is not 200 or does not come.
 */
export function openLoad(server: ServerProcess, { path, bodies }: Call, connections: number): SteadyLoad {
  const clients = Array.from({ length: connections }, () => new Client(`http://127.0.0.1:${server.port}`))
  const headers = { 'content-type': 'application/json' }
  let next = 0
  const ask = async (client: Client): Promise<number> => {
    const body = bodies[next++ % bodies.length] ?? ''
    const begun = performance.now()
    const answer = await client.request({ method: 'POST', path, headers, body })
    await answer.body.dump()
    if (answer.statusCode !== 200) throw new Error(`${server.name} answered ${answer.statusCode}`)
    return performance.now() - begun
  }
  return {
    async burst(amount) {
      const waits: number[] = []
      let left = amount
      const keepAsking = async (client: Client): Promise<void> => {
        for (let at = 0; left > 0; at += 1) {
          left -= 1
          const wait = await ask(client)
          if (at > 0 && left > 0) waits.push(wait)
        }
      }
      await Promise.all(clients.map(keepAsking))
      return waits
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()))
    },
  }
}

import { performance } from 'node:perf_hooks'
import { openConnection, postOf } from './connection.js'
import type { Connection } from './connection.js'
import type { Call } from './load.js'
import type { ServerProcess } from './server-process.js'

/** Connections to one server that stay open from burst to burst, each with one call in progress at a time. */
export interface SteadyLoad {
  /** Sends so many calls and gives how long each took, in ms, but for the first of each connection and the last ones. */
  burst(amount: number): Promise<readonly number[]>
  close(): void
}

/**
 * Opens the connections.
 *
 * Shape:  opened one by one, as a server accepts them, connections of a new burst would be most of a short one.
 * Edge:   the first calls come all at once, and at the end not all connections are busy any more: neither are counted.
 * Throws: from `burst`, when an answer is not 200 or does not come.
 */
export async function openLoad(
  server: ServerProcess,
  { path, bodies }: Call,
  connections: number,
): Promise<SteadyLoad> {
  const requests = bodies.map((body) => postOf(path, body))
  const open = await Promise.all(Array.from({ length: connections }, () => openConnection(server.port)))
  let next = 0
  const ask = async (connection: Connection): Promise<number> => {
    const request = requests[next++ % requests.length] as Buffer
    const begun = performance.now()
    const status = await connection.ask(request)
    if (status !== 200) throw new Error(`${server.name} answered ${status}`)
    return performance.now() - begun
  }
  return {
    async burst(amount) {
      const waits: number[] = []
      let left = amount
      const keepAsking = async (connection: Connection): Promise<void> => {
        for (let at = 0; left > 0; at += 1) {
          left -= 1
          const wait = await ask(connection)
          if (at > 0 && left > 0) waits.push(wait)
        }
      }
      await Promise.all(open.map(keepAsking))
      return waits
    },
    close() {
      for (const connection of open) connection.close()
    },
  }
}

import { Pool } from 'undici'
import { viewPath } from './against-bare.js'
import type { ServerProcess } from './server-process.js'

/** How many calls arrive together, and how often. */
export interface Swell {
  waves: number
  atOnce: number
}

/**
 * Sends calls in waves: all of a wave at the same moment, the next wave when the last is answered.
 *
 * Shape:  the bodies in turn, a connection for each call of a wave.
 * Units:  milliseconds that each call waited for its whole answer.
 * Throws: when an answer is not 200.
 */
export async function inWaves(
  server: ServerProcess,
  bodies: readonly string[],
  { waves, atOnce }: Swell,
): Promise<readonly number[]> {
  const pool = new Pool(`http://127.0.0.1:${server.port}`, { connections: atOnce, pipelining: 1 })
  const waits: number[] = []
  const call = async (body: string | undefined): Promise<void> => {
    const sent = performance.now()
    const { statusCode, body: answer } = await pool.request({
      path: viewPath,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body ?? null,
    })
    await answer.arrayBuffer()
    waits.push(performance.now() - sent)
    if (statusCode !== 200) throw new Error(`${server.name} answered ${statusCode}`)
  }
  for (let wave = 0; wave < waves; wave += 1)
    await Promise.all(
      Array.from({ length: atOnce }, (_, at) => call(bodies[(wave * atOnce + at) % bodies.length])),
    )
  await pool.close()
  return waits
}

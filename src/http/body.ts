import type { IncomingMessage } from 'node:http'
import { parseJsonInTurns } from '../protocol/parse-json-in-turns.js'
import type { ClientSettings, Settings } from '../settings.js'
import { readBody, refuseForeignType } from './read-body.js'
import type { TakeTurn } from './turns.js'
import type { WorkGate } from './work-gate.js'

/** Takes the body of a call: reads it whole, waits for a place to work, then parses it and goes on. */
export type WithBody = (
  req: IncomingMessage,
  client: ClientSettings,
  work: (body: unknown) => Promise<void>,
) => Promise<void>

/**
 * Makes the intake of bodies by the limits of the settings.
 *
 * Shape:  a call holds a place only while it is evaluated, not while its body arrives. The parsed body belongs to `work`
 *         alone: whoever waits for the end of the call does not hold it.
 * Throws: `ProtocolError` (400, 413, 415), `LimitError` (503).
 */
export function makeWithBody(limits: Settings['limits'], gate: WorkGate, takeTurn: TakeTurn): WithBody {
  const begin = (bytes: Buffer, work: Parameters<WithBody>[2]): Promise<void> => {
    const body = parseJsonInTurns(bytes, limits)
    return body instanceof Promise ? body.then(work) : work(body)
  }
  return async (req, client, work) => {
    refuseForeignType(req.headers['content-type'])
    const bytes = await readBody(req, limits.bodyBytes)
    const entered = gate.enter(client.id, client.concurrent)
    const release = typeof entered === 'function' ? entered : await entered
    try {
      const turn = takeTurn()
      if (turn) await turn
      await begin(bytes, work)
    } finally {
      release()
    }
  }
}

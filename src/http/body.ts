import type { Request } from 'express'
import { parseJsonBytes } from '../protocol/parse-json.js'
import type { ClientSettings, Settings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
import type { HeldBody } from './body-bytes.js'
import { readBody, refuseForeignType } from './read-body.js'
import type { WorkGate } from './work-gate.js'

/** Takes the body of a call: reads it whole, waits for a place to work, parses it when it is the client's turn, and goes on. */
export type WithBody = (
  req: Request,
  client: ClientSettings,
  work: (body: unknown) => Promise<void>,
) => Promise<void>

/** Opens the count of a body's bytes, for whom they count. */
export type OpenBody = (req: Request, client: ClientSettings) => HeldBody

/** What the intake of bodies is made of. */
export interface BodyParts {
  limits: Settings['limits']
  gate: WorkGate
  line: WorkLine
  openBody: OpenBody
}

/**
 * Makes the intake of bodies by the limits of the settings.
 *
 * Shape:  a call holds a place only while it is evaluated, not while its body arrives; its bytes count until it is over.
 * Throws: `ProtocolError` (400, 408, 413, 415), `LimitError` (503).
 */
export function makeWithBody({ limits, gate, line, openBody }: BodyParts): WithBody {
  return async (req, client, work) => {
    refuseForeignType(req.headers['content-type'])
    const held = openBody(req, client)
    try {
      const bytes = await readBody(req, limits.bodyBytes, held)
      const release = await gate.enter(client.id, client.concurrent)
      try {
        await work(await line.begin(client.id, () => parseJsonBytes(bytes, limits)))
      } finally {
        release()
      }
    } finally {
      held.giveBack()
    }
  }
}

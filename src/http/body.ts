import type { Request } from 'express'
import { parseJsonBytes } from '../protocol/parse-json.js'
import type { ClientSettings, Settings } from '../config/settings.js'
import type { WorkLine } from '../service/work-line.js'
import type { HeldBody } from './body-bytes.js'
import { readBody, refuseForeignType } from './read-body.js'
import type { WorkGate } from './work-gate.js'

/**
 * Takes the body of a call: reads the whole body, waits for a place, parses the body in the client's turn, and runs the
 * next step.
 */
export type WithBody = (
  req: Request,
  client: ClientSettings,
  work: (body: unknown) => Promise<void>,
) => Promise<void>

/** Opens the byte count of a body, for its client or its address. */
export type OpenBody = (req: Request, client: ClientSettings) => HeldBody

/** The parts that the intake of bodies is made of. */
export interface BodyParts {
  limits: Settings['limits']
  gate: WorkGate
  line: WorkLine
  openBody: OpenBody
}

/**
 * Makes the intake of bodies with the limits of the settings.
 *
 * Shape:  a call holds a place only while it is evaluated, and not while its body arrives; its bytes count until the
 *         call ends.
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

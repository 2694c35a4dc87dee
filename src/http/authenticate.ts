import type { Request, RequestHandler, Response } from 'express'
import type { ClientSettings } from '../config/settings.js'
import { addressKey } from './address-key.js'
import { callOf } from './call.js'
import type { VerifyToken } from './trust/verify-token.js'

/** How callers are known: by token, or, in development, all as one client. */
export type WhoCalls = { verify: VerifyToken } | { everybody: ClientSettings }

/**
 * Finds out which client calls, before anything of the body is read.
 *
 * Shape:  `paths` gives the paths whose URL the token may be meant for. Afterwards the call knows its client, and CORS
 *         headers are narrowed to it.
 * Throws: `AuthRefused` (401); `LimitError` (429) after too many bad signatures from the same address.
 */
export function authenticate(
  who: WhoCalls,
  paths: (req: Request) => readonly string[],
  narrowCors: (res: Response, client: ClientSettings) => void,
): RequestHandler {
  return async (req, res, next) => {
    const call = callOf(res)
    if ('everybody' in who) call.client = who.everybody
    else {
      const { client, jtiHash } = await who.verify(req.headers.authorization, paths(req), addressKey(req.ip))
      call.client = client
      call.tokenVerified = true
      call.line.jtiHash = jtiHash
    }
    call.line.client = call.client.id
    narrowCors(res, call.client)
    next()
  }
}

/** The client of a call that passed `authenticate`. */
export function clientOf(res: Response): ClientSettings {
  const { client } = callOf(res)
  if (!client) throw new Error('the call has not been authenticated')
  return client
}

import type { Request, RequestHandler, Response } from 'express'
import type { ClientSettings } from '../config/settings.js'
import { addressKey } from './address-key.js'
import { callOf } from './call.js'
import type { VerifyToken } from './trust/verify-token.js'

/** How clients are identified: by token, or in development by treating every request as one client. */
export type WhoCalls = { verify: VerifyToken } | { everybody: ClientSettings }

/**
 * Identifies the client of a request before the body is read.
 *
 * Shape:  `paths` gives the paths that the audience of the token may name. Afterwards the call has its client, and the
 *         CORS headers fit that client.
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

/** The client of a request that passed `authenticate`. */
export function clientOf(res: Response): ClientSettings {
  const { client } = callOf(res)
  if (!client) throw new Error('the call has not been authenticated')
  return client
}

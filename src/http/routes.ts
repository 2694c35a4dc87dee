import { ProtocolError } from '../errors.js'
import type { RequestHandler } from 'express'
import { callOf } from './call.js'

/** Sets the route of a call for the log, as written in the code. */
export const named =
  (route: string): RequestHandler =>
  (_req, res, next) => {
    callOf(res).line.route = route
    next()
  }

/**
 * Accepts these methods alone; all others get 405 with `Allow`.
 *
 * Throws: `ProtocolError` (405).
 */
export function only(...methods: readonly ('GET' | 'HEAD' | 'POST')[]): RequestHandler {
  const allowed = new Set<string>(methods)
  const allow = [...methods, 'OPTIONS'].join(', ')
  return (req, res, next) => {
    if (!allowed.has(req.method)) {
      res.setHeader('Allow', allow)
      throw new ProtocolError('PROTOCOL_METHOD', `Only ${allow} are answered here.`)
    }
    next()
  }
}

import cors from 'cors'
import type { RequestHandler, Response } from 'express'
import type { ClientSettings } from '../config/settings.js'

type AllowsOrigin = (origin: string) => boolean

/**
 * Compiles origins into a test.
 *
 * Shape: exact origins, and `http://localhost:*` for any port; "null", sub-domains and suffixes never match.
 */
export function originRule(origins: readonly string[]): AllowsOrigin {
  const exact = new Set(origins)
  const anyPort = origins.filter((origin) => origin.endsWith(':*')).map((origin) => origin.slice(0, -1))
  return (origin) =>
    exact.has(origin) ||
    anyPort.some((start) => origin.startsWith(start) && /^\d{1,5}$/.test(origin.slice(start.length)))
}

/**
 * Sets CORS headers for the origins of all clients together, because the client is unknown before its token is checked,
 * and answers every preflight request, which needs no token.
 *
 * Source: conformance O1 to O3
 */
export function corsForAll(clients: readonly ClientSettings[]): RequestHandler {
  const allows = originRule(clients.flatMap(({ corsOrigins }) => corsOrigins))
  const setHeaders = cors({
    origin: (origin, done) => done(null, origin !== undefined && allows(origin)),
    methods: ['GET', 'POST'],
    allowedHeaders: ['Content-Type', 'Authorization'],
    exposedHeaders: ['Retry-After', 'WWW-Authenticate', 'X-Request-Id'],
    maxAge: 600,
    preflightContinue: true,
  })
  return (req, res, next) => {
    const answerPreflight = (): void => {
      if (req.method !== 'OPTIONS') next()
      else res.status(204).setHeader('Content-Length', '0').end()
    }
    if (req.headers.origin === undefined) answerPreflight()
    else setHeaders(req, res, answerPreflight)
  }
}

/** Removes the CORS headers for an origin that only another client lists, once the client is known. */
export function corsForClient(
  clients: readonly ClientSettings[],
): (res: Response, client: ClientSettings) => void {
  const rules = new Map(clients.map((client) => [client.id, originRule(client.corsOrigins)]))
  return (res, client) => {
    const { origin } = res.req.headers
    if (origin !== undefined && rules.get(client.id)?.(origin) !== true)
      res.removeHeader('Access-Control-Allow-Origin')
  }
}

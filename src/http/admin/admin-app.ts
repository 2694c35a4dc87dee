import { timingSafeEqual, hash } from 'node:crypto'
import express from 'express'
import type { Express, RequestHandler } from 'express'
import type { Registry } from 'prom-client'
import type { Archive } from '../../audit/archive.js'
import type { Library } from '../../library.js'
import type { Settings } from '../../settings.js'
import { openCall } from '../call.js'
import type { NoteCall } from '../call.js'
import { answerErrors, unknownPath } from '../errors.js'
import { named, only } from '../routes.js'
import { setSecurityHeaders } from '../security-headers.js'
import { AuthRefused } from '../trust/auth-refused.js'
import { auditPage } from './audit-page.js'
import { readAdminToken } from './admin-token.js'
import { auditRoutes } from './audit-routes.js'

/** What the admin listener serves from. */
export interface AdminParts {
  settings: Settings
  registry: Registry
  /** Absent while the audit lives in memory: then there is nothing to ask. */
  archive?: Archive
  library: () => Library
  note: NoteCall
}

/** Lets only holders of the token pass; both are hashed first, so that the comparison takes the same time for all. */
function bearer(token: string): RequestHandler {
  const expected = hash('sha256', `Bearer ${token}`, 'buffer')
  return (req, _res, next) => {
    const { authorization } = req.headers
    if (authorization === undefined) throw new AuthRefused({ authReason: 'no-token' })
    if (!timingSafeEqual(hash('sha256', authorization, 'buffer'), expected))
      throw new AuthRefused({ authReason: 'signature-bad' })
    next()
  }
}

/**
 * Builds the app of the admin listener: counters for Prometheus at /metrics, and, with a token configured, the audit API
 * below /api/audit.
 *
 * Shape:   a listener of its own, so that neither is ever reachable where clients call.
 * Privacy: /metrics holds counts under closed labels; each access to the API leaves a record before it is answered.
 */
export function buildAdminApp({ settings, registry, archive, library, note }: AdminParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.use(
    openCall(note, () => performance.now()),
    setSecurityHeaders,
  )
  app.all('/metrics', named('/metrics'), only('GET', 'HEAD'), async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics())
  })
  const tokenFile = settings.admin?.tokenFile
  if (tokenFile !== undefined && archive)
    app
      .use(
        '/api/audit',
        bearer(readAdminToken(tokenFile)),
        auditRoutes({ archive, library, canonicalBase: settings.canonicalBase }),
      )
      .use(auditPage())
  app.use(unknownPath, answerErrors())
  return app
}

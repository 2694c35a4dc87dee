import express from 'express'
import type { Express } from 'express'
import type { Registry } from 'prom-client'
import type { Archive } from '../../audit/archive.js'
import type { Settings } from '../../config/settings.js'
import { openCall } from '../call.js'
import type { NoteCall } from '../call.js'
import { answerErrors, unknownPath } from '../errors.js'
import { named, only } from '../routes.js'
import { setSecurityHeaders } from '../security-headers.js'
import { auditPage } from './audit-page.js'
import { mayAskOnly } from './admin-roles.js'
import { bearer, readAdminTokens } from './admin-tokens.js'
import type { Auditors } from './ask-auditor.js'
import { auditRoutes } from './audit-routes.js'

/** The parts that the app of the admin listener is built from. */
export interface AdminParts {
  settings: Settings
  registry: Registry
  /** Absent while the audit is in memory, where no record can be asked for. */
  archive?: Pick<Archive, 'note'>
  auditors: Auditors
  note: NoteCall
}

/**
 * Builds the app of the admin listener: counters for Prometheus at /metrics and, with a token configured, the audit API
 * below /api/audit.
 *
 * Shape:   the listener is separate, so that neither counters nor audit API are reachable from the network of clients.
 *          Everyone who can connect to the listener may read the counters, until tokens of single clients are
 *          configured. From then on the counters, which cover all clients, need the token of an operator.
 * Privacy: /metrics holds counts with closed labels; each access to the API is recorded before the response.
 */
export function buildAdminApp({ settings, registry, archive, auditors, note }: AdminParts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', 'simple')
  app.use(
    openCall(note, () => performance.now()),
    setSecurityHeaders,
  )
  const { admin } = settings
  const tokens = readAdminTokens(settings)
  const ofOperators = admin?.tokens ? [bearer(tokens), mayAskOnly('counters')] : []
  app.all('/metrics', named('/metrics'), only('GET', 'HEAD'), ...ofOperators, async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics())
  })
  if (tokens.length > 0 && archive)
    app.use('/api/audit', bearer(tokens), auditRoutes({ archive, auditors })).use(auditPage())
  app.use(unknownPath, answerErrors())
  return app
}

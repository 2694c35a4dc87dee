import express from 'express'
import type { Express, RequestHandler, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { Audit } from './audit/trace.js'
import type { Decide } from './decide.js'
import { ProtocolError } from './errors.js'
import { authenticate } from './http/authenticate.js'
import type { WhoCalls } from './http/authenticate.js'
import { makeWithBody } from './http/body.js'
import { openCall } from './http/call.js'
import type { NoteCall } from './http/call.js'
import { corsForAll, corsForClient } from './http/cors.js'
import { answerErrors, unknownPath } from './http/errors.js'
import { LimitError } from './http/limit-error.js'
import { discoveryRoute, healthRoutes } from './http/open-routes.js'
import { openapiRoute } from './http/openapi.js'
import { setSecurityHeaders } from './http/security-headers.js'
import { serviceRoutes } from './http/service-routes.js'
import { TokenBuckets } from './http/token-bucket.js'
import { makeVerifyToken } from './http/trust/verify-token.js'
import type { Trust } from './http/trust/verify-token.js'
import { makeTurns } from './http/turns.js'
import { WorkGate } from './http/work-gate.js'
import type { WrittenAnswer } from './http/written-answer.js'
import type { Settings } from './settings.js'

/** Everything the app is built from; tests give their own. */
export interface AppParts {
  settings: Settings
  decide: Decide<WrittenAnswer>
  audit: Pick<Audit, 'feedback' | 'takeAnswers'>
  /** Keys and replay store; not needed with `auth: off`. */
  trust?: Pick<Trust, 'keys' | 'replay'>
  /** Time of day in milliseconds since 1970, and a clock that never goes back, for durations. */
  clock: () => number
  monotonic?: () => number
  /** Told about each call once its answer is out: log and metrics. */
  note: NoteCall
  ready: () => Promise<boolean>
  /** The process is stopping: answers close their connections; `refusing` turns new calls away. */
  lifecycle?: { stopping: boolean; refusing: boolean }
  /** Further routes, such as pages and the demo FHIR server. */
  mounts?: readonly Router[]
}

/** Calls that wait for a place, and how long (product section 3). */
const waitingRoom = { waiting: 256, waitMs: 500 } as const

/** Builds the express app, the same way for the process and for tests. */
export function buildApp(parts: AppParts): Express {
  const { settings, clock, note, ready, mounts = [] } = parts
  const monotonic = parts.monotonic ?? (() => performance.now())
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('query parser', false)
  app.set('trust proxy', settings.trustProxyHops === 0 ? false : settings.trustProxyHops)

  app.use(
    openCall(note, monotonic),
    setSecurityHeaders,
    hostNamed,
    singleSlashes,
    corsForAll(settings.clients),
  )
  const who = whoCalls(parts)
  const narrowCors = corsForClient(settings.clients)
  const buckets = new TokenBuckets(settings.limits.perClientPerMinute)
  const gate = new WorkGate({ concurrent: settings.limits.concurrent, ...waitingRoom })
  app.use('/cds-services', turnAwayWhenStopping(parts), ...perAddress(settings))
  app.use(
    serviceRoutes({
      decide: parts.decide,
      audit: parts.audit,
      clock,
      who,
      narrowCors,
      withBody: makeWithBody(
        settings.limits,
        gate,
        makeTurns(monotonic, { between: parts.audit.takeAnswers }),
      ),
      limitRate: ({ id }) => buckets.take(id, monotonic()),
    }),
  )
  app.use(healthRoutes({ ready }))
  const discoveryGate =
    settings.discovery === 'protected' ? [authenticate(who, () => ['/cds-services'], narrowCors)] : []
  app.use(discoveryRoute(discoveryGate), openapiRoute())
  if (mounts.length > 0) app.use(...mounts)
  app.use(unknownPath, answerErrors())
  return app
}

function whoCalls({ settings, trust, clock }: AppParts): WhoCalls {
  const [first] = settings.clients
  if (settings.auth === 'off' && settings.mode === 'development' && first) return { everybody: first }
  if (!trust) throw new Error('auth is required, but there is nothing to check tokens with')
  return { verify: makeVerifyToken({ settings, clock, ...trust }) }
}

/** HTTP/1.1 asks for a Host header (RFC 9112, 3.2). */
const hostNamed: RequestHandler = (req, _res, next) => {
  if (req.headers.host === undefined && req.httpVersion === '1.1')
    throw new ProtocolError('HTTP_MALFORMED', 'The request has no Host header.')
  next()
}

/** The public sandbox joins URLs with a double slash when its user typed a trailing one. */
const singleSlashes: RequestHandler = (req, _res, next) => {
  if (req.url.includes('//')) {
    const [path = '', ...query] = req.url.split('?')
    req.url = [path.replaceAll(/\/{2,}/g, '/'), ...query].join('?')
  }
  next()
}

function turnAwayWhenStopping({ lifecycle }: AppParts): RequestHandler {
  return (_req, res, next) => {
    if (lifecycle?.stopping) res.setHeader('Connection', 'close')
    if (lifecycle?.refusing) throw new LimitError('SHUTTING_DOWN', 1)
    next()
  }
}

/** The limit per address, before any token is looked at; off unless the file sets it. */
function perAddress({ limits }: Settings): RequestHandler[] {
  if (limits.perAddressPerMinute === 0) return []
  const limiter = rateLimit({
    windowMs: 60_000,
    limit: limits.perAddressPerMinute,
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
    handler: (_req, _res, next) => {
      next(new LimitError('LIMIT_RATE', 60))
    },
  })
  return [limiter]
}

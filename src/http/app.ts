import express from 'express'
import type { Express, RequestHandler, Router } from 'express'
import type { Audit } from '../audit/trace.js'
import type { Decide } from '../decide.js'
import { ProtocolError } from '../errors.js'
import { AddressCounts, bringsToken, isHealthCheck, limitPerAddress } from './address-limit.js'
import { authenticate } from './authenticate.js'
import type { WhoCalls } from './authenticate.js'
import { BodyBytes } from './body-bytes.js'
import { makeWithBody } from './body.js'
import { openCall } from './call.js'
import type { NoteCall } from './call.js'
import { corsForAll, corsForClient } from './cors.js'
import { answerErrors, unknownPath } from './errors.js'
import { LimitError } from './limit-error.js'
import { shedWhenLate } from './loop-guard.js'
import { discoveryRoute, healthRoutes } from './open-routes.js'
import { openapiRoute } from './openapi.js'
import { setSecurityHeaders } from './security-headers.js'
import { serviceRoutes } from './service-routes.js'
import { TokenBuckets } from './token-bucket.js'
import { makeVerifyToken } from './trust/verify-token.js'
import type { Trust } from './trust/verify-token.js'
import { WorkGate } from './work-gate.js'
import type { Settings } from '../config/settings.js'
import { makeWorkLine } from '../service/work-line.js'
import type { WorkLine } from '../service/work-line.js'

/** Everything the app is built from; tests give their own. */
export interface AppParts {
  settings: Settings
  decide: Decide
  audit: Pick<Audit, 'feedback'>
  /** Keys and the memory of used tokens; not needed with `auth: off`. */
  trust?: Pick<Trust, 'keys' | 'tokens'>
  /** Time of day in milliseconds since 1970, and a clock that never goes back, for durations. */
  clock: () => number
  monotonic?: () => number
  /** Told about each call once its answer is out: log and metrics. */
  note: NoteCall
  ready: () => Promise<boolean>
  /** The process is stopping: answers close their connections; `refusing` turns new calls away. */
  lifecycle?: { stopping: boolean; refusing: boolean }
  /** Bytes of bodies of the whole process. */
  bodyBytes?: BodyBytes
  /** Calls of addresses, of the whole process. */
  addressCounts?: AddressCounts
  /** Where the work of all calls of the process waits for its turn. */
  line?: WorkLine
  /** The event loop does not keep up: new calls are turned away. */
  isLate?: () => boolean
  /** Further routes, such as pages and the demo FHIR server. */
  mounts?: readonly Router[]
}

/** Calls that wait for a place, and how long (product section 3). */
const waitingRoom = { waiting: 256, waitMs: 500 } as const

/** Builds the express app, the same way for the process and for tests. */
export function buildApp(parts: AppParts): Express {
  const { settings, clock, note, ready, mounts = [] } = parts
  const { bodyBytes = new BodyBytes(), line = makeWorkLine(), isLate = () => false } = parts
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
    shedWhenLate(isLate),
    ...limitPerAddress({
      perMinute: settings.limits.perAddressPerMinute,
      counts: (parts.addressCounts ?? new AddressCounts()).all,
      skips: isHealthCheck,
      hasToken: bringsToken(settings.discovery === 'protected'),
    }),
  )
  const who = whoCalls(parts)
  const narrowCors = corsForClient(settings.clients)
  const buckets = new TokenBuckets(settings.limits.perClientPerMinute)
  app.use('/cds-services', turnAwayWhenStopping(parts))
  app.use(
    serviceRoutes({
      decide: parts.decide,
      audit: parts.audit,
      clock,
      who,
      line,
      narrowCors,
      withBody: makeWithBody({
        limits: settings.limits,
        gate: new WorkGate({ ...placesOf(settings), ...waitingRoom }),
        line,
        openBody: (_req, { id }) => bodyBytes.openForClient(id, settings.clients.length),
      }),
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

/** Where there are several clients, a busy one leaves a quarter of the places to the others. */
function placesOf({ limits: { concurrent }, clients }: Settings): { concurrent: number; perClient: number } {
  return { concurrent, perClient: clients.length > 1 ? Math.ceil(concurrent * 0.75) : concurrent }
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

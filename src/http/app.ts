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
import { discoveryRoute, type Health, healthRoutes } from './open-routes.js'
import { openapiRoute } from './openapi.js'
import { setSecurityHeaders } from './security-headers.js'
import { discovery, type Discovery } from '../protocol/discovery.js'
import { serviceRoutes } from './service-routes.js'
import { TokenBuckets } from './token-bucket.js'
import { makeVerifyToken } from './trust/verify-token.js'
import type { Trust } from './trust/verify-token.js'
import { WorkGate } from './work-gate.js'
import type { Settings } from '../config/settings.js'
import { makeWorkLine } from '../service/work-line.js'
import type { WorkLine } from '../service/work-line.js'

/** The parts that the app is built from; tests pass their own. */
export interface AppParts {
  settings: Settings
  decide: Decide
  audit: Pick<Audit, 'feedback'>
  /** The keys and the memory of used tokens; not needed with `auth: off`. */
  trust?: Pick<Trust, 'keys' | 'tokens'>
  /** `clock` is the time of day in milliseconds since 1970; `monotonic` never goes back and measures durations. */
  clock: () => number
  monotonic?: () => number
  /** Receives each call line after the response, for the log and the metrics. */
  note: NoteCall
  ready: Health['ready']
  serversAskedForLess?: Health['serversAskedForLess']
  /** `stopping`: responses close their connections. `refusing`: new calls are refused. */
  lifecycle?: { stopping: boolean; refusing: boolean }
  /** The bytes of all request bodies of the process. */
  bodyBytes?: BodyBytes
  /** The request counts of addresses in the process. */
  addressCounts?: AddressCounts
  /** The work line in which the calls of the process wait for their turn. */
  line?: WorkLine
  /** True while the event loop is behind; new calls are then refused. */
  isLate?: () => boolean
  /** The discovery response; that of a site without codes of its own by default. */
  discovery?: Discovery
  /** Further routes, such as pages and the demo FHIR server. */
  mounts?: readonly Router[]
}

/** The most calls that wait for a place, and the longest wait in milliseconds (product section 3). */
const waitingRoom = { waiting: 256, waitMs: 500 } as const

/** Builds the express app in the same way for the process and for tests. */
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
    originForm,
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
  app.use(healthRoutes({ ready, serversAskedForLess: parts.serversAskedForLess ?? (() => 0) }))
  const discoveryGate =
    settings.discovery === 'protected' ? [authenticate(who, () => ['/cds-services'], narrowCors)] : []
  app.use(discoveryRoute(parts.discovery ?? discovery, discoveryGate), openapiRoute())
  if (mounts.length > 0) app.use(...mounts)
  app.use(unknownPath, answerErrors())
  return app
}

/** The limits on calls in progress; with several clients, one client may use three quarters of the places. */
function placesOf({ limits: { concurrent }, clients }: Settings): { concurrent: number; perClient: number } {
  return { concurrent, perClient: clients.length > 1 ? Math.ceil(concurrent * 0.75) : concurrent }
}

function whoCalls({ settings, trust, clock }: AppParts): WhoCalls {
  const [first] = settings.clients
  if (settings.auth === 'off' && settings.mode === 'development' && first) return { everybody: first }
  if (!trust) throw new Error('auth is required, but there is nothing to check tokens with')
  return { verify: makeVerifyToken({ settings, clock, ...trust }) }
}

/** Refuses a request without a Host header, which HTTP/1.1 requires (RFC 9112, 3.2). */
const hostNamed: RequestHandler = (req, _res, next) => {
  if (req.headers.host === undefined && req.httpVersion === '1.1')
    throw new ProtocolError('HTTP_MALFORMED', 'The request has no Host header.')
  next()
}

const schemeAndHost = /^https?:\/\/[^/?#]+/i

/**
 * Serves a request target in absolute form, as proxies send it, like its origin form. The host in the target is not used,
 * because no header or target of a request is trusted for addresses.
 *
 * Source: RFC 9112, 3.2.2
 */
const originForm: RequestHandler = (req, _res, next) => {
  const found = schemeAndHost.exec(req.url)
  if (found) {
    const rest = req.url.slice(found[0].length)
    req.url = rest.startsWith('/') ? rest : `/${rest}`
  }
  next()
}

/** Removes double slashes from the path, which the public sandbox writes when its user typed a trailing slash. */
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

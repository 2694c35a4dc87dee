import type { Request, RequestHandler } from 'express'
import { MemoryStore, rateLimit } from 'express-rate-limit'
import { addressKey } from './address-key.js'
import { callOf } from './call.js'
import { LimitError } from './limit-error.js'

/**
 * The request counts of all addresses in this minute. A process has one, so that a reload keeps the counts and leaves
 * no timer.
 */
export class AddressCounts {
  /** The requests to all routes. */
  readonly all = new MemoryStore()
  /** The POST requests of pages. */
  readonly pages = new MemoryStore()
}

/** The limit on the requests of one address, and the counts behind the limit. */
export interface AddressLimit {
  /** The most requests in a minute; 0 means no limit. */
  perMinute: number
  counts: MemoryStore
  /** Selects the requests that this limit ignores. */
  skips?: (req: Request) => boolean
  /**
   * Selects the requests whose token is checked later: over the limit they pass with a valid token, and get 429
   * without.
   */
  hasToken?: (req: Request) => boolean
}

/**
 * Limits the requests of one address in a minute; requests with a valid token are neither counted nor refused.
 *
 * Shape:  all users of a hospital may share one address, so over the limit a token is still verified. A request without
 *         a valid token gets 429, whatever other error it has (http/errors.ts). After thirty bad signatures in a minute
 *         for one key, valid tokens of that key from the same address are refused too (ADR 0072).
 * Edge:   exactly `perMinute` requests pass. An address is an IPv4 address or a /64 network of IPv6.
 * Throws: `LimitError` (429).
 * Source: SEC-102.
 */
export function limitPerAddress({
  perMinute,
  counts,
  skips = () => false,
  hasToken = () => false,
}: AddressLimit): RequestHandler[] {
  if (perMinute === 0) return []
  const limiter = rateLimit({
    windowMs: 60_000,
    store: counts,
    limit: perMinute,
    keyGenerator: ({ ip }) => addressKey(ip),
    skip: skips,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => callOf(res).tokenVerified === true,
    handler: (req, res, next) => {
      if (hasToken(req)) {
        callOf(res).overAddressLimit = true
        next()
      } else next(overAddressLimit())
    },
    standardHeaders: false,
    legacyHeaders: false,
    validate: false,
  })
  return [limiter]
}

/** The error for a request of an address over its limit. */
export const overAddressLimit = (): LimitError => new LimitError('LIMIT_RATE', 60)

/**
 * Is this a health check? Health checks tell nothing of patients and cost little, and a load balancer that gets 429
 * would take the process out of service.
 */
export const isHealthCheck = ({ path }: Request): boolean =>
  path === '/health/live' || path === '/health/ready'

const isDiscovery = (path: string): boolean => path === '/cds-services' || path === '/cds-services/'

/** Does the request bring a token to a route that requires one? */
export const bringsToken =
  (protectedDiscovery: boolean) =>
  ({ path, headers: { authorization } }: Request): boolean =>
    authorization !== undefined &&
    (isDiscovery(path) ? protectedDiscovery : path.startsWith('/cds-services/'))

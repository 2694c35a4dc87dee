import type { Request, RequestHandler } from 'express'
import { MemoryStore, rateLimit } from 'express-rate-limit'
import { addressKey } from './address-key.js'
import { callOf } from './call.js'
import { LimitError } from './limit-error.js'

/** The calls of all addresses in this minute; one for the process, so a reload forgets no call and leaves no timer behind. */
export class AddressCounts {
  /** Calls of all routes. */
  readonly all = new MemoryStore()
  /** Posts of pages. */
  readonly pages = new MemoryStore()
}

/** How calls are counted against an address. */
export interface AddressLimit {
  /** 0 is no limit. */
  perMinute: number
  counts: MemoryStore
  /** Calls that this limit leaves alone. */
  skips?: (req: Request) => boolean
  /** Calls whose token is still to be looked at: over the limit they pass if it is valid, and are 429 if it is not. */
  hasToken?: (req: Request) => boolean
}

/**
 * Limits the calls of one address in a minute; those with a valid token do not count, and are not refused.
 *
 * Shape:  a hospital sits behind one address, so over the limit a token is still verified; what does not come with a valid one
 *         is 429, whatever else is wrong with it (http/errors.ts). Thirty bad signatures a minute for one key do refuse
 *         the good tokens of that key from the same address (ADR 0072).
 * Edge:   exactly `perMinute` calls pass. An address is an IPv4 address or a /64 network of IPv6.
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

/** The refusal of a call whose address has made too many. */
export const overAddressLimit = (): LimitError => new LimitError('LIMIT_RATE', 60)

/** Health checks say nothing of patients and cost nothing, and a balancer that gets 429 would take the process away. */
export const isHealthCheck = ({ path }: Request): boolean =>
  path === '/health/live' || path === '/health/ready'

const isDiscovery = (path: string): boolean => path === '/cds-services' || path === '/cds-services/'

/** Does the call bring a token to a route that asks for one? */
export const bringsToken =
  (protectedDiscovery: boolean) =>
  ({ path, headers: { authorization } }: Request): boolean =>
    authorization !== undefined &&
    (isDiscovery(path) ? protectedDiscovery : path.startsWith('/cds-services/'))

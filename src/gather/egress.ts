import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { Dispatcher } from 'undici'
import buildConnector from 'undici/lib/core/connect.js'
import Agent from 'undici/lib/dispatcher/agent.js'
import { addressRule } from './addresses.js'
import { Refusal } from './refusal.js'
import { safeUrl } from './safe-url.js'
import { type AnswerLimits, wholeAnswer } from './whole-answer.js'

/** Whom one outbound call may reach, and how much it may bring back. */
export interface EgressRules extends AnswerLimits {
  /** CIDRs of private networks that are allowed beside the public internet. */
  allowNetworks: readonly string[]
}

/** Finds all addresses of a name; the system's resolver unless a test replaces it. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses?: readonly LookupAddress[]) => void,
) => void

/** The one way out of the process: every call to a FHIR server or key set goes through it. */
export interface Egress {
  /** The dispatcher to hand to `fetch`, for libraries that call `fetch` themselves. */
  through(rules: EgressRules): Dispatcher
  /**
   * `fetch` through the guard: https only in production, no user-info or fragment, no redirects.
   *
   * Throws: `TypeError` or `Refusal`; pass it to `refusalCode` and forget it, for it may hold the address.
   */
  fetch(url: string, init: RequestInit, rules: EgressRules): Promise<Response>
  close(): Promise<void>
}

const resolveBySystem: Resolve = (hostname, done) => {
  systemLookup(hostname, { all: true, verbatim: true }, done)
}

/** Sockets to one host at most; further requests wait in line (product decision 18). */
const socketsPerHost = 64

/**
 * Makes the guard for all outbound calls: names are resolved first, every address is checked, and the connection goes to
 * a checked address, so a name that changes its mind between check and use gains nothing.
 *
 * Shape: one pool of connections per set of allowed networks, so that no client rides on another client's permission.
 */
export function makeEgress({
  mode,
  resolve = resolveBySystem,
}: {
  mode: 'production' | 'development'
  resolve?: Resolve
}): Egress {
  const agents = new Map<string, Agent>()
  const dispatchers = new Map<string, Dispatcher>()

  function agentFor(allowNetworks: readonly string[]): Agent {
    const name = allowNetworks.join(' ')
    const known = agents.get(name)
    if (known) return known
    const agent = new Agent({
      connections: socketsPerHost,
      connect: guardedConnector(addressRule(allowNetworks, mode), resolve),
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    })
    agents.set(name, agent)
    return agent
  }

  function through(rules: EgressRules): Dispatcher {
    const name = `${rules.maxBytes} ${String(rules.jsonOnly)} ${rules.allowNetworks.join(' ')}`
    const known = dispatchers.get(name)
    if (known) return known
    const dispatcher = agentFor(rules.allowNetworks).compose(wholeAnswer(rules))
    dispatchers.set(name, dispatcher)
    return dispatcher
  }

  return {
    through,
    async fetch(url, init, rules) {
      const address = safeUrl(url, mode)
      if (!address) throw new Refusal('not-allowed')
      const guarded = { ...init, redirect: 'manual', dispatcher: through(rules) } as const
      const response = await fetch(address, guarded as unknown as RequestInit)
      if (response.status >= 300 && response.status < 400) throw new Refusal('bad-answer')
      return response
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()))
    },
  }
}

/** A connector that refuses forbidden addresses, given as such or found by resolving a name. */
function guardedConnector(allowed: (address: string) => boolean, resolve: Resolve): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, done) => {
    resolve(hostname, (error, found) => {
      const addresses = found ?? [] // beside an error Node hands over nothing at all
      const [first] = addresses
      if (error || !first) done(error ?? new Refusal('unreachable'), '', 0)
      else if (!addresses.every(({ address }) => allowed(address))) done(new Refusal('not-allowed'), '', 0)
      else if (options.all) done(null, [...addresses])
      else done(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ lookup, timeout: 5_000, minVersion: 'TLSv1.2' })
  return (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !allowed(host)) done(new Refusal('not-allowed'), null)
    else connect(options, done)
  }
}

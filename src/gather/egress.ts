import { lookup as systemLookup } from 'node:dns'
import { Agent, type Dispatcher } from 'undici'
import { makeWorkLine, type WorkLine } from '../service/work-line.js'
import { addressRule } from './addresses.js'
import { guardedConnector } from './connector.js'
import { makeLookups, type Resolve } from './look-up.js'
import { Refusal } from './refusal.js'
import { safeUrl } from './safe-url.js'
import { acceptedEncodings, makeUnpackAnswer } from './unpack-answers.js'
import { type AnswerLimits, wholeAnswer } from './whole-answer.js'

/** The networks that one outgoing request may reach, and the limits of its response. */
export interface EgressRules extends AnswerLimits {
  /** CIDRs of private networks that are allowed beside the public internet. */
  allowNetworks: readonly string[]
}

/** The guard for all outgoing requests to FHIR servers and key sets; no request leaves the process without it. */
export interface Egress {
  /** The dispatcher for libraries that call `fetch` themselves. */
  through(rules: EgressRules): Dispatcher
  /**
   * `fetch` through the guard: https only in production, no user-info or fragment, no redirects.
   *
   * Throws: `TypeError` or `Refusal`; map the error with `refusalCode` and do not keep it, because it may hold the
   *         address.
   */
  fetch(url: string, init: RequestInit, rules: EgressRules): Promise<Response>
  close(): Promise<void>
}

const resolveBySystem: Resolve = (hostname, done) => {
  systemLookup(hostname, { all: true, verbatim: true }, done)
}

/** The most connections of one client to one host; further requests wait (product decision 18). */
const socketsPerHost = 64

/**
 * Makes the guard for all outgoing requests: a name is resolved first, every address is checked, and the connection
 * goes to a checked address. A name that resolves to another address after the check therefore changes nothing.
 *
 * Shape: connections and lookups belong to one client, so that no client uses the permission of another, waits for
 *        another client's connections to a shared host, or waits for another client's silent name server.
 */
export function makeEgress({
  mode,
  resolve = resolveBySystem,
  line = makeWorkLine(),
}: {
  mode: 'production' | 'development'
  resolve?: Resolve
  line?: WorkLine
}): Egress {
  const agents = new Map<string, Agent>()
  const reading = { line, unpack: makeUnpackAnswer() }

  function agentFor({ clientId, allowNetworks }: EgressRules): Agent {
    const name = JSON.stringify([clientId, allowNetworks])
    const known = agents.get(name)
    if (known) return known
    const agent = new Agent({
      connections: socketsPerHost,
      connect: guardedConnector(addressRule(allowNetworks, mode), makeLookups(resolve)),
      maxHeaderSize: 8_192,
      headersTimeout: 10_000,
      bodyTimeout: 10_000,
    })
    agents.set(name, agent)
    return agent
  }

  const through = (rules: EgressRules): Dispatcher => agentFor(rules).compose(wholeAnswer(rules, reading))

  return {
    through,
    async fetch(url, init, rules) {
      const address = safeUrl(url, mode)
      if (!address) throw new Refusal('not-allowed')
      const headers = new Headers(init.headers)
      headers.set('accept-encoding', acceptedEncodings)
      const guarded = { ...init, headers, redirect: 'manual', dispatcher: through(rules) } as const
      const response = await fetch(address, guarded as unknown as RequestInit)
      if (response.status >= 300 && response.status < 400) throw new Refusal('bad-answer')
      return response
    },
    async close() {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()))
    },
  }
}

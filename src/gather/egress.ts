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

/** Whom one outbound call may reach, and how much it may bring back. */
export interface EgressRules extends AnswerLimits {
  /** CIDRs of private networks that are allowed beside the public internet. */
  allowNetworks: readonly string[]
}

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

/** Sockets of one client to one host at most; further requests wait in line (product decision 18). */
const socketsPerHost = 64

/**
 * Makes the guard for all outbound calls: names are resolved first, every address is checked, and the connection goes to
 * a checked address, so a name that changes its mind between check and use gains nothing.
 *
 * Shape: connections and lookups belong to one client, so that none rides on the permission of another, waits for its
 *        sockets at a host that both use, or for its silent name server.
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

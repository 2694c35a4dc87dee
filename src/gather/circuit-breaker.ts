import type { Instant } from '../units/units.js'
import type { UnreadableCode } from './chart.js'

/** Calls in a row that got nothing from a server before it is left alone, and for how long. */
const failuresToOpen = 5
const openMs = 10_000
/** Servers remembered at most; only failing ones are. */
const maxServers = 1_000

/** Failures that say the server is ill; a refusal or an unknown type is an answer of a healthy one. */
const illness: ReadonlySet<UnreadableCode> = new Set(['timeout', 'unreachable', 'server-error'])
export const isIllness = (code: UnreadableCode): boolean => illness.has(code)

/** Remembers which FHIR servers do not answer, so that calls need not wait for them again. */
export interface CircuitBreaker {
  /** May this server be asked now? After a pause one call at a time tries it again. */
  mayAsk(server: string): boolean
  /** Says how a call that was allowed went: did the server answer anything at all? */
  note(server: string, answered: boolean): void
}

/**
 * Makes the memory of failing servers, shared by all calls of the process.
 *
 * Edge: five calls in a row without any answer open it; ten seconds later one call may try, and its answer closes it.
 */
export function makeCircuitBreaker(clock: () => Instant): CircuitBreaker {
  const servers = new Map<string, { failures: number; restUntil: Instant }>()

  return {
    mayAsk(server) {
      const known = servers.get(server)
      if (!known || known.failures < failuresToOpen) return true
      if (clock() < known.restUntil) return false
      known.restUntil = clock() + openMs // this call tries; the others wait for what it finds
      return true
    },
    note(server, answered) {
      if (answered) {
        servers.delete(server)
        return
      }
      const failures = (servers.get(server)?.failures ?? 0) + 1
      servers.delete(server)
      servers.set(server, { failures, restUntil: clock() + openMs })
      const [oldest] = servers.keys()
      if (servers.size > maxServers && oldest !== undefined) servers.delete(oldest)
    },
  }
}

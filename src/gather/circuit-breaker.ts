import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from 'cockatiel'
import type { UnreadableCode } from './chart.js'

/** The number of silent calls in a row that opens the circuit, and the time for which the circuit stays open. */
const failuresToOpen = 5
const openMs = 10_000
/** The most servers that are remembered for each client. */
const maxServers = 1_000

/** Failures that show an unhealthy server; a refusal or an unknown resource type comes from a healthy server. */
const illness: ReadonlySet<UnreadableCode> = new Set(['timeout', 'unreachable', 'server-error'])
export const isIllness = (code: UnreadableCode): boolean => illness.has(code)

/** The result of a call for a server: at least one response, no response, or no request sent. */
export type CallOutcome = 'answered' | 'silent' | 'nothing-asked'

/** Remembers for each client which FHIR servers do not respond, so that later calls need not wait for them. */
export interface CircuitBreaker {
  /**
   * Begins a call of this client to this server, if the circuit allows the call. The end of the call must be told, else
   * no later call of this client tries the server again.
   *
   * Missing: undefined while the circuit is open. After that time one call at a time tries the server again.
   */
  begin(client: string, server: string): EndOfCall | undefined
}

/** Tells the result of a call; resolves when the result is remembered. */
export type EndOfCall = (outcome: CallOutcome) => Promise<void>

type Policy = ReturnType<typeof makePolicy>

const makePolicy = () =>
  circuitBreaker(
    handleWhenResult((outcome) => outcome === 'silent'),
    { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
  )

/** Ends a call that neither counts as a failure nor resets the count. */
const nothingAsked = new Error('nothing was asked')
const ignore = (): void => undefined

/**
 * Makes the memory of failing servers, shared by all calls of the process.
 *
 * Shape: clients do not affect each other: a server that is silent for one client, even on purpose, is still called for
 *        the others. Client ids are a closed set, so the memory is bounded.
 * Edge:  five silent calls in a row open the circuit. Ten seconds later one call may try the server, and a response
 *        closes the circuit. A trial call that sent no request learned nothing, so the circuit stays open for ten more
 *        seconds.
 */
export function makeCircuitBreaker(): CircuitBreaker {
  const clients = new Map<string, Map<string, Policy>>()

  /** Finds or makes the policy of this server for this client, and marks the server as the most recently used. */
  function policyOf(client: string, server: string): Policy {
    const servers = clients.get(client) ?? new Map<string, Policy>()
    clients.set(client, servers)
    const policy = servers.get(server) ?? makePolicy()
    servers.delete(server)
    servers.set(server, policy)
    const [oldest] = servers.keys()
    if (servers.size > maxServers && oldest !== undefined) servers.delete(oldest)
    return policy
  }

  return {
    begin(client, server) {
      const policy = policyOf(client, server)
      const { state } = policy
      if (state === CircuitState.HalfOpen) return undefined // `execute` would wait for the trial call
      const call: { end?: EndOfCall } = {}
      const remembered: Promise<void> = policy
        .execute(
          () =>
            new Promise<CallOutcome>((resolve, reject) => {
              call.end = (outcome) => {
                if (outcome !== 'nothing-asked') resolve(outcome)
                else if (state === CircuitState.Open) resolve('silent')
                else reject(nothingAsked)
                return remembered
              }
            }),
        )
        .then(ignore, ignore)
      return call.end // set by now: `execute` starts a call at once, or not at all while the circuit is open
    },
  }
}

import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from 'cockatiel'
import type { UnreadableCode } from './chart.js'

/** Calls in a row that got nothing from a server before it is left alone, and for how long. */
const failuresToOpen = 5
const openMs = 10_000
/** Servers remembered at most for each client. */
const maxServers = 1_000

/** Failures that say the server is ill; a refusal or an unknown type is an answer of a healthy one. */
const illness: ReadonlySet<UnreadableCode> = new Set(['timeout', 'unreachable', 'server-error'])
export const isIllness = (code: UnreadableCode): boolean => illness.has(code)

/** How a call to a server went: any answer at all, none, or nothing was asked of it. */
export type CallOutcome = 'answered' | 'silent' | 'nothing-asked'

/** Remembers which FHIR servers do not answer which client, so that its calls need not wait for them again. */
export interface CircuitBreaker {
  /**
   * Begins a call of this client to this server, if it may be asked now. Its end must be told, else no call of this client
   * tries the server again.
   *
   * Missing: undefined while the server is left alone. After that one call at a time tries it again.
   */
  begin(client: string, server: string): EndOfCall | undefined
}

/** Tells how a call went; resolves when that is remembered. */
export type EndOfCall = (outcome: CallOutcome) => Promise<void>

type Policy = ReturnType<typeof makePolicy>

const makePolicy = () =>
  circuitBreaker(
    handleWhenResult((outcome) => outcome === 'silent'),
    { halfOpenAfter: openMs, breaker: new ConsecutiveBreaker(failuresToOpen) },
  )

/** Ends a call that neither counts as a failure nor starts the count again. */
const nothingAsked = new Error('nothing was asked')
const ignore = (): void => undefined

/**
 * Makes the memory of failing servers, shared by all calls of the process.
 *
 * Shape: clients know nothing of each other: a server that is silent for one, by bad luck or because that client wants it
 *        to be, is asked for the others. Client ids are a closed set, so the memory is bounded.
 * Edge:  five calls in a row without any answer open it; ten seconds later one call may try, and its answer closes it.
 *        A try that asked nothing found nothing out, so it keeps the server alone for ten seconds more.
 */
export function makeCircuitBreaker(): CircuitBreaker {
  const clients = new Map<string, Map<string, Policy>>()

  /** The policy of this server for this client, which becomes the last to be forgotten. */
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
      if (state === CircuitState.HalfOpen) return undefined // `execute` would wait for the call that tries
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
      return call.end // there by now: `execute` starts a call at once, or not at all while the server is left alone
    },
  }
}

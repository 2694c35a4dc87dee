import { Registry } from 'prom-client'
import type { AuditMeter } from '../../audit/audit-options.js'
import { errorCatalogue } from '../../protocol/error-catalogue.js'
import type { NoteCall } from '../call.js'
import { authReasons } from '../trust/auth-refused.js'
import { makeCounters } from './counters.js'
import type { Counters } from './counters.js'

/** The live metrics of the process, for Prometheus. */
export interface Metrics {
  registry: Registry
  /** Counts and measures the calls by their result; called with each call line, beside the log. */
  noteCall: NoteCall
  /** Counts the events of the audit. */
  meter: AuditMeter
  /** Sets the clients that are counted under their own id; called again after each reload. */
  clientsInForce(ids: readonly string[]): void
  /** Sets the content in force; called at start and after each reload. */
  contentInForce(version: string, hash: string): void
}

const shedCodes: ReadonlySet<string> = new Set([
  'LIMIT_OVERLOAD',
  'LIMIT_RATE',
  'DEADLINE_PASSED',
  'SHUTTING_DOWN',
])

/** A label value of a closed set, or "other", so that no value of a request can start a time series. */
const closed = (known: ReadonlySet<string>, value: string | undefined): string =>
  value !== undefined && known.has(value) ? value : 'other'

const reasons = new Set<string>(Object.keys(authReasons))
const codes = new Set<string>(Object.keys(errorCatalogue))

/** Counts each call by its result; only service calls are counted by client and hook. */
const noteCallIn =
  (counters: Counters, clients: ReadonlySet<string>): NoteCall =>
  ({ route, client, hook, status, code, authReason, ms }) => {
    if (authReason !== undefined) counters.authFailures.inc({ reason: closed(reasons, authReason) })
    if (code !== undefined && shedCodes.has(code)) counters.shed.inc({ code })
    if (route !== '/cds-services/{id}') return
    const outcome = code === undefined ? String(status) : closed(codes, code)
    counters.invocations.inc({ client: closed(clients, client), hook: hook ?? 'none', outcome })
    if (hook !== undefined) counters.duration.observe({ hook }, ms / 1_000)
  }

/** Counts the records of the audit, and the failures to record. */
const meterIn = (counters: Counters): AuditMeter => ({
  chainLength: (records) => counters.chainLength.set(records),
  writeFailed: (records) =>
    counters.writeFailures.inc({ what: records > 0 ? 'refused' : 'store' }, Math.max(1, records)),
  called(client, { cards, rules, mode, dataSources }) {
    for (const { kind, indicator } of cards) counters.cards.inc({ client, kind, indicator, mode })
    for (const kind in rules)
      if (rules[kind] === 'insufficient-data') counters.insufficient.inc({ client, kind })
    for (const key in dataSources) {
      const [origin, state, , ms] = dataSources[key] ?? []
      if (origin !== 'callback' && origin !== 'mixed') continue
      counters.fhirRequests.inc({ client, key, state: String(state) })
      counters.fhirDuration.observe({ client }, Number(ms) / 1_000)
    }
  },
  answered: (client, { outcome, match }) => counters.feedback.inc({ client, outcome, match }),
})

/**
 * Makes the live metrics of AUD-054.
 *
 * Shape:   labels take values of closed sets only: configured clients, hooks, kinds of card, codes.
 * Privacy: no ids and no words from outside (SEC-083).
 */
export function makeMetrics(engine: string, clientIds: readonly string[]): Metrics {
  const registry = new Registry()
  const counters = makeCounters(registry)
  const clients = new Set(clientIds)
  return {
    registry,
    noteCall: noteCallIn(counters, clients),
    meter: meterIn(counters),
    clientsInForce(ids) {
      for (const id of ids) clients.add(id)
    },
    contentInForce(version, hash) {
      counters.rulepack.reset()
      counters.rulepack.set({ version, hash: hash.slice(0, 12), engine }, 1)
    },
  }
}

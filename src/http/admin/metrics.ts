import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { AuditMeter } from '../../audit/open-audit.js'
import { errorCatalogue } from '../../errors.js'
import type { NoteCall } from '../call.js'
import { authReasons } from '../trust/auth-refused.js'

/** Live counters of the process, for Prometheus. */
export interface Metrics {
  registry: Registry
  /** Counts calls by how they ended, and measures them; to be told each line beside the log. */
  noteCall: NoteCall
  /** What the audit tells. */
  meter: AuditMeter
  /** Says whose calls are counted under their own name; again after each reload. */
  clientsInForce(ids: readonly string[]): void
  /** Says which content is in force; at start and after each reload. */
  contentInForce(version: string, hash: string): void
}

const fast = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8]

const shedCodes: ReadonlySet<string> = new Set(['LIMIT_OVERLOAD', 'LIMIT_RATE', 'SHUTTING_DOWN'])

/** A label value of a closed set, or "other": nothing a caller sends can make a series of its own. */
const closed = (known: ReadonlySet<string>, value: string | undefined): string =>
  value !== undefined && known.has(value) ? value : 'other'

/**
 * Makes the counters, histograms and gauges of AUD-054.
 *
 * Shape:   labels take values of closed sets only: configured clients, hooks, kinds of card, codes.
 * Privacy: no ids, no words from outside (SEC-083).
 */
export function makeMetrics(engine: string, clientIds: readonly string[]): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const clients = new Set(clientIds)
  const reasons = new Set<string>(Object.keys(authReasons))
  const codes = new Set<string>(Object.keys(errorCatalogue))
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter({ name, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames, buckets: fast, registers })

  const invocations = counter('cds_invocations_total', 'Calls of services by how they ended.', [
    'client',
    'hook',
    'outcome',
  ])
  const cards = counter('cds_cards_total', 'Cards given; in silent mode, cards that would have been.', [
    'client',
    'kind',
    'indicator',
    'mode',
  ])
  const feedback = counter('cds_feedback_total', 'Feedback items.', ['client', 'outcome', 'match'])
  const insufficient = counter('cds_insufficient_data_total', 'Cards that could not be decided.', [
    'client',
    'kind',
  ])
  const authFailures = counter('cds_auth_failures_total', 'Refused tokens by reason.', ['reason'])
  const shed = counter('cds_shed_total', 'Calls turned away because of load or limits.', ['code'])
  const writeFailures = counter(
    'cds_audit_write_failures_total',
    'Failures of the audit store (the spool took over), and records refused.',
    ['what'],
  )
  const fhirRequests = counter('cds_fhir_requests_total', 'Data asked of FHIR servers, by key and state.', [
    'client',
    'key',
    'state',
  ])
  const duration = histogram('cds_invocation_duration_seconds', 'Time from the request to its answer.', [
    'hook',
  ])
  const fhirDuration = histogram(
    'cds_fhir_request_duration_seconds',
    'Time for one key of data from a FHIR server.',
    ['client'],
  )
  const chainLength = new Gauge({
    name: 'cds_audit_chain_length',
    help: 'Records in the stream of this process.',
    registers,
  })
  const rulepack = new Gauge({
    name: 'cds_rulepack_info',
    help: 'The content in force.',
    labelNames: ['version', 'hash', 'engine'],
    registers,
  })

  const noteCall: NoteCall = ({ route, client, hook, status, code, authReason, ms }) => {
    if (authReason !== undefined) authFailures.inc({ reason: closed(reasons, authReason) })
    if (code !== undefined && shedCodes.has(code)) shed.inc({ code })
    if (route !== '/cds-services/{id}') return
    const outcome = code === undefined ? String(status) : closed(codes, code)
    invocations.inc({ client: closed(clients, client), hook: hook ?? 'none', outcome })
    if (hook !== undefined) duration.observe({ hook }, ms / 1_000)
  }

  const meter: AuditMeter = {
    chainLength: (records) => chainLength.set(records),
    writeFailed: (records) =>
      writeFailures.inc({ what: records > 0 ? 'refused' : 'store' }, Math.max(1, records)),
    called(client, { cards: given, rules, mode, dataSources }) {
      for (const { kind, indicator } of given) cards.inc({ client, kind, indicator, mode })
      for (const kind in rules) if (rules[kind] === 'insufficient-data') insufficient.inc({ client, kind })
      for (const key in dataSources) {
        const [origin, state, , ms] = dataSources[key] ?? []
        if (origin !== 'callback' && origin !== 'mixed') continue
        fhirRequests.inc({ client, key, state: String(state) })
        fhirDuration.observe({ client }, Number(ms) / 1_000)
      }
    },
    answered: (client, { outcome, match }) => feedback.inc({ client, outcome, match }),
  }

  return {
    registry,
    noteCall,
    meter,
    clientsInForce(ids) {
      for (const id of ids) clients.add(id)
    },
    contentInForce(version, hash) {
      rulepack.reset()
      rulepack.set({ version, hash: hash.slice(0, 12), engine }, 1)
    },
  }
}

import { Counter, Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 8]

/** The counters, histograms and gauges of the live metrics. */
export type Counters = ReturnType<typeof makeCounters>

/** Makes the counters, histograms and gauges of AUD-054 in a registry. */
export function makeCounters(registry: Registry) {
  const registers = [registry]
  const counter = <Label extends string>(name: string, labelNames: readonly Label[], help: string) =>
    new Counter({ name, help, labelNames, registers })
  const histogram = <Label extends string>(name: string, labelNames: readonly Label[], help: string) =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers })
  const gauge = <Label extends string>(name: string, labelNames: readonly Label[], help: string) =>
    new Gauge({ name, help, labelNames, registers })

  const called = ['client', 'hook', 'outcome'] as const
  const given = ['client', 'kind', 'indicator', 'mode'] as const
  const asked = ['client', 'key', 'state'] as const
  const said = ['client', 'outcome', 'match'] as const
  return {
    invocations: counter('cds_invocations_total', called, 'Calls of services by how they ended.'),
    cards: counter('cds_cards_total', given, 'Cards given; in silent mode, cards that would have been.'),
    feedback: counter('cds_feedback_total', said, 'Feedback items.'),
    insufficient: counter(
      'cds_insufficient_data_total',
      ['client', 'kind'],
      'Cards that could not be decided.',
    ),
    authFailures: counter('cds_auth_failures_total', ['reason'], 'Refused tokens by reason.'),
    shed: counter('cds_shed_total', ['code'], 'Calls turned away because of load or limits.'),
    writeFailures: counter(
      'cds_audit_write_failures_total',
      ['what'],
      'Failures of the audit store (the spool took over), and records refused.',
    ),
    fhirRequests: counter('cds_fhir_requests_total', asked, 'Data asked of FHIR servers, by key and state.'),
    duration: histogram('cds_invocation_duration_seconds', ['hook'], 'Time from the request to its answer.'),
    fhirDuration: histogram(
      'cds_fhir_request_duration_seconds',
      ['client'],
      'Time for one key of data from a FHIR server.',
    ),
    chainLength: gauge('cds_audit_chain_length', [], 'Records in the stream of this process.'),
    rulepack: gauge('cds_rulepack_info', ['version', 'hash', 'engine'], 'The content in force.'),
  }
}

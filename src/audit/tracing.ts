import type { Audit, Trace } from './trace.js'

/** An audit that also gives access to the last trace, for explaining a call. */
export interface TracingAudit {
  audit: Audit
  /** The trace of the call recorded last; absent before the first. */
  trace: () => Trace | undefined
}

/** Makes an audit that records through the given audit and keeps the last trace. */
export function tracing(audit: Audit): TracingAudit {
  let last: Trace | undefined
  return {
    audit: {
      record: (trace) => {
        last = trace
        return audit.record(trace)
      },
      feedback: (...items) => audit.feedback(...items),
      earlier: (...whose) => audit.earlier(...whose),
      ready: () => audit.ready(),
      close: () => audit.close(),
    },
    trace: () => last,
  }
}

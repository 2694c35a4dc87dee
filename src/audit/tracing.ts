import type { Audit, Trace } from './trace.js'

/** An audit that lets whoever explains a call see what its record was made of. */
export interface TracingAudit {
  audit: Audit
  /** Of the call recorded last; absent before the first. */
  trace: () => Trace | undefined
}

/** Makes an audit that records as the given one does, and keeps the last trace. */
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

/** Where a call belongs in the tracing of the client: the id of the whole trace, and whether it is being recorded. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string
  /** Two hexadecimal digits. */
  flags: string
}

const parent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/
const parentLength = 55

/**
 * Reads the header `traceparent`.
 *
 * Missing: absent or malformed, or ids of zeros alone: no context, and the call begins a trace of its own.
 * Source:  https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function readTraceParent(header: unknown): TraceContext | undefined {
  if (typeof header !== 'string' || header.length !== parentLength) return undefined
  const [, traceId, flags] = parent.exec(header) ?? []
  return traceId !== undefined && flags !== undefined ? { traceId, flags } : undefined
}

/**
 * Writes the header for a request that the call sends on.
 *
 * Shape: `spanId`, 16 hexadecimal digits, stands for this service's part of the trace.
 */
export const traceParent = ({ traceId, flags }: TraceContext, spanId: string): string =>
  `00-${traceId}-${spanId}-${flags}`

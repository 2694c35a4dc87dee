/** The W3C trace context of a call: the id of the client's trace, and whether the client records that trace. */
export interface TraceContext {
  /** 32 hexadecimal digits. */
  traceId: string
  sampled: boolean
}

const parent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})$/
const parentLength = 55
/** The only trace flag that this service knows; unknown flags must not be sent on. */
const sampledFlag = 1

/**
 * Reads the header `traceparent`.
 *
 * Edge:    a later version may have more after the known parts, which is ignored.
 * Missing: undefined when the header is absent or malformed or an id is all zeros; the call then starts a trace of its
 *          own.
 * Source:  https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function readTraceParent(header: unknown): TraceContext | undefined {
  if (typeof header !== 'string' || header.length < parentLength) return undefined
  const isLater = !header.startsWith('00-') && header[parentLength] === '-'
  if (header.length > parentLength && !isLater) return undefined
  const [, traceId, flags] = parent.exec(header.slice(0, parentLength)) ?? []
  if (traceId === undefined || flags === undefined) return undefined
  return { traceId, sampled: (Number.parseInt(flags, 16) & sampledFlag) !== 0 }
}

/**
 * Writes the header `traceparent` for an outgoing request of the call.
 *
 * Shape: `spanId` has 16 hexadecimal digits and stands for this service's part of the trace.
 */
export const traceParent = ({ traceId, sampled }: TraceContext, spanId: string): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`

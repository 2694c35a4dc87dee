import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import type { ErrorCode } from '../errors.js'
import { readTraceParent } from '../protocol/trace-context.js'
import type { TraceContext } from '../protocol/trace-context.js'
import type { ClientSettings } from '../config/settings.js'

/**
 * One line about one call, for log and metrics: codes, counts and durations only.
 *
 * Privacy: a closed list of fields; none holds chart data, tokens, paths with ids or text of the request.
 */
export interface CallLine {
  requestId: string
  /** The route as written in the code, never the path of the request. */
  route: string
  method: string
  status: number
  ms: number
  code?: ErrorCode
  client?: string
  hook?: string
  /** Present only if the value is a UUID. */
  hookInstance?: string
  invocationId?: string
  cards?: number
  /** How many values of the chart could not be read or understood, by kind ("temperature", "medicine"). */
  notUnderstood?: Readonly<Record<string, number>>
  feedbackItems?: number
  /** Items of a post that were refused while others were kept. */
  feedbackRefused?: number
  /** Of a 412: each key that could not be read, with the code of its reason ("conditions:wrong-patient"). */
  unread?: string
  /** The reason why a token was refused, as a code of `docs/generated/errors.md`. */
  authReason?: string
  /** Short hashes, for comparison with the token that the client says it sent. */
  jtiHash?: string
  kidHash?: string
  /** The trace id of the client; else the request id without its dashes, for a new trace. */
  traceId: string
  /** The class and place of an unexpected error; never its message. */
  fault?: string
}

/** The state of a call, kept in `res.locals`. */
export interface Call {
  line: CallLine
  startedAt: number
  trace: TraceContext
  client?: ClientSettings
  /** The token was verified; absent where a route requires no token. */
  tokenVerified?: true
  /** The address is over its limit, so the call succeeds only with a valid token. */
  overAddressLimit?: true
}

export type NoteCall = (line: CallLine) => void

/** The call of a response. */
export const callOf = (res: Response): Call => (res.locals as { call: Call }).call

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Opens the state of a call at its arrival, and notes one line after its response.
 *
 * Edge: a connection that closes before the response leaves a line with status 499.
 */
export function openCall(note: NoteCall, monotonic: () => number): RequestHandler {
  return (req, res, next) => {
    const startedAt = monotonic()
    const method = methods.has(req.method) ? req.method : 'other'
    const requestId = randomUUID()
    const trace = readTraceParent(req.headers['traceparent']) ?? ownTrace(requestId)
    const line: CallLine = { requestId, route: 'unknown', method, status: 0, ms: 0, traceId: trace.traceId }
    const call: Call = { line, startedAt, trace }
    res.locals['call'] = call
    res.setHeader('X-Request-Id', line.requestId)
    res.once('close', () => {
      line.status = res.writableFinished ? res.statusCode : 499
      line.ms = Math.round((monotonic() - startedAt) * 100) / 100
      note(line)
    })
    next()
  }
}

/** Starts a new trace, which is not sampled. */
const ownTrace = (requestId: string): TraceContext => ({
  traceId: requestId.replaceAll('-', ''),
  sampled: false,
})

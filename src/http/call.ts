import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'
import type { ErrorCode } from '../errors.js'
import { readTraceParent } from '../protocol/trace-context.js'
import type { TraceContext } from '../protocol/trace-context.js'
import type { ClientSettings } from '../config/settings.js'

/**
 * One line about one call, for log and metrics: codes, counts and durations only.
 *
 * Privacy: a closed list of fields; none holds chart data, tokens, paths with ids or text from the caller.
 */
export interface CallLine {
  requestId: string
  /** The route as written in the code, never the path that was asked for. */
  route: string
  method: string
  status: number
  ms: number
  code?: ErrorCode
  client?: string
  hook?: string
  /** Only if it is a UUID. */
  hookInstance?: string
  invocationId?: string
  cards?: number
  feedbackItems?: number
  /** Why a token was refused, as a code of `docs/generated/errors.md`. */
  authReason?: string
  /** Short hashes, to compare with what a client says it sent. */
  jtiHash?: string
  kidHash?: string
  /** Of the caller's trace; else of one that begins here, which is the request id without its dashes. */
  traceId: string
  /** Class and place of an unexpected error; never its message. */
  fault?: string
}

/** What is known about the call so far; lives in `res.locals`. */
export interface Call {
  line: CallLine
  startedAt: number
  trace: TraceContext
  client?: ClientSettings
  /** Its token was verified; never so where no token is asked for. */
  tokenVerified?: true
  /** Its address has made too many calls, so it is answered only if its token is valid. */
  overAddressLimit?: true
}

export type NoteCall = (line: CallLine) => void

/** The call that belongs to a response. */
export const callOf = (res: Response): Call => (res.locals as { call: Call }).call

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Opens the record of a call when it arrives, and notes one line when its answer is out.
 *
 * Edge: a caller that goes away before its answer leaves a line with status 499.
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

/** A trace that begins here; nobody has asked for it to be recorded. */
const ownTrace = (requestId: string): TraceContext => ({
  traceId: requestId.replaceAll('-', ''),
  sampled: false,
})

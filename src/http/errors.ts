import type { ErrorRequestHandler, RequestHandler, Response } from 'express'
import { DataUnavailable, DeadlinePassed, ProtocolError, RecordUnavailable } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { errorCatalogue } from '../protocol/error-catalogue.js'
import { operationOutcome } from '../protocol/outcome.js'
import { overAddressLimit } from './address-limit.js'
import { callOf } from './call.js'
import { LimitError } from './limit-error.js'
import { sendFhir } from './send.js'
import { AuthRefused } from './trust/auth-refused.js'

/** An error response before it is written. */
interface ErrorAnswer {
  code: ErrorCode
  text: string
  path?: string | undefined
  keys?: readonly string[]
  headers?: Readonly<Record<string, string>>
}

/**
 * Answers every error with an OperationOutcome and a stable code; no other place sets an error status.
 *
 * Privacy: the response to an unexpected error shows only the request id. The log gets the class and place of the error
 *          without its message, because messages can quote the request.
 */
export function answerErrors(): ErrorRequestHandler {
  return (error: unknown, _req, res, _next) => {
    const call = callOf(res)
    const isOver = call.overAddressLimit === true && call.tokenVerified !== true
    const answer = answerFor(isOver ? overAddressLimit() : error, call.line.requestId)
    call.line.code = answer.code
    if (error instanceof AuthRefused) Object.assign(call.line, error.notes)
    if (error instanceof DataUnavailable) call.line.unread = reasonsIn(error)
    if (answer.code === 'INTERNAL') call.line.fault = faultOf(error)
    if (res.headersSent || res.destroyed) {
      res.destroy()
      return
    }
    sendError(res, answer)
  }
}

/** The reason of each unread key, for the log: "conditions:wrong-patient patient:not-supplied". */
const reasonsIn = ({ unread }: DataUnavailable): string =>
  unread.map(({ key, why }) => `${key}:${why}`).join(' ')

/** Refuses a path that no route serves. */
export const unknownPath: RequestHandler = () => {
  throw new ProtocolError('PROTOCOL_PATH_UNKNOWN', 'Nothing is served at this path.')
}

function sendError(res: Response, { code, text, path, keys, headers = {} }: ErrorAnswer): void {
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value)
  sendFhir(res, errorCatalogue[code].status, operationOutcome(code, text, { path, ...(keys && { keys }) }))
}

function answerFor(error: unknown, requestId: string): ErrorAnswer {
  if (error instanceof ProtocolError && error.code === 'HTTP_TIMEOUT')
    return { code: error.code, text: error.message, headers: { Connection: 'close' } } // drops the rest of the body
  if (error instanceof ProtocolError) return { code: error.code, text: error.message, path: error.path }
  if (error instanceof DataUnavailable) return { code: error.code, text: error.message, keys: error.keys }
  if (error instanceof AuthRefused)
    return { code: 'AUTH_REFUSED', text: error.message, headers: { 'WWW-Authenticate': 'Bearer' } }
  if (error instanceof LimitError)
    return { code: error.code, text: error.message, headers: { 'Retry-After': `${error.retryAfterSeconds}` } }
  if (error instanceof DeadlinePassed)
    return { code: error.code, text: error.message, headers: { 'Retry-After': '1' } }
  if (error instanceof RecordUnavailable)
    return { code: error.code, text: error.message, headers: { 'Retry-After': '5' } }
  if (error instanceof URIError)
    return { code: 'PROTOCOL_PATH_MALFORMED', text: 'The path holds malformed percent-encoding.' }
  return { code: 'INTERNAL', text: `Something went wrong in this service. Request id ${requestId}.` }
}

/**
 * Names the class of an error and the first frame in the code of this service, such as "TypeError at read-facts.js:42".
 *
 * Privacy: never the message, which can quote the request.
 */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frame = framesOf(error).find((line) => /\/(?:src|dist)\//.test(line))
  const [, file, row] = /^([\w.-]+):(\d+)/.exec(frame?.split('/').at(-1) ?? '') ?? []
  const place = file === undefined ? '' : ` at ${file}:${row ?? ''}`
  return `${/^[A-Za-z]{1,40}$/.test(error.name) ? error.name : 'Error'}${place}`
}

/** The stack frames in the code of this service and of Node.js, innermost first. */
const framesOf = ({ stack = '' }: Error): readonly string[] =>
  stack
    .slice(0, 4_000)
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes('node_modules'))

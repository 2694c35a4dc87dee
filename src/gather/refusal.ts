import type { UnreadableCode } from './chart.js'

/**
 * The error for data from outside that could not be read, with a reason code.
 *
 * Privacy: carries no address, body or cause; the errors of HTTP libraries hold both address and body.
 */
export class Refusal extends Error {
  constructor(readonly code: UnreadableCode) {
    super(`not read: ${code}`)
    this.name = 'Refusal'
  }
}

/** The message of a `Refusal`: `fetch` may keep only the message of the original error. */
const ownWords = /^(?:Refusal: )?not read: ([a-z-]{1,20})$/

const timeoutCodes: ReadonlySet<unknown> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_ABORTED',
  'ETIMEDOUT',
])

/** The common members of library errors; they may come from another realm, where `instanceof Error` is false. */
interface Thrown {
  name?: string
  message?: string
  code?: unknown
  cause?: Thrown
}

const notSupported: ReadonlySet<number> = new Set([400, 404, 405, 410, 414, 422, 501])

function codeOfStatus(status: number): UnreadableCode {
  if (status === 401 || status === 403) return 'refused'
  if (notSupported.has(status)) return 'not-supported'
  if (status < 400) return 'bad-answer'
  return 'server-error'
}

/** The HTTP status of an error of the FHIR client, when there was a response. */
export function statusOf(error: unknown): number | undefined {
  const response = (error as { response?: { status?: unknown } } | undefined)?.response
  return typeof response?.status === 'number' ? response.status : undefined
}

/**
 * The time that a busy server (429) asks the client to wait.
 *
 * Units:   milliseconds; the header gives seconds or a date.
 * Missing: undefined without a readable header; then the request is not repeated.
 */
export function retryAfterMs(error: unknown, now: number): number | undefined {
  const headers = (error as { config?: { headers?: unknown } }).config?.headers
  const text = headers instanceof Headers ? headers.get('retry-after') : null
  if (text === null) return undefined
  const wait = /^\d{1,6}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/**
 * Maps any error of an HTTP library to a code.
 *
 * Privacy: library errors hold addresses, tokens and bodies, and the code holds none of them.
 */
export function refusalCode(error: unknown): UnreadableCode {
  const status = statusOf(error)
  if (status !== undefined) return codeOfStatus(status)
  let cause = error as Thrown | undefined
  for (let depth = 0; cause && depth < 6; cause = cause.cause, depth += 1) {
    const ours = ownWords.exec(cause.message ?? '')
    if (ours) return ours[1] as UnreadableCode
    if (cause.name === 'AbortError' || cause.name === 'TimeoutError') return 'timeout'
    if (timeoutCodes.has(cause.code)) return 'timeout'
    if (typeof cause.code === 'string') return cause.code.startsWith('HPE_') ? 'bad-answer' : 'unreachable'
  }
  return (error as Thrown | undefined)?.message === 'fetch failed' ? 'unreachable' : 'bad-answer'
}

import type { UnreadableCode } from './chart.js'

/**
 * Something outside could not be read, and why, as a code.
 *
 * Privacy: carries no address, no body and no cause: those of HTTP libraries hold both.
 */
export class Refusal extends Error {
  constructor(readonly code: UnreadableCode) {
    super(`not read: ${code}`)
    this.name = 'Refusal'
  }
}

/** A `Refusal` in its own words: `fetch` may pass on only the words of an error it was given. */
const ownWords = /^(?:Refusal: )?not read: ([a-z-]{1,20})$/

const timeoutCodes: ReadonlySet<unknown> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_ABORTED',
  'ETIMEDOUT',
])

/** What library errors have in common; they may come from another realm, so `instanceof Error` says nothing. */
interface Thrown {
  name?: string
  message?: string
  code?: unknown
  cause?: Thrown
}

function codeOfStatus(status: number): UnreadableCode {
  if (status === 401 || status === 403) return 'refused'
  if (status === 400 || status === 404 || status === 410) return 'not-supported'
  if (status < 400) return 'bad-answer'
  return 'server-error'
}

/** The HTTP status a FHIR client error reports, when there was an answer. */
export function statusOf(error: unknown): number | undefined {
  const response = (error as { response?: { status?: unknown } } | undefined)?.response
  return typeof response?.status === 'number' ? response.status : undefined
}

/**
 * How long a server that is too busy (429) asks us to wait.
 *
 * Units:   milliseconds; the header says seconds or a date.
 * Missing: undefined without a readable header: then there is no second try.
 */
export function retryAfterMs(error: unknown, now: number): number | undefined {
  const headers = (error as { config?: { headers?: unknown } }).config?.headers
  const text = headers instanceof Headers ? headers.get('retry-after') : null
  if (text === null) return undefined
  const wait = /^\d{1,6}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/**
 * Maps whatever an HTTP library threw to a code, and forgets the rest.
 *
 * Privacy: library errors hold addresses, tokens and bodies; nothing of them survives.
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

import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { Refusal } from './refusal.js'

type Handler = Dispatcher.DispatchHandler
type Headers = Record<string, string | string[] | undefined>
type Inflate = (
  data: Buffer,
  options: { maxOutputLength: number },
  done: (error: Error | null, plain: Buffer) => void,
) => void

const inflaters = new Map<string, Inflate>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  ['br', brotliDecompress],
  ['deflate', inflate],
])

const jsonType = /^application\/(?:[a-z0-9.-]{1,40}\+)?json(?:$|[\s;])/i

/** How much one answer may hold, and whether it must call itself JSON. */
export interface AnswerLimits {
  maxBytes: number
  jsonOnly: boolean
}

const headerText = (value: string | string[] | undefined): string =>
  (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().toLowerCase()

/** Why the head of an answer is not acceptable, if it is not. */
function refusedHead(status: number, headers: Headers, { maxBytes, jsonOnly }: AnswerLimits) {
  if (Number(headerText(headers['content-length'])) > maxBytes) return new Refusal('bad-answer')
  const encoding = headerText(headers['content-encoding'])
  if (encoding !== '' && encoding !== 'identity' && !inflaters.has(encoding)) return new Refusal('bad-answer')
  const good = status >= 200 && status < 300
  if (jsonOnly && good && status !== 204 && !jsonType.test(headerText(headers['content-type']))) {
    return new Refusal('bad-answer')
  }
  return undefined
}

/**
 * Reads an answer whole and hands it on only when it is small enough, as sent and after unpacking.
 *
 * Edge:   bytes are counted while they arrive, so an endless answer is cut at the limit, and a small packed answer
 *         that unpacks beyond the limit is cut while it unpacks.
 * Throws: nothing; the request fails with a `Refusal` as its cause.
 */
export function wholeAnswer(limits: AnswerLimits): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, gatherWhole(handler, limits))
}

function gatherWhole(handler: Handler, limits: AnswerLimits): Handler {
  const chunks: Buffer[] = []
  let bytes = 0
  let status = 0
  let reason: string | undefined
  let headers: Headers = {}

  function handOn(controller: Dispatcher.DispatchController, body: Buffer, trailers: Headers): void {
    const rest = { ...headers }
    delete rest['content-encoding']
    delete rest['content-length']
    handler.onResponseStart?.(controller, status, rest, reason)
    if (body.length > 0) handler.onResponseData?.(controller, body)
    handler.onResponseEnd?.(controller, trailers)
  }

  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (controller) => {
      controller.abort(new Refusal('bad-answer'))
    },
    onResponseStart(controller, statusCode, head, statusMessage) {
      const refusal = refusedHead(statusCode, head, limits)
      if (refusal) controller.abort(refusal)
      if (statusCode < 200) return
      status = statusCode
      headers = head
      reason = statusMessage
    },
    onResponseData(controller, chunk) {
      bytes += chunk.length
      if (bytes > limits.maxBytes) controller.abort(new Refusal('bad-answer'))
      else chunks.push(chunk)
    },
    onResponseEnd(controller, trailers) {
      const body = Buffer.concat(chunks)
      const unpack = inflaters.get(headerText(headers['content-encoding']))
      if (!unpack || body.length === 0) {
        handOn(controller, body, trailers)
        return
      }
      unpack(body, { maxOutputLength: limits.maxBytes }, (error, plain) => {
        if (error) handler.onResponseError?.(controller, new Refusal('bad-answer'))
        else handOn(controller, plain, trailers)
      })
    },
    onResponseError: (controller, error) => handler.onResponseError?.(controller, error),
  }
}

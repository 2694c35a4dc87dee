import { type Dispatcher, errors } from 'undici'
import { ProtocolError } from '../errors.js'
import { makeBytePile } from '../protocol/byte-pile.js'
import { budgets } from '../protocol/limits.js'
import { scanJson } from '../protocol/parse-json.js'
import { encodingOf, isReadable } from '../protocol/unpack.js'
import type { WorkLine } from '../service/work-line.js'
import { type Allowance, makeAllowance, makePieceCount, type TakePieces } from './allowance.js'
import { Refusal } from './refusal.js'
import type { UnpackAnswer } from './unpack-answers.js'

type Handler = Dispatcher.DispatchHandler
type Controller = Dispatcher.DispatchController
type Headers = Record<string, string | string[] | undefined>

const jsonType = /^application\/(?:[a-z0-9.-]{1,40}\+)?json(?:$|[\s;])/i

/** The limits of one response, and whether its body must be JSON. */
export interface AnswerLimits {
  /** The client whose call sent the request; reading the response is work of this client. */
  clientId: string
  maxBytes: number
  jsonOnly: boolean
  /** The response data that the call may still receive. */
  allowance?: Allowance
  /** Counts the pieces of all responses of the call. */
  takePieces?: TakePieces
}

/** The parts that all responses of the process share: the work line, and the function that unpacks bodies. */
export interface Reading {
  line: WorkLine
  unpack: UnpackAnswer
}

const headerText = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '')

/** The number of fields in a header or trailer section; undici puts names and values into one list. */
const fieldsIn = (raw: Controller['rawHeaders']): number => (Array.isArray(raw) ? raw.length / 2 : 0)

const isGood = (status: number): boolean => status >= 200 && status < 300

/** The reason to refuse a response because of its headers, if there is one. */
function refusedHead(status: number, headers: Headers, { maxBytes, jsonOnly }: AnswerLimits) {
  if (Number(headerText(headers['content-length'])) > maxBytes) return new Refusal('over-budget')
  if (!isReadable(encodingOf(headerText(headers['content-encoding'])))) return new Refusal('bad-answer')
  if (jsonOnly && isGood(status) && status !== 204 && !jsonType.test(headerText(headers['content-type']))) {
    return new Refusal('bad-answer')
  }
  return undefined
}

/**
 * Refuses a JSON text that exceeds the limits, with the same scan and limits as for request bodies. Throws: `Refusal`.
 */
function refuseJson(text: Buffer, allowance: Allowance): void {
  try {
    const { values } = scanJson(text, { depth: budgets.bodyDepth.most, nodes: budgets.bodyValues.most })
    if (!allowance.take({ values })) throw new Refusal('over-budget')
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
    throw new Refusal(error.code === 'PROTOCOL_BODY_TOO_LARGE' ? 'over-budget' : 'bad-answer')
  }
}

/** One arriving response: its pieces are counted, and kept if its status means success. */
class Arriving {
  status = 0
  reason: string | undefined
  headers: Headers = {}
  readonly allowance: Allowance
  private readonly pile = makeBytePile()
  private readonly takePieces: TakePieces
  private interim = 0

  constructor(readonly limits: AnswerLimits) {
    const most = { bytes: limits.maxBytes, values: budgets.bodyValues.most }
    this.allowance = makeAllowance(most, limits.allowance)
    this.takePieces = limits.takePieces ?? makePieceCount()
  }

  get encoding(): string {
    return encodingOf(headerText(this.headers['content-encoding']))
  }

  get bytes(): Buffer {
    return this.pile.bytes()
  }

  /** Takes the headers of an interim or final response; returns the reason to refuse the response, if there is one. */
  takeHead(status: number, headers: Headers, raw: Controller['rawHeaders']): Refusal | undefined {
    if (status < 200) this.interim += 1
    const tooMany = this.interim > budgets.fhirInterimAnswers.most || !this.takePieces(fieldsIn(raw))
    if (tooMany) return new Refusal('over-budget')
    this.status = status
    this.headers = headers
    return refusedHead(status, headers, this.limits)
  }

  /** Takes a piece of the body; without a success status, the piece is counted but not kept. */
  takePiece(piece: Buffer): Refusal | undefined {
    if (!this.takePieces(1) || !this.allowance.take({ bytes: piece.length }))
      return new Refusal('over-budget')
    if (isGood(this.status)) this.pile.add(piece)
    return undefined
  }

  /** Takes the end of the body; without a success status, the response gives its allowance back. */
  takeEnd(raw: Controller['rawTrailers']): Refusal | undefined {
    if (!isGood(this.status)) this.allowance.end()
    return this.takePieces(fieldsIn(raw)) ? undefined : new Refusal('over-budget')
  }
}

/**
 * Receives a whole response, and passes it to the reader only when it is small enough, both compressed and unpacked.
 * The scan of the body and the passing on wait for the turn of the client.
 *
 * Edge:   bytes are counted while they arrive and while they are unpacked. Pieces are counted too, because each takes
 *         time although it may hold one byte. For an error status only the headers are passed on.
 * Throws: nothing; the request fails with a `Refusal` as its cause.
 */
export function wholeAnswer(limits: AnswerLimits, reading: Reading): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => dispatch(options, gatherWhole(handler, limits, reading))
}

function gatherWhole(handler: Handler, limits: AnswerLimits, reading: Reading): Handler {
  const answer = new Arriving(limits)

  function fail(controller: Controller, error: Error): void {
    answer.allowance.end()
    handler.onResponseError?.(controller, error)
  }

  return {
    onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
    onRequestUpgrade: (controller) => {
      controller.abort(new Refusal('bad-answer'))
    },
    onResponseStart(controller, status, headers, reason) {
      const refusal = answer.takeHead(status, headers, controller.rawHeaders)
      answer.reason = reason
      if (refusal) controller.abort(refusal)
    },
    onResponseData(controller, piece) {
      const refusal = answer.takePiece(piece)
      if (refusal) controller.abort(refusal)
    },
    onResponseEnd(controller, trailers) {
      const refusal = answer.takeEnd(controller.rawTrailers)
      if (refusal) fail(controller, refusal)
      else
        handOn(answer, reading, (body) => tell(handler, controller, answer, { body, trailers })).catch(
          (error: unknown) => fail(controller, error as Error),
        )
    },
    onResponseError(controller, error) {
      fail(controller, error instanceof errors.HeadersOverflowError ? new Refusal('over-budget') : error)
    },
  }
}

/**
 * Unpacks the body of an arrived response, scans it, and passes it to the reader. Throws: `Refusal`, or the reader's
 * error.
 */
async function handOn(
  { bytes, encoding, allowance, limits: { clientId, jsonOnly } }: Arriving,
  { line, unpack }: Reading,
  told: (body: Buffer) => void,
): Promise<void> {
  const body = await unpack(bytes, encoding, allowance)
  if (jsonOnly && body.length > 0) await line.goOn(clientId, () => refuseJson(body, allowance))
  await line.goOn(clientId, () => told(body))
}

/** Passes a whole response to a reader, as if the response had arrived in one piece. */
function tell(
  handler: Handler,
  controller: Controller,
  { status, reason, headers }: Arriving,
  { body, trailers }: { body: Buffer; trailers: Headers },
): void {
  const { 'content-encoding': _encoding, 'content-length': _length, ...rest } = headers
  handler.onResponseStart?.(controller, status, rest, reason)
  if (body.length > 0) handler.onResponseData?.(controller, body)
  handler.onResponseEnd?.(controller, trailers)
}

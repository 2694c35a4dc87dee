import type { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { ProtocolError } from '../errors.js'
import { makeBytePile } from '../protocol/byte-pile.js'
import { BrokenCompression, encodingOf, isReadable, unpack } from '../protocol/unpack.js'
import type { HeldBody } from './body-bytes.js'
import { doorLimits } from './door-limits.js'

const plainJson = new Set(['application/json', 'application/json; charset=utf-8'])
const jsonType = /^application\/(?:fhir\+)?json\s*(?:;|$)/
const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/

/**
 * Refuses a body whose Content-Type is not JSON in UTF-8.
 *
 * Edge:   letter case and further parameters do not matter; `application/fhir+json` is accepted too.
 * Throws: `ProtocolError` (415).
 */
export function refuseForeignType(contentType: string | undefined): void {
  if (contentType !== undefined && plainJson.has(contentType)) return
  const type = (contentType ?? '').slice(0, 256).toLowerCase()
  const named = charset.exec(type)?.[1]
  if (!jsonType.test(type) || (named !== undefined && named !== 'utf-8' && named !== 'utf8'))
    throw new ProtocolError(
      'PROTOCOL_MEDIA_TYPE',
      'The Content-Type must be application/json in UTF-8.',
      undefined,
      'https://cds-hooks.hl7.org/2.0/#http-request_1',
    )
}

/**
 * Reads the whole body, and unpacks a compressed body.
 *
 * Edge:   exactly `maxBytes` bytes are accepted, both compressed and unpacked. Unpacked bytes are counted piece by
 *         piece, because hundreds of bodies may be unpacked at the same time.
 * Throws: `ProtocolError`: 413 over the limit (the rest is read and discarded, so that the client receives the
 *         response), 408 when the body arrives slowly and others need its bytes, 415 for an unknown encoding, 400 for
 *         broken compression. Too many tiny pieces are a 400 that is not sent, because the connection has ended.
 *         `LimitError` (503) when too many bytes of bodies are held.
 */
export async function readBody(req: IncomingMessage, maxBytes: number, held: HeldBody): Promise<Buffer> {
  const encoding = encodingOf(req.headers['content-encoding'])
  if (!isReadable(encoding))
    throw new ProtocolError('PROTOCOL_ENCODING', 'The Content-Encoding must be gzip, deflate or identity.')
  const bytes = await wireBytes(req, maxBytes, held)
  try {
    return await unpack(bytes, encoding, countUpTo(maxBytes, held))
  } catch (error) {
    throw error instanceof BrokenCompression ? broken() : error
  }
}

/** Counts the bytes of one body; throws when the next piece would make this body or all held bodies too large. */
function countUpTo(maxBytes: number, held: HeldBody): (bytes: number) => void {
  let length = 0
  return (bytes) => {
    length += bytes
    if (length > maxBytes) throw tooLarge(maxBytes)
    held.add(bytes)
  }
}

/** The bytes of a body that allow one more piece. */
const bytesOfPiece = 256

/** Makes the count of the pieces of a body; true when the pieces are too many for the bytes. */
function countPieces(): (bytes: number) => boolean {
  let left: number = doorLimits.bodyPieces.most
  return (bytes) => {
    left += bytes / bytesOfPiece - 1
    return left < 0
  }
}

/** Reads the bytes of a body as they arrive; after a refusal the rest is read and discarded. */
function wireBytes(req: IncomingMessage, maxBytes: number, held: HeldBody): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    req.resume()
    return Promise.reject(tooLarge(maxBytes))
  }
  const count = countUpTo(maxBytes, held)
  const isTooManyPieces = countPieces()
  let pile = makeBytePile()
  return new Promise((resolve, reject) => {
    const refuse = (error: Error): void => {
      pile = makeBytePile() // the request lives until its response, and would keep the bytes in memory
      req.off('data', take).resume()
      reject(error)
    }
    const take = (piece: Buffer): void => {
      if (isTooManyPieces(piece.length)) {
        refuse(cutOff())
        req.destroy()
        return
      }
      try {
        count(piece.length)
        pile.add(piece)
      } catch (error) {
        refuse(error as Error)
      }
    }
    held.onEnded(() => refuse(tooSlow()))
    req.on('data', take)
    req.on('end', () => {
      held.arrived()
      resolve(pile.bytes())
      pile = makeBytePile()
    })
    const gone = (): void => reject(cutOff())
    req.on('error', gone)
    req.on('aborted', gone)
  })
}

const cutOff = (): ProtocolError => new ProtocolError('PROTOCOL_BODY_NOT_JSON', 'The body was cut off.')

const broken = (): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_NOT_JSON', 'The body cannot be decompressed.')

const tooSlow = (): ProtocolError =>
  new ProtocolError('HTTP_TIMEOUT', 'The body arrived too slowly while others needed its place; try again.')

const tooLarge = (maxBytes: number): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_LARGE', `The body is over ${maxBytes} bytes.`)

import { Buffer } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { ProtocolError } from '../errors.js'

const plainJson = new Set(['application/json', 'application/json; charset=utf-8'])
const jsonType = /^application\/(?:fhir\+)?json\s*(?:;|$)/
const charset = /;\s*charset\s*=\s*"?([^\s;"]*)/

/**
 * Refuses a body that does not say it is JSON in UTF-8.
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

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

const zlibOrRaw: Inflate = (bytes, options) =>
  ((bytes[0] ?? 0) & 0x0f) === 8 ? promisify(inflate)(bytes, options) : promisify(inflateRaw)(bytes, options)

const inflaters = new Map<string, Inflate | undefined>([
  ['', undefined],
  ['identity', undefined],
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', zlibOrRaw],
  ['br', promisify(brotliDecompress)],
])

/**
 * Reads the whole body, inflated if it came compressed.
 *
 * Edge:   exactly `maxBytes` bytes are accepted, both on the wire and after inflation.
 * Throws: `ProtocolError`: 413 over the limit (the rest is read and thrown away, so that the caller gets the answer),
 *         415 for an unknown encoding, 400 for broken compression.
 */
export async function readBody(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = (req.headers['content-encoding'] ?? '').trim().toLowerCase()
  if (!inflaters.has(encoding))
    throw new ProtocolError(
      'PROTOCOL_ENCODING',
      'The Content-Encoding must be gzip, deflate, br or identity.',
    )
  const bytes = await wireBytes(req, maxBytes)
  const inflateBytes = inflaters.get(encoding)
  if (!inflateBytes) return bytes
  try {
    return await inflateBytes(bytes, { maxOutputLength: maxBytes })
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes)
    throw new ProtocolError('PROTOCOL_BODY_NOT_JSON', 'The body cannot be decompressed.')
  }
}

function wireBytes(req: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    req.resume()
    return Promise.reject(tooLarge(maxBytes))
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    req.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= maxBytes) chunks.push(chunk)
      else {
        chunks.length = 0
        reject(tooLarge(maxBytes))
      }
    })
    req.on('end', () => {
      const [only] = chunks
      resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks, length > maxBytes ? 0 : length))
      chunks.length = 0 // the request lives until it is answered
    })
    const gone = (): void => reject(new ProtocolError('PROTOCOL_BODY_NOT_JSON', 'The body was cut off.'))
    req.on('error', gone)
    req.on('aborted', gone)
  })
}

const tooLarge = (maxBytes: number): ProtocolError =>
  new ProtocolError('PROTOCOL_BODY_TOO_LARGE', `The body is over ${maxBytes} bytes.`)

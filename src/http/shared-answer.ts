import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { fhirType, jsonType } from './send.js'

/** A response that is the same for every request: serialized once, and sent from the same bytes each time. */
export interface SharedAnswer {
  bytes: Buffer
  type: string
  /** A strong entity tag, which changes when the bytes change. */
  etag: string
}

/** Makes a shared response from bytes or text. */
export function sharedAnswer(type: string, content: Buffer | string): SharedAnswer {
  const bytes = Buffer.from(content)
  return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` }
}

/** Makes a shared response from a JSON value. */
export const sharedJson = (body: unknown): SharedAnswer => sharedAnswer(jsonType, JSON.stringify(body))

/** Makes a shared response from a FHIR resource. */
export const sharedFhir = (body: unknown): SharedAnswer => sharedAnswer(fhirType, JSON.stringify(body))

/**
 * Sends the shared bytes, or 304 when the client has them already.
 *
 * Shape:  a cache may keep the response but must revalidate it, unless the handler has set another Cache-Control
 *         before.
 * Source: RFC 9110, 8.8.3 and 13.1.2.
 */
export function sendShared(req: Request, res: Response, { bytes, type, etag }: SharedAnswer): void {
  res.setHeader('ETag', etag)
  if (holds(req.headers['if-none-match'], etag)) {
    res.statusCode = 304
    res.end()
    return
  }
  res.statusCode = 200
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}

/** Makes a handler for a response that is known when the app is built. */
export const shared =
  (answer: SharedAnswer): RequestHandler =>
  (req, res) => {
    res.setHeader('Cache-Control', askEachTime)
    sendShared(req, res, answer)
  }

export const askEachTime = 'no-cache'

/** Does the list of entity tags contain this tag? The comparison is weak, and `*` matches any tag. */
function holds(list: string | undefined, etag: string): boolean {
  if (list === undefined) return false
  return list.split(',').some((tag) => [etag, `W/${etag}`, '*'].includes(tag.trim()))
}

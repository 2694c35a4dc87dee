import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Request, RequestHandler, Response } from 'express'
import { fhirType, jsonType } from './send.js'

/** An answer that is the same for everybody: written out once, sent from the same bytes each time. */
export interface SharedAnswer {
  bytes: Buffer
  type: string
  /** A strong entity tag: another one means other bytes. */
  etag: string
}

/** Makes one from bytes or text. */
export function sharedAnswer(type: string, content: Buffer | string): SharedAnswer {
  const bytes = Buffer.from(content)
  return { bytes, type, etag: `"${createHash('sha256').update(bytes).digest('base64url')}"` }
}

/** Makes one from what is sent as JSON. */
export const sharedJson = (body: unknown): SharedAnswer => sharedAnswer(jsonType, JSON.stringify(body))

/** Makes one from a FHIR resource. */
export const sharedFhir = (body: unknown): SharedAnswer => sharedAnswer(fhirType, JSON.stringify(body))

/**
 * Answers with the shared bytes, or with 304 when the caller has them already.
 *
 * Shape:  a cache may keep the answer but asks each time, unless the caller of this function said otherwise before.
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

/** A handler for an answer that is known when the app is built. */
export const shared =
  (answer: SharedAnswer): RequestHandler =>
  (req, res) => {
    res.setHeader('Cache-Control', askEachTime)
    sendShared(req, res, answer)
  }

export const askEachTime = 'no-cache'

/** Does the list of entity tags name this one? A caller's list is compared weakly, and `*` is any. */
function holds(list: string | undefined, etag: string): boolean {
  if (list === undefined) return false
  return list.split(',').some((tag) => [etag, `W/${etag}`, '*'].includes(tag.trim()))
}

import { Buffer } from 'node:buffer'
import type { Response } from 'express'

const json = 'application/json; charset=utf-8'

/** Answers with JSON; the length is known, nothing is cached, no entity tag is computed. */
export function sendJson(res: Response, status: number, body: unknown): void {
  send(res, status, json, body)
}

/** Answers with JSON that is written out already. */
export function sendJsonBytes(res: Response, status: number, bytes: Buffer): void {
  sendWhole(res, status, json, bytes)
}

/** Answers with a FHIR resource. */
export function sendFhir(res: Response, status: number, body: unknown): void {
  send(res, status, 'application/fhir+json; charset=utf-8', body)
}

/** Answers with plain text of our own. */
export function sendText(res: Response, status: number, text: string): void {
  sendWhole(res, status, 'text/plain; charset=utf-8', text)
}

function send(res: Response, status: number, type: string, body: unknown): void {
  sendWhole(res, status, type, JSON.stringify(body))
}

/** Text goes out with the headers in one piece, bytes as a second one; so what is text at the end stays text. */
function sendWhole(res: Response, status: number, type: string, whole: string | Buffer): void {
  res.statusCode = status
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Length', Buffer.byteLength(whole))
  res.end(whole)
}

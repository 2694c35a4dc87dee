import { Buffer } from 'node:buffer'
import type { Response } from 'express'

/** Answers with JSON; the length is known, nothing is cached, no entity tag is computed. */
export function sendJson(res: Response, status: number, body: unknown): void {
  send(res, status, 'application/json; charset=utf-8', body)
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

/** Headers and text in one write: bytes of our own would be a second one. */
function sendWhole(res: Response, status: number, type: string, text: string): void {
  res.statusCode = status
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Length', Buffer.byteLength(text))
  res.end(text)
}

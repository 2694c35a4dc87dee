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
  sendBytes(res, status, 'text/plain; charset=utf-8', Buffer.from(text, 'utf8'))
}

function send(res: Response, status: number, type: string, body: unknown): void {
  sendBytes(res, status, type, Buffer.from(JSON.stringify(body), 'utf8'))
}

function sendBytes(res: Response, status: number, type: string, bytes: Buffer): void {
  res.statusCode = status
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Length', bytes.length)
  res.end(bytes)
}

import { Buffer } from 'node:buffer'
import type { Response } from 'express'

export const jsonType = 'application/json; charset=utf-8'
export const fhirType = 'application/fhir+json; charset=utf-8'

/** Sends a JSON response with its length, and without caching. */
export function sendJson(res: Response, status: number, body: unknown): void {
  send(res, status, jsonType, body)
}

/** Sends a FHIR resource as the response. */
export function sendFhir(res: Response, status: number, body: unknown): void {
  send(res, status, fhirType, body)
}

function send(res: Response, status: number, type: string, body: unknown): void {
  const whole = JSON.stringify(body)
  res.statusCode = status
  res.setHeader('Content-Type', type)
  res.setHeader('Content-Length', Buffer.byteLength(whole))
  res.end(whole)
}

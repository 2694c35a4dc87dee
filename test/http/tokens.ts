import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { CryptoKey, JWK } from 'jose'

/** A key pair of a client: what signs, and what it publishes. */
export interface Signer {
  alg: string
  kid: string
  privateKey: CryptoKey
  jwk: JWK
}

/** Makes a key pair. */
export async function aSigner(alg = 'ES384', kid = `${alg}-key`): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } }
}

/** What a test changes of a good token; `undefined` leaves a claim or header out. */
export interface TokenChange {
  header?: Record<string, unknown>
  claims?: Record<string, unknown>
}

/** A token as a correct client of the house sends it, for this URL and moment, with the changes of a test. */
export function aToken(
  { alg, kid, privateKey }: Signer,
  { aud, iss, now }: { aud: string; iss: string; now: number },
  { header = {}, claims = {} }: TokenChange = {},
): Promise<string> {
  const seconds = Math.floor(now / 1_000)
  const payload: Record<string, unknown> = {
    iss,
    aud,
    exp: seconds + 300,
    iat: seconds,
    jti: randomUUID(),
    ...claims,
  }
  const whole: Record<string, unknown> = { alg, kid, typ: 'JWT', ...header }
  const defined = Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined))
  const signer = new SignJWT(defined)
  signer.setProtectedHeader(
    Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as { alg: string },
  )
  return signer.sign(privateKey)
}

/** Base64url of JSON or text, for tokens that no library would make. */
export const part = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

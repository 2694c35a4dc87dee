import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import { viewPath } from './against-bare.js'
import { issuer, publicUrl } from './bench.js'

/** The EHR of the bench: its key, and what signs with it. */
export interface Signer {
  alg: string
  privateKey: CryptoKey
  jwk: JWK
}

export async function makeSigner(alg: 'RS384' | 'ES384'): Promise<Signer> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid: alg, use: 'sig' } }
}

/**
 * Authorization headers for so many calls, each with a `jti` of its own, as the service takes every token once.
 *
 * Shape: signed before a burst, in the process of the bench: the CPU of signing is nobody's who is measured.
 */
export async function freshTokens({ alg, privateKey }: Signer, amount: number): Promise<readonly string[]> {
  const headers: string[] = []
  for (let at = 0; at < amount; at += 1) {
    const token = new SignJWT({ iss: issuer, aud: publicUrl + viewPath, jti: randomUUID() })
      .setProtectedHeader({ alg, kid: alg, typ: 'JWT' })
      .setIssuedAt()
      .setExpirationTime('5m')
    headers.push(`Bearer ${await token.sign(privateKey)}`)
  }
  return headers
}

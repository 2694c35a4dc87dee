import { Buffer } from 'node:buffer'
import type { CryptoKey, JWK, KeyObject } from 'jose'
import { importJWK } from 'jose/key/import'
import type { AuthReason } from './auth-refused.js'

export type VerifyKey = CryptoKey | KeyObject | Uint8Array

/** The public keys of one client, by `kid`. */
export interface KeySet {
  /** Does the set have a key with this id, whether or not the key fits? */
  has(kid: string): boolean
  /** The key for a token header, or the reason why there is none. */
  keyFor(kid: string, alg: string): Promise<VerifyKey | AuthReason>
}

const curves = new Map([
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
])
const publicMembers = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const
const leastRsaBytes = 256

/**
 * Reads a JSON Web Key Set.
 *
 * Shape:   symmetric keys, encryption keys and keys without an id are left out; only the public members of the other
 *          keys are kept.
 * Missing: `undefined` for a value that is no key set.
 * Source:  RFC 7517, RFC 7518
 */
export function readKeySet(value: unknown): KeySet | undefined {
  const sent: unknown =
    typeof value === 'object' && value !== null ? (value as { keys?: unknown }).keys : undefined
  if (!Array.isArray(sent)) return undefined
  const byKid = new Map<string, JWK[]>()
  for (const key of sent as unknown[]) {
    if (!isSigningKey(key)) continue
    byKid.set(key.kid, [...(byKid.get(key.kid) ?? []), key])
  }
  const imported = new Map<string, Promise<VerifyKey | AuthReason>>()
  return {
    has: (kid) => byKid.has(kid),
    keyFor(kid, alg) {
      const name = `${alg} ${kid}`
      const known = imported.get(name)
      if (known) return known
      const [only, another] = byKid.get(kid) ?? []
      if (!only) return Promise.resolve('kid-unknown')
      if (another) return Promise.resolve('kid-ambiguous')
      const key = importKey(only, alg)
      imported.set(name, key)
      return key
    },
  }
}

async function importKey(jwk: JWK, alg: string): Promise<VerifyKey | AuthReason> {
  if (!fits(jwk, alg)) return 'key-unfit'
  const bare: Record<string, unknown> = {}
  for (const member of publicMembers) if (jwk[member] !== undefined) bare[member] = jwk[member]
  try {
    return await importJWK(bare, alg)
  } catch {
    return 'key-unfit'
  }
}

function isSigningKey(key: unknown): key is JWK & { kid: string } {
  if (typeof key !== 'object' || key === null) return false
  const { kid, kty, use } = key as JWK
  return typeof kid === 'string' && kid !== '' && kty !== 'oct' && use !== 'enc'
}

/** Do key type, curve, size, `alg`, `use` and `key_ops` match the algorithm of the header? */
function fits(jwk: JWK, alg: string): boolean {
  if (jwk.alg !== undefined && jwk.alg !== alg) return false
  if (jwk.use !== undefined && jwk.use !== 'sig') return false
  if (jwk.key_ops !== undefined && !(Array.isArray(jwk.key_ops) && jwk.key_ops.includes('verify')))
    return false
  const curve = curves.get(alg)
  if (curve !== undefined) return jwk.kty === 'EC' && jwk.crv === curve
  return (
    jwk.kty === 'RSA' && typeof jwk.n === 'string' && Buffer.from(jwk.n, 'base64url').length >= leastRsaBytes
  )
}

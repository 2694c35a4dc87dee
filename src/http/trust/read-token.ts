import { Buffer, isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { AuthReason } from './auth-refused.js'

/** Longer tokens are refused before anything of them is decoded. */
export const maxTokenLength = 8_192

/** What a token says about itself; nothing of it is believed before the signature is checked. */
export interface UnverifiedToken {
  compact: string
  alg: string
  kid: string
  /** Whatever was sent; only a client whose keys come from a URL may be told by it which URL that is. */
  jku?: unknown
  iss: string
  aud: readonly string[]
  /** Seconds since 1970. */
  exp: number
  iat: number
  nbf?: number
  jti: string
  sub?: string
  tenant?: string
}

const bearer = /^Bearer +([^\s]+)$/i
const base64url = /^[A-Za-z0-9_-]+$/

/**
 * Reads the Authorization header of a call.
 *
 * Shape:   one JWS in compact form whose header and payload are JSON objects with every member that the standard asks for.
 * Edge:    embedded keys (`jwk`, `x5c`, `x5u`) are ignored; `crit` is refused.
 * Missing: returns the reason; nothing is thrown, whatever was sent.
 * Source:  https://cds-hooks.hl7.org/2.0/#trusting-cds-clients
 */
export function readToken(authorization: string | undefined): UnverifiedToken | AuthReason {
  if (authorization === undefined || authorization === '') return 'no-token'
  if (authorization.length > maxTokenLength) return 'token-too-large'
  const compact = bearer.exec(authorization)?.[1]
  if (compact === undefined) return 'not-bearer'
  const parts = compact.split('.')
  const [header, payload] = [jsonPart(parts[0]), jsonPart(parts[1])]
  if (parts.length !== 3 || !header || !payload || !base64url.test(parts[2] ?? '')) return 'token-malformed'
  if (header['typ'] !== 'JWT') return 'typ-not-jwt'
  if (header['crit'] !== undefined) return 'crit-unknown'
  const { alg, kid, jku } = header
  if (typeof alg !== 'string') return 'alg-not-allowed'
  if (typeof kid !== 'string' || kid === '') return 'kid-missing'
  const claims = readClaims(payload)
  return claims ? { compact, alg, kid, ...(jku !== undefined && { jku }), ...claims } : 'claim-missing'
}

type Claims = Omit<UnverifiedToken, 'compact' | 'alg' | 'kid' | 'jku'>

function readClaims({
  iss,
  aud,
  exp,
  iat,
  nbf,
  jti,
  sub,
  tenant,
}: Record<string, unknown>): Claims | undefined {
  const audiences = typeof aud === 'string' ? [aud] : aud
  if (typeof iss !== 'string' || iss === '') return undefined
  if (!Array.isArray(audiences) || audiences.length === 0 || !audiences.every(isText)) return undefined
  if (!isTime(exp) || !isTime(iat) || (nbf !== undefined && !isTime(nbf))) return undefined
  if (!isText(jti) || jti === '' || jti.length > 1_024) return undefined
  return {
    iss,
    aud: audiences,
    exp,
    iat,
    jti,
    ...(nbf !== undefined && { nbf }),
    ...(isText(sub) && { sub }),
    ...(isText(tenant) && { tenant }),
  }
}

function jsonPart(part: string | undefined): Record<string, unknown> | undefined {
  if (part === undefined || !base64url.test(part)) return undefined
  const bytes = Buffer.from(part, 'base64url')
  if (!isUtf8(bytes)) return undefined
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

/** Twelve digits of a SHA-256, enough to compare with what a client says it sent. */
export const shortHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 12)

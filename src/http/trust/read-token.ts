import { Buffer, isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { AuthReason } from './auth-refused.js'

/** The longest token in characters; a longer token is refused without decoding. */
export const maxTokenLength = 8_192

/** The claims and header of a token, which are not trusted before the signature is checked. */
export interface UnverifiedToken {
  compact: string
  alg: string
  kid: string
  /** The `jku` header, of any type; for a client whose keys come from a URL it must be that URL. */
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
 * Reads the Authorization header of a request.
 *
 * Shape:   one JWS in compact form whose header and payload are JSON objects with every member that the standard
 *          requires.
 * Edge:    embedded keys (`jwk`, `x5c`, `x5u`) are ignored; `crit` is refused.
 * Missing: returns the reason for a malformed token, and never throws.
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

/** The first twelve digits of a SHA-256 hash, enough for comparison with the token that a client says it sent. */
export const shortHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 12)

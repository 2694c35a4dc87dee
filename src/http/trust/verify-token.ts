import { compactVerify } from 'jose/jws/compact/verify'
import type { Remembered } from '../../audit/seen-tokens.js'
import type { TokenMemory } from '../../audit/token-memory.js'
import { signatureAlgorithms } from '../../config/settings.js'
import type { ClientSettings, Settings } from '../../config/settings.js'
import { doorLimits } from '../door-limits.js'
import { AuthRefused } from './auth-refused.js'
import type { AuthNotes, AuthReason } from './auth-refused.js'
import type { KeySource } from './key-source.js'
import { isKeyUrl } from './load-keys.js'
import { readToken, shortHash } from './read-token.js'
import type { UnverifiedToken } from './read-token.js'
import { VerificationBudget } from './verification-budget.js'

/** The largest tolerated difference between clocks, in milliseconds. */
export const clockSkewMs = 60_000

export interface Trust {
  settings: Pick<Settings, 'clients' | 'publicUrl'>
  /** The key sources by client id. */
  keys: ReadonlyMap<string, KeySource>
  tokens: TokenMemory
  clock: () => number
}

/** Finds the client of an Authorization header, for a request from an address to one of these paths. */
export type VerifyToken = (
  authorization: string | undefined,
  paths: readonly string[],
  address: string,
) => Promise<{ client: ClientSettings; jtiHash: string }>

/**
 * Makes the check of the token of one call: its client, audience, times, key and signature, and that it was not used
 * before.
 *
 * Shape:  cheap checks run first. Keys are looked up only for a token whose claims are all acceptable, the signature is
 *         checked only within the budget of the address and key, and a `jti` is remembered only after its signature
 *         verified.
 * Throws: `AuthRefused`, the same for every reason; its notes hold the reason. `LimitError` when the budget is spent.
 * Source: https://cds-hooks.hl7.org/2.0/#trusting-cds-clients, conformance J1 to J12
 */
export function makeVerifyToken({ settings, keys, tokens, clock }: Trust): VerifyToken {
  const byIss = new Map<string, ClientSettings[]>()
  for (const client of settings.clients) byIss.set(client.iss, [...(byIss.get(client.iss) ?? []), client])

  const budget = new VerificationBudget(doorLimits.failedVerifications.most, clock)
  return async (authorization, paths, address) => {
    const token = readToken(authorization)
    if (typeof token === 'string') throw new AuthRefused({ authReason: token })
    const notes = { jtiHash: shortHash(token.jti), kidHash: shortHash(token.kid) }
    const refuse = (authReason: AuthReason, client?: ClientSettings): AuthRefused =>
      new AuthRefused({ ...notes, authReason, ...(client && { client: client.id }) } satisfies AuthNotes)

    if (!signatureAlgorithms.includes(token.alg)) throw refuse('alg-not-allowed')
    const client = clientOf(token, byIss.get(token.iss) ?? [])
    if (typeof client === 'string') throw refuse(client)
    const wrong = wrongClaim(
      token,
      client,
      paths.map((path) => settings.publicUrl + path),
      clock(),
    )
    if (wrong) throw refuse(wrong, client)

    if (tokens.has(client.id, token.jti, clock())) throw refuse('replayed', client)
    const key = (await keys.get(client.id)?.find(token.kid, token.alg)) ?? 'keys-unavailable'
    if (typeof key === 'string') throw refuse(key, client)
    await budget.verify(`${address} ${client.id} ${notes.kidHash}`, () =>
      compactVerify(token.compact, key, { algorithms: [token.alg] }).catch(() => {
        throw refuse('signature-bad', client)
      }),
    )
    const used = {
      client: client.id,
      jti: token.jti,
      issuedAt: token.iat * 1_000,
      expiresAt: token.exp * 1_000 + clockSkewMs,
    }
    const remembered = await tokens.remember(used, clock())
    if (remembered !== 'fresh') throw refuse(reasonOf[remembered], client)
    return { client, jtiHash: notes.jtiHash }
  }
}

const reasonOf = {
  seen: 'replayed',
  full: 'replay-store-full',
  forgotten: 'older-than-memory',
} as const satisfies Record<Exclude<Remembered | 'forgotten', 'fresh'>, AuthReason>

/** Finds the client of a token: by `iss`, and by `tenant` and `sub` where the client lists them. */
function clientOf(
  token: UnverifiedToken,
  candidates: readonly ClientSettings[],
): ClientSettings | AuthReason {
  if (candidates.length === 0) return 'iss-unknown'
  const ofTenant = candidates.filter(({ tenants }) => listed(tenants, token.tenant))
  if (ofTenant.length === 0) return 'tenant-refused'
  return ofTenant.find(({ subjects = [] }) => listed(subjects, token.sub)) ?? 'subject-refused'
}

const listed = (accepted: readonly string[], value: string | undefined): boolean =>
  accepted.length === 0 || (value !== undefined && accepted.includes(value))

/** Finds the reason to refuse the first unacceptable claim or header. */
function wrongClaim(
  token: UnverifiedToken,
  client: ClientSettings,
  urls: readonly string[],
  now: number,
): AuthReason | undefined {
  if (!client.algorithms.includes(token.alg)) return 'alg-not-allowed'
  if (isKeyUrl(client.jwks) && token.jku !== undefined && token.jku !== client.jwks) return 'jku-refused'
  const meant = (aud: string): boolean => urls.includes(withoutSlash(aud)) || client.audiences.includes(aud)
  if (!token.aud.some(meant)) return 'aud-refused'
  const [exp, iat, nbf] = [token.exp * 1_000, token.iat * 1_000, (token.nbf ?? 0) * 1_000]
  if (now >= exp + clockSkewMs || exp <= iat) return 'expired'
  if (iat > now + clockSkewMs || nbf > now + clockSkewMs) return 'not-yet-valid'
  return exp - iat > client.maxTokenLifetimeMs ? 'lifetime-too-long' : undefined
}

const withoutSlash = (url: string): string => (url.endsWith('/') ? url.slice(0, -1) : url)

/** The reasons for refusing a token: a closed set for the log, which the response never names. */
export const authReasons = {
  'no-token':
    'No Authorization header came with the call. Make the client send "Authorization: Bearer <JWT>".',
  'not-bearer': 'The Authorization header is not of the form "Bearer <token>".',
  'token-too-large': 'The token is over 8 KiB.',
  'token-malformed': 'The token is not a JWS in compact form with a JSON header and payload.',
  'typ-not-jwt': 'The header has no "typ": "JWT".',
  'crit-unknown': 'The header holds "crit"; no extension is understood.',
  'alg-not-allowed':
    'The signature algorithm is not one of those allowed for this client. Default ES384 and RS384; add others under "algorithms".',
  'kid-missing': 'The header has no "kid".',
  'claim-missing': 'One of iss, aud, exp, iat, jti is missing or has the wrong type.',
  'iss-unknown': 'No client has exactly this iss. Compare character by character, also the trailing slash.',
  'tenant-refused': 'The tenant claim is not one of those configured for this client.',
  'subject-refused': 'The sub claim is not one of those configured for this client.',
  'jku-refused':
    'The header names a jku other than the key set URL configured for this client. Where the keys come from a file or stand in the settings, a jku is ignored.',
  'aud-refused':
    'The aud is not the URL of this endpoint under publicUrl, nor a configured extra audience. Check publicUrl and what the client types in.',
  expired: 'The token is expired. Check the clocks.',
  'not-yet-valid': 'iat or nbf lies in the future. Check the clocks.',
  'lifetime-too-long': 'exp minus iat is over the maxTokenLifetime of this client.',
  'kid-unknown': 'The key set of this client has no usable key with this kid, also after a fresh look.',
  'kid-ambiguous': 'The key set has several keys with this kid.',
  'key-unfit': 'The key with this kid does not fit the algorithm (kty, crv, alg, use), or is too weak.',
  'keys-unavailable': 'The key set of this client could not be loaded, and no earlier copy is fresh enough.',
  'signature-bad': 'The signature does not verify with the key that the kid names.',
  replayed: 'This jti was used before. Each call needs a token of its own.',
  'replay-store-full':
    'Too many unexpired tokens of this client are remembered to take another. Let tokens live five minutes, not an hour.',
  'older-than-memory':
    'The token was issued before the memory of used tokens begins: the audit store is new or was lost, or could not be read since the start. A token issued now is taken.',
} as const
export type AuthReason = keyof typeof authReasons

/** The details of a refused token that the log may hold. */
export interface AuthNotes {
  authReason: AuthReason
  client?: string
  jtiHash?: string
  kidHash?: string
}

/**
 * The error for a request without proof of its client (401).
 *
 * Privacy: the message is the same for every reason; only the log receives the reason.
 */
export class AuthRefused extends Error {
  constructor(readonly notes: AuthNotes) {
    super('A valid JSON Web Token is required.')
    this.name = 'AuthRefused'
  }
}

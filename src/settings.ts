/** The signature algorithms a client may be allowed; symmetric ones and `none` do not exist here. */
export const signatureAlgorithms: readonly string[] = [
  ...['ES256', 'ES384', 'ES512'],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
]

/**
 * Settings of one client (tenant): who may call, and what it may reach.
 *
 * Shape: as `clients[]` of the configuration file, with every default filled in.
 */
export interface ClientSettings {
  id: string
  iss: string
  /** JWKS as URL, file path or inline set; absent only with `auth: off`. */
  jwks?: string | { keys: readonly Record<string, unknown>[] }
  algorithms: readonly string[]
  tenants: readonly string[]
  audiences: readonly string[]
  /** Accepted `sub` claims; empty or absent = any. */
  subjects?: readonly string[]
  maxTokenLifetimeMs: number
  /** Allowed FHIR base URLs. `loopback` and `https` widen it, for the built-in development client only. */
  fhirServers: readonly string[]
  allowAnyFhirServer: boolean
  /** CIDRs of private networks this client's FHIR servers may live in. */
  allowNetworks: readonly string[]
  corsOrigins: readonly string[]
  rulesMode: 'live' | 'silent'
  onMissingData: '412' | 'card'
  deadlineMs: number
  requestTimeoutMs: number
  actionSelectionBehavior: boolean
  links: readonly string[]
  /** Card kinds switched off for this client (kill switch). */
  cardsOff: readonly string[]
  /** Calls of this client evaluated at once; absent = `limits.concurrent`. */
  concurrent?: number
}

/** All settings of the process, frozen at start. */
export interface Settings {
  /** Where the settings came from: the configuration file's path; absent without one. */
  configFile?: string
  mode: 'production' | 'development'
  host: string
  port: number
  publicUrl: string
  canonicalBase: string
  clients: readonly ClientSettings[]
  auth: 'required' | 'off'
  discovery: 'open' | 'protected'
  audit: {
    database: string
    retentionDays: number
    /** Keep comments of feedback, sealed with the public key of `commentsKeyFile` (AUD-022). */
    comments: boolean
    commentsKeyFile?: string
    keyFile?: string
    signingKeyFile?: string
    spoolDir: string
    /** Second place of the signed checkpoints; absent: `checkpoints.ndjson` beside the database or the spool. */
    checkpointFile?: string
  }
  limits: {
    bodyBytes: number
    depth: number
    nodes: number
    perClientPerMinute: number
    perAddressPerMinute: number
    concurrent: number
  }
  jwks: { refetchCooldownMs: number }
  admin?: { port: number; host: string; tokenFile?: string }
  smart: { clientId?: string; issuers: readonly string[] }
  trustProxyHops: number
  siteFile?: string
  logLevel: string
}

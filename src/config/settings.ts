/** The signature algorithms that a client may be allowed; symmetric algorithms and `none` are left out. */
export const signatureAlgorithms: readonly string[] = [
  ...['ES256', 'ES384', 'ES512'],
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
]

/**
 * The settings of one client (tenant): who may call, and which servers the service may reach for the client.
 *
 * Shape: as `clients[]` of the configuration file, with every default filled in.
 */
export interface ClientSettings {
  id: string
  iss: string
  /** The JWKS as URL, file path or inline set; absent only with `auth: off`. */
  jwks?: string | { keys: readonly Record<string, unknown>[] }
  algorithms: readonly string[]
  tenants: readonly string[]
  audiences: readonly string[]
  /** The accepted `sub` claims; empty or absent accepts any. */
  subjects?: readonly string[]
  maxTokenLifetimeMs: number
  /** The allowed FHIR base URLs. `loopback` and `https` allow more, for the built-in development client only. */
  fhirServers: readonly string[]
  allowAnyFhirServer: boolean
  /** The CIDRs of private networks in which this client's FHIR servers may stand. */
  allowNetworks: readonly string[]
  corsOrigins: readonly string[]
  rulesMode: 'live' | 'silent'
  onMissingData: '412' | 'card'
  deadlineMs: number
  requestTimeoutMs: number
  actionSelectionBehavior: boolean
  links: readonly string[]
  /** The card kinds that are switched off for this client. */
  cardsOff: readonly string[]
  /** The most calls of this client at once; absent means `limits.concurrent`. */
  concurrent?: number
}

/** A FHIR server that may launch the SMART app. */
export interface SmartIssuer {
  iss: string
  /** The origins of the token endpoint, where they differ from the origin of the FHIR server. */
  tokenOrigins: readonly string[]
}

/** The roles of admin tokens: a reader may see figures, an auditor also records, an operator everything. */
export const adminRoles = ['reader', 'auditor', 'operator'] as const
/** The role of an admin token. */
export type AdminRole = (typeof adminRoles)[number]

/** A token of the admin listener: its file, and the role of its holder. */
export interface AdminToken {
  file: string
  role: AdminRole
  /** The client whose records the holder may see; absent for an operator, who may see the records of all clients. */
  client?: string
}

/** All settings of the process, frozen at start. */
export interface Settings {
  /** The path of the configuration file; absent without one. */
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
    /** True when comments of feedback are stored, sealed with the public key of `commentsKeyFile` (AUD-022). */
    comments: boolean
    commentsKeyFile?: string
    keyFile?: string
    signingKeyFile?: string
    spoolDir: string
    /**
     * The second place of the signed checkpoints; absent means `checkpoints.ndjson` beside the database or the spool.
     */
    checkpointFile?: string
    /**
     * The program and its arguments that store the daily anchor line elsewhere; the anchor line becomes the last
     * argument.
     */
    anchorCommand?: readonly string[]
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
  admin?: {
    port: number
    host: string
    /** The file with the token of an operator. */
    tokenFile?: string
    tokens?: readonly AdminToken[]
  }
  smart: { clientId?: string; issuers: readonly SmartIssuer[] }
  trustProxyHops: number
  siteFile?: string
  logLevel: string
}

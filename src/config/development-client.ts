import type { ClientSettings } from './settings.js'

/** The issuer of the public CDS Hooks sandbox. Its private key is public, so no production server may trust it. */
export const sandboxIssuer = 'https://sandbox.cds-hooks.org'
const sandboxKeys = `${sandboxIssuer}/.well-known/jwks.json`

/** Does this client trust the public sandbox key? */
export const trustsSandbox = ({ iss, jwks }: Pick<ClientSettings, 'iss' | 'jwks'>): boolean =>
  iss === sandboxIssuer || (typeof jwks === 'string' && jwks.startsWith(sandboxIssuer))

/** The settings of a client where the file names no others. */
export const clientDefaults = {
  algorithms: ['ES384', 'RS384'],
  tenants: [],
  audiences: [],
  maxTokenLifetimeMs: 3_600_000,
  fhirServers: [],
  allowAnyFhirServer: false,
  allowNetworks: [],
  corsOrigins: [],
  rulesMode: 'live',
  onMissingData: '412',
  deadlineMs: 2_500,
  requestTimeoutMs: 1_500,
  actionSelectionBehavior: false,
  links: ['smart-app'],
  cardsOff: [],
} as const satisfies Omit<ClientSettings, 'id' | 'iss'>

/**
 * The client of a development process without a configuration file: the sandbox, with any FHIR server that a call
 * names.
 * // used once: it costs more
 * optimization costs more than it saves, because the check runs once
 * // a test holds the schema
 * a test holds the schema to the schema of schemas, so a start need not
 */
export const developmentClient: ClientSettings = {
  ...clientDefaults,
  id: 'development',
  iss: sandboxIssuer,
  jwks: sandboxKeys,
  allowAnyFhirServer: true,
  corsOrigins: [sandboxIssuer, 'http://localhost:*'],
}

import type { ClientSettings } from './settings.js'

/**
 * The issuer of the public CDS Hooks sandbox, whose private key is public, so that no production server may trust the
 * issuer.
 */
export const sandboxIssuer = 'https://sandbox.cds-hooks.org'
const sandboxKeys = `${sandboxIssuer}/.well-known/jwks.json`

/** Does this client trust the public sandbox key? */
export const trustsSandbox = ({ iss, jwks }: Pick<ClientSettings, 'iss' | 'jwks'>): boolean =>
  iss === sandboxIssuer || (typeof jwks === 'string' && jwks.startsWith(sandboxIssuer))

/** The default settings of a client. */
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
 * The client of a development process without a configuration file: the sandbox, with any FHIR server that a request
 * names.
 */
export const developmentClient: ClientSettings = {
  ...clientDefaults,
  id: 'development',
  iss: sandboxIssuer,
  jwks: sandboxKeys,
  allowAnyFhirServer: true,
  corsOrigins: [sandboxIssuer, 'http://localhost:*'],
}

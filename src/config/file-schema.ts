import { Ajv } from 'ajv'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { isPrivateNetwork } from '../gather/addresses.js'
import { safeUrl } from '../gather/safe-url.js'
import { budgets } from '../protocol/limits.js'
import { adminRoles, signatureAlgorithms } from './settings.js'
import type { AdminToken } from './settings.js'
import { durationMs, sizeBytes } from './quantities.js'

/** A client as the configuration file writes it; the schema has checked each value. */
export interface ClientEntry {
  id: string
  iss?: string
  jwks?: string | { keys: Record<string, unknown>[] }
  algorithms?: string[]
  tenants?: string[]
  subjects?: string[]
  audiences?: string[]
  maxTokenLifetime?: string
  fhirServers?: string[]
  allowNetworks?: string[]
  corsOrigins?: string[]
  rulesMode?: 'live' | 'silent'
  onMissingData?: 412 | '412' | 'card'
  deadline?: string
  requestTimeout?: string
  cdsHooks?: { actionSelectionBehavior?: boolean }
  links?: string[]
  cardsOff?: string[]
  concurrent?: number
}

/** The configuration file as written; the schema has checked each value. */
export interface ConfigFile {
  mode?: 'production' | 'development'
  publicUrl?: string
  canonicalBase?: string
  clients?: ClientEntry[]
  auth?: 'required' | 'off'
  discovery?: 'open' | 'protected'
  audit?: {
    retention?: string
    comments?: boolean
    commentsKeyFile?: string
    keyFile?: string
    signingKeyFile?: string
    spoolDir?: string
    checkpointFile?: string
    anchorCommand?: string[]
  }
  limits?: {
    body?: string
    depth?: number
    nodes?: number
    perClientPerMinute?: number
    perAddressPerMinute?: number
    concurrent?: number
  }
  jwks?: { refetchCooldown?: string }
  admin?: { port?: number; host?: string; tokenFile?: string; tokens?: AdminToken[] }
  smart?: { clientId?: string; issuers?: (string | { iss: string; tokenOrigins?: string[] })[] }
  trustProxyHops?: number
  site?: string
}

const duration = { type: 'string', format: 'duration', description: 'write a number with ms, s, m, h or d' }
const path = { type: 'string', minLength: 1, description: 'write the path of a file' }
const flag = { type: 'boolean', description: 'write true or false' }
const word = { type: 'string', minLength: 1, description: 'write a text' }
const words = { type: 'array', items: word, description: 'write a list of texts' }
const webUrl = { type: 'string', format: 'web-url', description: 'write an absolute http(s) URL' }
const fhirBase = {
  type: 'string',
  format: 'fhir-base',
  description:
    'write an absolute http(s) URL without query, percent signs, semicolons and steps of dots, host names in ASCII',
}
const privateNetwork = {
  type: 'string',
  format: 'private-network',
  description:
    'write a network that lies in a private range, such as 10.1.0.0/16 or fd12::/16; public addresses need no entry',
}
const count = (minimum: number, maximum: number): object => ({
  type: 'integer',
  minimum,
  maximum,
  description: `write a whole number from ${minimum} to ${maximum}`,
})
const choice = (...values: readonly (string | number)[]): object => ({
  enum: values,
  description: `write one of ${values.join(', ')}`,
})
const record = (properties: Record<string, object>, required: readonly string[] = []): object => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
  description: 'write keys with values',
})
const list = (items: object, description: string): object => ({ type: 'array', items, description })

const origin = {
  type: 'string',
  format: 'origin',
  description: 'write scheme, host and port, such as https://a.org',
}

const client = record(
  {
    id: {
      type: 'string',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
      description: 'write letters, digits, dots and dashes, at most 64',
    },
    iss: word,
    jwks: {
      anyOf: [
        word,
        {
          type: 'object',
          required: ['keys'],
          additionalProperties: false,
          properties: { keys: { type: 'array', minItems: 1, items: { type: 'object' } } },
        },
      ],
      description: 'write a URL, the path of a file, or a key set { keys: […] }',
    },
    algorithms: list(choice(...signatureAlgorithms), 'write a list of signature algorithms'),
    tenants: words,
    subjects: words,
    audiences: words,
    maxTokenLifetime: duration,
    fhirServers: list(fhirBase, 'write a list of FHIR base URLs'),
    allowNetworks: list(privateNetwork, 'write a list of CIDRs'),
    corsOrigins: list(origin, 'write a list of origins'),
    rulesMode: choice('live', 'silent'),
    onMissingData: choice(412, '412', 'card'),
    deadline: duration,
    requestTimeout: duration,
    cdsHooks: record({ actionSelectionBehavior: flag }),
    links: list(choice('smart-app'), 'write a list of link names'),
    cardsOff: words,
    concurrent: count(1, 10_000),
  },
  ['id'],
)

const smartIssuer = {
  anyOf: [webUrl, record({ iss: webUrl, tokenOrigins: list(origin, 'write a list of origins') }, ['iss'])],
  description: 'write a FHIR base URL, or { iss: URL, tokenOrigins: [origin, …] }',
}

const configFile = record({
  mode: choice('production', 'development'),
  publicUrl: webUrl,
  canonicalBase: webUrl,
  clients: list(client, 'write a list of clients'),
  auth: choice('required', 'off'),
  discovery: choice('open', 'protected'),
  audit: record({
    retention: duration,
    comments: flag,
    commentsKeyFile: path,
    keyFile: path,
    signingKeyFile: path,
    spoolDir: path,
    checkpointFile: path,
    anchorCommand: words,
  }),
  limits: record({
    body: { type: 'string', format: 'body-size', description: 'write a number with kb or mb, at most 8mb' },
    depth: count(8, budgets.bodyDepth.settable),
    nodes: count(1_000, budgets.bodyValues.settable),
    perClientPerMinute: count(0, 10_000_000),
    perAddressPerMinute: count(0, 10_000_000),
    concurrent: count(1, 10_000),
  }),
  jwks: record({ refetchCooldown: duration }),
  admin: record({
    port: count(0, 65_535),
    host: word,
    tokenFile: path,
    tokens: list(
      record({ file: path, role: choice(...adminRoles), client: word }, ['file', 'role']),
      'write a list of tokens, each with file, role and client',
    ),
  }),
  smart: record({ clientId: word, issuers: list(smartIssuer, 'write a list of FHIR base URLs') }),
  trustProxyHops: count(0, 8),
  site: path,
})

const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  allErrors: true,
  verbose: true,
  code: { optimize: false }, // optimization costs more than it saves, because the check runs once
  meta: false, // a test checks this schema against the meta-schema, so a start need not
  validateSchema: false,
})
ajv.addFormat('duration', (text: string) => durationMs(text) !== undefined)
ajv.addFormat('body-size', (text: string) => (sizeBytes(text) ?? Infinity) <= budgets.bodyBytes.settable)
ajv.addFormat('web-url', (text: string) => isWebUrl(text))
ajv.addFormat('fhir-base', (text: string) => isWebUrl(text) && safeUrl(text, 'development')?.search === '')
ajv.addFormat('private-network', isPrivateNetwork)
ajv.addFormat('origin', (text: string) => isOrigin(text))

/** Checks the shape of the configuration file; compiled once. */
export const checkConfigFile: ValidateFunction<ConfigFile> = ajv.compile<ConfigFile>(configFile)

/** The words of a schema error, and the fix, without the value, which may be a key. */
export function wording({ keyword, params, message, parentSchema }: ErrorObject): {
  says: string
  fix: string
} {
  if (keyword === 'additionalProperties')
    return {
      says: `has the unknown key "${String(params['additionalProperty'])}"`,
      fix: `remove it, or use one of ${Object.keys((parentSchema?.['properties'] ?? {}) as object).join(', ')}`,
    }
  if (keyword === 'required') {
    const name = String(params['missingProperty'])
    return { says: `lacks "${name}"`, fix: `add "${name}"` }
  }
  const description = (parentSchema as { description?: string } | undefined)?.description
  return { says: message ?? 'is not allowed', fix: description ?? 'correct the value' }
}

function isWebUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password, hash } = new URL(text)
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === ''
}

/** An origin as browsers send it; `:*` stands for any port, on localhost only. */
function isOrigin(text: string): boolean {
  if (/^https?:\/\/localhost:\*$/.test(text)) return true
  return isWebUrl(text) && new URL(text).origin === text
}

import { isIP } from 'node:net'
import { Ajv } from 'ajv'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { signatureAlgorithms } from '../settings.js'
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
  admin?: { port?: number; host?: string; tokenFile?: string }
  smart?: { clientId?: string; issuers?: string[] }
  trustProxyHops?: number
  site?: string
}

const duration = { type: 'string', format: 'duration', description: 'write a number with ms, s, m, h or d' }
const path = { type: 'string', minLength: 1, description: 'write the path of a file' }
const flag = { type: 'boolean', description: 'write true or false' }
const word = { type: 'string', minLength: 1, description: 'write a text' }
const words = { type: 'array', items: word, description: 'write a list of texts' }
const webUrl = { type: 'string', format: 'web-url', description: 'write an absolute http(s) URL' }
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
    fhirServers: list(webUrl, 'write a list of FHIR base URLs'),
    allowNetworks: list(
      { type: 'string', format: 'network', description: 'write a CIDR such as 10.1.0.0/16' },
      'write a list of CIDRs',
    ),
    corsOrigins: list(
      { type: 'string', format: 'origin', description: 'write scheme, host and port, such as https://a.org' },
      'write a list of origins',
    ),
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
  }),
  limits: record({
    body: { type: 'string', format: 'size', description: 'write a number with kb or mb' },
    depth: count(8, 512),
    nodes: count(1_000, 5_000_000),
    perClientPerMinute: count(0, 10_000_000),
    perAddressPerMinute: count(0, 10_000_000),
    concurrent: count(1, 10_000),
  }),
  jwks: record({ refetchCooldown: duration }),
  admin: record({ port: count(0, 65_535), host: word, tokenFile: path }),
  smart: record({ clientId: word, issuers: list(webUrl, 'write a list of URLs') }),
  trustProxyHops: count(0, 8),
  site: path,
})

const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  allErrors: true,
  verbose: true,
  code: { optimize: false }, // used once: it costs more than it saves
  meta: false, // a test holds the schema to the schema of schemas, so that a start need not
  validateSchema: false,
})
ajv.addFormat('duration', (text: string) => durationMs(text) !== undefined)
ajv.addFormat('size', (text: string) => sizeBytes(text) !== undefined)
ajv.addFormat('web-url', (text: string) => isWebUrl(text))
ajv.addFormat('network', (text: string) => isNetwork(text))
ajv.addFormat('origin', (text: string) => isOrigin(text))

/** Checks the shape of the configuration file; compiled once. */
export const checkConfigFile: ValidateFunction<ConfigFile> = ajv.compile<ConfigFile>(configFile)

/** What is wrong and what to write instead, without repeating the value (it may be a key). */
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

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** An origin as browsers send it; `:*` stands for any port, on localhost only. */
function isOrigin(text: string): boolean {
  if (/^https?:\/\/localhost:\*$/.test(text)) return true
  return isWebUrl(text) && new URL(text).origin === text
}

import { SeenTokens } from '../../audit/seen-tokens.js'
import type { TokenMemory } from '../../audit/token-memory.js'
import { ConfigError } from '../../errors.js'
import type { FileProblem } from '../../errors.js'
import type { Egress } from '../../gather/egress.js'
import type { ClientSettings, Settings } from '../../config/settings.js'
import type { KeySource } from './key-source.js'
import { isKeyUrl, keySourceOf } from './load-keys.js'

/** The key source of each client, by client id. */
export type TrustedKeys = ReadonlyMap<string, KeySource>

/** The parts that token checks are built from. */
export interface TrustParts {
  settings: Settings
  egress: Egress
  clock: () => number
  /** The clients and keys before this reload: a key set from an unchanged URL is kept, so a reload needs no network. */
  before?: { clients: readonly ClientSettings[]; keys: TrustedKeys }
}

/**
 * Makes the keys of every client, and a memory of used tokens for a process without a store. Keys from files and
 * settings are read now, so that a typing error is found at start. Keys from URLs are fetched at the first token, so
 * that an unavailable client does not prevent the start.
 *
 * Throws: `ConfigError` naming each client whose keys cannot be read.
 */
export async function makeTrust(parts: TrustParts): Promise<{ keys: TrustedKeys; tokens: TokenMemory }> {
  const keys = new Map<string, KeySource>()
  const problems: FileProblem[] = []
  for (const [at, client] of parts.settings.clients.entries()) {
    if (client.jwks === undefined) continue
    const source = keptSource(client, parts) ?? keySourceOf(client, parts)
    keys.set(client.id, source)
    if (isKeyUrl(client.jwks) || (await source.preload())) continue
    problems.push({
      file: parts.settings.configFile ?? 'environment',
      says: `clients.${at}.jwks of client "${client.id}" is no readable key set`,
      fix: 'write a JSON Web Key Set { "keys": [ … ] } of public keys',
    })
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return { keys, tokens: new SeenTokens() }
}

function keptSource(client: ClientSettings, { before }: Pick<TrustParts, 'before'>): KeySource | undefined {
  const old = before?.clients.find(({ id }) => id === client.id)
  const networks = JSON.stringify(client.allowNetworks)
  const unmoved =
    isKeyUrl(client.jwks) && old?.jwks === client.jwks && JSON.stringify(old.allowNetworks) === networks
  return unmoved ? before?.keys.get(client.id) : undefined
}

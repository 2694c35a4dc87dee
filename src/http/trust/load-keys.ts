import { readFile } from 'node:fs/promises'
import type { Egress } from '../../gather/egress.js'
import type { ClientSettings, Settings } from '../../config/settings.js'
import { KeySource, keyTimes } from './key-source.js'

const fetchTimeoutMs = 2_000
const maxKeySetBytes = 262_144

/** Is this `jwks` a URL (and not a file)? */
export const isKeyUrl = (jwks: ClientSettings['jwks']): jwks is string =>
  typeof jwks === 'string' && /^https?:\/\//.test(jwks)

/**
 * Makes the key source of a client from the place in the settings: a URL, a file or the settings themselves.
 *
 * Shape: a URL is fetched through the guard of all outgoing requests: no redirect, 2 s, 256 KiB, private addresses only
 *        where the client's `allowNetworks` lists them.
 */
export function keySourceOf(
  client: ClientSettings,
  { settings, egress, clock }: { settings: Pick<Settings, 'jwks'>; egress: Egress; clock: () => number },
): KeySource {
  const { jwks } = client
  const load = isKeyUrl(jwks)
    ? () => fetchKeys(jwks, client, egress)
    : async (): Promise<unknown> =>
        typeof jwks === 'string' ? (JSON.parse(await readFile(jwks, 'utf8')) as unknown) : jwks
  return new KeySource(load, { ...keyTimes, cooldownMs: settings.jwks.refetchCooldownMs }, clock)
}

async function fetchKeys(url: string, client: ClientSettings, egress: Egress): Promise<unknown> {
  const response = await egress.fetch(
    url,
    { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(fetchTimeoutMs) },
    {
      clientId: client.id,
      allowNetworks: client.allowNetworks,
      maxBytes: maxKeySetBytes,
      jsonOnly: false,
    },
  )
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`key set answered ${response.status}`)
  }
  return response.json()
}

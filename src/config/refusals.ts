import type { ClientSettings, Settings } from './settings.js'
import { trustsSandbox } from './development-client.js'

/** An unsafe or contradictory part of well-formed settings: its place, and the fix. */
export interface SettingsRefusal {
  path: readonly (string | number)[]
  says: string
  fix: string
}

/** The longest deadline of a call: Da Vinci clients wait for 5 s, and no known client waits longer than this time. */
const longestDeadlineMs = 8_000

/**
 * Lists every setting that must not run: wrong in any mode, or too open for production.
 *
 * Shape: all refusals at once, each with its place in the configuration file.
 */
export function refusals(settings: Settings): readonly SettingsRefusal[] {
  const { clients, mode, auth } = settings
  return [
    ...(settings.audit.comments && settings.audit.commentsKeyFile === undefined ? [noCommentsKey] : []),
    ...clients.flatMap((client, at) => clientRefusals(client, at, auth)),
    ...ambiguousClients(clients),
    ...adminTokenRefusals(settings),
    ...(mode === 'production' ? productionRefusals(settings) : []),
  ]
}

/** The refusal of comments without a key: comments are stored sealed or not at all. */
const noCommentsKey: SettingsRefusal = {
  path: ['audit', 'comments'],
  says: 'is true, but "audit.commentsKeyFile" is not there',
  fix: 'name the file of the public key they are sealed with; docs/connect.md shows how to make one',
}

function clientRefusals(
  client: ClientSettings,
  at: number,
  auth: Settings['auth'],
): readonly SettingsRefusal[] {
  const place = (key: string): (string | number)[] => ['clients', at, key]
  const found: SettingsRefusal[] = []
  if (auth === 'required' && client.iss === '')
    found.push({ path: ['clients', at], says: 'lacks "iss"', fix: 'add the exact iss of its tokens' })
  if (auth === 'required' && client.jwks === undefined)
    found.push({
      path: ['clients', at],
      says: 'lacks "jwks"',
      fix: 'add the URL or file of its public keys, or the keys',
    })
  for (const [key, ms] of [
    ['deadline', client.deadlineMs],
    ['requestTimeout', client.requestTimeoutMs],
  ] as const)
    if (ms < 100 || ms > longestDeadlineMs)
      found.push({ path: place(key), says: 'is out of range', fix: 'write 100ms to 8s' })
  if (client.maxTokenLifetimeMs < 60_000 || client.maxTokenLifetimeMs > 7 * 86_400_000)
    found.push({ path: place('maxTokenLifetime'), says: 'is out of range', fix: 'write 1m to 7d' })
  if (client.algorithms.length === 0)
    found.push({ path: place('algorithms'), says: 'is empty', fix: 'leave it out, or name one' })
  return found
}

/** Refuses clients that a token cannot tell apart: clients with the same `iss` need different tenants or subjects. */
function ambiguousClients(clients: readonly ClientSettings[]): readonly SettingsRefusal[] {
  const found: SettingsRefusal[] = []
  clients.forEach((client, at) => {
    for (const earlier of clients.slice(0, at)) {
      if (earlier.id === client.id)
        found.push({ path: ['clients', at, 'id'], says: 'is used twice', fix: 'give each client its own id' })
      const apart =
        disjoint(earlier.tenants, client.tenants) || disjoint(earlier.subjects ?? [], client.subjects ?? [])
      if (earlier.iss === client.iss && !apart)
        found.push({
          path: ['clients', at, 'iss'],
          says: `cannot be told from client "${earlier.id}"`,
          fix: 'give both "tenants" (or "subjects") without a common entry, or another iss',
        })
    }
  })
  return found
}

/**
 * Refuses admin tokens without a matching client: a reader or auditor needs an existing client, and only an operator
 * may omit the client.
 */
function adminTokenRefusals({ admin, clients }: Settings): readonly SettingsRefusal[] {
  return (admin?.tokens ?? []).flatMap(({ role, client }, at): readonly SettingsRefusal[] => {
    const path = ['admin', 'tokens', at]
    if (role === 'operator')
      return client === undefined
        ? []
        : [
            {
              path,
              says: 'is of an operator, but names a client',
              fix: 'take "client" away, or write another role',
            },
          ]
    if (client === undefined)
      return [{ path, says: `is of a ${role}, but names no client`, fix: 'add "client" with the id of one' }]
    if (clients.some(({ id }) => id === client)) return []
    return [{ path: [...path, 'client'], says: 'names no client of this file', fix: 'write the id of one' }]
  })
}

const disjoint = (one: readonly string[], other: readonly string[]): boolean =>
  one.length > 0 && other.length > 0 && one.every((entry) => !other.includes(entry))

function productionRefusals(settings: Settings): readonly SettingsRefusal[] {
  const found: SettingsRefusal[] = []
  const httpsOnly = (path: SettingsRefusal['path'], url: string): void => {
    if (!url.startsWith('https://'))
      found.push({ path, says: 'is not https', fix: 'production needs an https URL' })
  }
  httpsOnly(['publicUrl'], settings.publicUrl)
  if (settings.auth === 'off')
    found.push({ path: ['auth'], says: 'is off', fix: 'production needs "auth: required"' })
  if (settings.clients.length === 0)
    found.push({ path: ['clients'], says: 'is empty', fix: 'production needs at least one client' })
  settings.clients.forEach((client, at) => {
    if (trustsSandbox(client))
      found.push({
        path: ['clients', at, 'iss'],
        says: 'is the public sandbox, whose private key everybody has',
        fix: 'use it in development mode only',
      })
    client.fhirServers.forEach((server, place) => {
      httpsOnly(['clients', at, 'fhirServers', place], server)
    })
    client.corsOrigins.forEach((origin, place) => {
      httpsOnly(['clients', at, 'corsOrigins', place], origin)
    })
    if (typeof client.jwks === 'string' && client.jwks.startsWith('http:'))
      httpsOnly(['clients', at, 'jwks'], client.jwks)
  })
  return found
}

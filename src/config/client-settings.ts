import { resolve } from 'node:path'
import type { ClientSettings } from './settings.js'
import { clientDefaults } from './development-client.js'
import type { ClientEntry } from './file-schema.js'
import { durationMs } from './quantities.js'

/**
 * A client with every default filled in.
 *
 * Shape: a `jwks` that is no URL is the path of a file, relative to the folder of the configuration file.
 */
export function clientSettings(entry: ClientEntry, folder: string): ClientSettings {
  const { id, iss = '', jwks, subjects, concurrent, cdsHooks } = entry
  return {
    ...clientDefaults,
    id,
    iss,
    ...(jwks !== undefined && { jwks: keysAt(jwks, folder) }),
    ...(subjects && subjects.length > 0 && { subjects }),
    ...(concurrent !== undefined && { concurrent }),
    algorithms: entry.algorithms ?? clientDefaults.algorithms,
    tenants: entry.tenants ?? [],
    audiences: entry.audiences ?? [],
    maxTokenLifetimeMs: durationMs(entry.maxTokenLifetime) ?? clientDefaults.maxTokenLifetimeMs,
    fhirServers: entry.fhirServers ?? [],
    allowNetworks: entry.allowNetworks ?? [],
    corsOrigins: entry.corsOrigins ?? [],
    rulesMode: entry.rulesMode ?? clientDefaults.rulesMode,
    onMissingData: entry.onMissingData === 'card' ? 'card' : '412',
    deadlineMs: durationMs(entry.deadline) ?? clientDefaults.deadlineMs,
    requestTimeoutMs: durationMs(entry.requestTimeout) ?? clientDefaults.requestTimeoutMs,
    actionSelectionBehavior: cdsHooks?.actionSelectionBehavior ?? false,
    links: entry.links ?? clientDefaults.links,
    cardsOff: entry.cardsOff ?? [],
  }
}

function keysAt(jwks: NonNullable<ClientEntry['jwks']>, folder: string): NonNullable<ClientSettings['jwks']> {
  if (typeof jwks !== 'string' || /^https?:\/\//.test(jwks)) return jwks
  return resolve(folder, jwks)
}

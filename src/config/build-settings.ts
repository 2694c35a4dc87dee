import { dirname, join, resolve } from 'node:path'
import { databaseFile, inMemory } from '../audit/store/database-file.js'
import { budgets } from '../protocol/limits.js'
import type { Settings } from './settings.js'
import { clientSettings } from './client-settings.js'
import { developmentClient } from './development-client.js'
import type { ConfigFile } from './file-schema.js'
import { durationMs, sizeBytes } from './quantities.js'

/** The variables of the environment, checked. */
export interface Variables {
  port: number
  host?: string
  database: string
  logLevel: string
}

/**
 * Fills in every default of the checked variables and the checked file.
 *
 * Shape: paths in the file are relative to its folder. Without a file the mode is development and calls need no token.
 */
export function buildSettings(
  variables: Variables,
  file: ConfigFile | undefined,
  path: string | undefined,
): Settings {
  const mode = file ? (file.mode ?? 'production') : 'development'
  const folder = path === undefined ? '.' : dirname(path)
  const host = variables.host ?? (mode === 'production' ? '0.0.0.0' : '127.0.0.1')
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const publicUrl = (file?.publicUrl ?? `http://${shownHost}:${variables.port}`).replace(/\/{1,8}$/, '')
  const entries = file?.clients ?? []
  const clients =
    entries.length > 0 || mode === 'production'
      ? entries.map((entry) => clientSettings(entry, folder))
      : [developmentClient]
  return {
    ...(path !== undefined && { configFile: path }),
    mode,
    host,
    port: variables.port,
    publicUrl,
    canonicalBase: (file?.canonicalBase ?? publicUrl).replace(/\/{1,8}$/, ''),
    clients,
    auth: file ? (file.auth ?? 'required') : 'off',
    discovery: file?.discovery ?? 'open',
    audit: auditSettings(file?.audit, variables.database, folder),
    limits: limits(file?.limits, mode),
    jwks: { refetchCooldownMs: durationMs(file?.jwks?.refetchCooldown) ?? 30_000 },
    ...(file?.admin && { admin: adminSettings(file.admin, folder) }),
    smart: smartSettings(file?.smart),
    trustProxyHops: file?.trustProxyHops ?? 0,
    ...(file?.site !== undefined && { siteFile: resolve(folder, file.site) }),
    logLevel: variables.logLevel,
  }
}

function auditSettings(
  written: ConfigFile['audit'] = {},
  database: string,
  folder: string,
): Settings['audit'] {
  const { commentsKeyFile, keyFile, signingKeyFile, checkpointFile, anchorCommand, spoolDir } = written
  return {
    database,
    retentionDays: (durationMs(written.retention) ?? 2_192 * 86_400_000) / 86_400_000,
    comments: written.comments ?? false,
    ...(commentsKeyFile !== undefined && { commentsKeyFile: resolve(folder, commentsKeyFile) }),
    ...(keyFile !== undefined && { keyFile: resolve(folder, keyFile) }),
    ...(signingKeyFile !== undefined && { signingKeyFile: resolve(folder, signingKeyFile) }),
    ...(checkpointFile !== undefined && { checkpointFile: resolve(folder, checkpointFile) }),
    ...(anchorCommand !== undefined && { anchorCommand }),
    spoolDir: spoolDir === undefined ? besideDatabase(database) : resolve(folder, spoolDir),
  }
}

const adminSettings = (
  { port = 9464, host = '127.0.0.1', tokenFile, tokens }: NonNullable<ConfigFile['admin']>,
  folder: string,
): NonNullable<Settings['admin']> => ({
  port,
  host,
  ...(tokenFile !== undefined && { tokenFile: resolve(folder, tokenFile) }),
  ...(tokens && { tokens: tokens.map((token) => ({ ...token, file: resolve(folder, token.file) })) }),
})

const smartSettings = ({
  clientId,
  issuers = [],
}: NonNullable<ConfigFile['smart']> = {}): Settings['smart'] => ({
  ...(clientId !== undefined && { clientId }),
  issuers: issuers.map((each) =>
    typeof each === 'string'
      ? { iss: each, tokenOrigins: [] }
      : { iss: each.iss, tokenOrigins: each.tokenOrigins ?? [] },
  ),
})

/** The folder of the spool: beside a database that is a file, and in a default place for any other database. */
function besideDatabase(address: string): string {
  const file = databaseFile(address)
  return file === undefined || file === inMemory ? './data/spool' : join(dirname(file), 'spool')
}

/** Fills in the defaults of the limits; rate limits apply in production, or where the file sets a rate. */
function limits(written: ConfigFile['limits'] = {}, mode: Settings['mode']): Settings['limits'] {
  return {
    bodyBytes: sizeBytes(written.body) ?? budgets.bodyBytes.most,
    depth: written.depth ?? budgets.bodyDepth.most,
    nodes: written.nodes ?? budgets.bodyValues.most,
    perClientPerMinute: written.perClientPerMinute ?? (mode === 'production' ? 6_000 : 0),
    perAddressPerMinute: written.perAddressPerMinute ?? (mode === 'production' ? 600 : 0),
    concurrent: written.concurrent ?? 64,
  }
}

import { dirname, resolve } from 'node:path'
import type { Settings } from '../settings.js'
import { clientSettings } from './client-settings.js'
import { developmentClient } from './development-client.js'
import type { ConfigFile } from './file-schema.js'
import { durationMs, sizeBytes } from './quantities.js'

/** What the environment says, checked. */
export interface Variables {
  port: number
  host?: string
  database: string
  logLevel: string
}

/**
 * Fills in every default; both parts have been checked.
 *
 * Shape: paths in the file are relative to its folder. Without a file: development mode, no tokens.
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
  const { admin, audit, smart } = file ?? {}
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
    audit: {
      database: variables.database,
      retentionDays: (durationMs(audit?.retention) ?? 2_192 * 86_400_000) / 86_400_000,
      comments: audit?.comments ?? false,
      ...(audit?.commentsKeyFile !== undefined && {
        commentsKeyFile: resolve(folder, audit.commentsKeyFile),
      }),
      ...(audit?.keyFile !== undefined && { keyFile: resolve(folder, audit.keyFile) }),
      ...(audit?.signingKeyFile !== undefined && { signingKeyFile: resolve(folder, audit.signingKeyFile) }),
      ...(audit?.checkpointFile !== undefined && { checkpointFile: resolve(folder, audit.checkpointFile) }),
      spoolDir: audit?.spoolDir === undefined ? './data/spool' : resolve(folder, audit.spoolDir),
    },
    limits: limits(file?.limits, mode),
    jwks: { refetchCooldownMs: durationMs(file?.jwks?.refetchCooldown) ?? 30_000 },
    ...(admin && {
      admin: {
        port: admin.port ?? 9464,
        host: admin.host ?? '127.0.0.1',
        ...(admin.tokenFile !== undefined && { tokenFile: resolve(folder, admin.tokenFile) }),
      },
    }),
    smart: {
      ...(smart?.clientId !== undefined && { clientId: smart.clientId }),
      issuers: smart?.issuers ?? [],
    },
    trustProxyHops: file?.trustProxyHops ?? 0,
    ...(file?.site !== undefined && { siteFile: resolve(folder, file.site) }),
    logLevel: variables.logLevel,
  }
}

/** Limits with their defaults; rates apply in production, or where the file writes one. */
function limits(written: ConfigFile['limits'] = {}, mode: Settings['mode']): Settings['limits'] {
  return {
    bodyBytes: sizeBytes(written.body) ?? 4 * 1_048_576,
    depth: written.depth ?? 64,
    nodes: written.nodes ?? 500_000,
    perClientPerMinute: written.perClientPerMinute ?? (mode === 'production' ? 6_000 : 0),
    perAddressPerMinute: written.perAddressPerMinute ?? 0,
    concurrent: written.concurrent ?? 64,
  }
}

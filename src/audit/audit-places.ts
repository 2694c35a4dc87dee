import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { ConfigError } from '../errors.js'
import type { Settings } from '../config/settings.js'
import type { KeyPlace } from './key-files.js'
import { databaseFile, inMemory } from './store/database-file.js'

/** The places of the audit beside the database. */
export interface AuditPlaces {
  pseudonymKey: KeyPlace
  signingKey: KeyPlace
  spoolDir: string
  checkpointFile: string
}

/**
 * Finds the places of keys, spool and checkpoints; in development, missing keys are created beside the database.
 *
 * Throws: `ConfigError` when production names no key file.
 */
export function auditPlaces(
  { audit, mode, configFile }: Pick<Settings, 'audit' | 'mode' | 'configFile'>,
  onCreated: (path: string) => void,
): AuditPlaces {
  const file = databaseFile(audit.database)
  const folder = dirname(file === undefined || file.endsWith(inMemory) ? audit.spoolDir : file)
  const missing = [
    ...(audit.keyFile === undefined ? ['audit.keyFile'] : []),
    ...(audit.signingKeyFile === undefined ? ['audit.signingKeyFile'] : []),
  ]
  if (mode === 'production' && missing.length > 0)
    throw new ConfigError(
      missing.map((name) => ({
        file: configFile ?? 'environment',
        says: `lacks ${name}`,
        fix: 'name a key file; docs/audit.md shows how to make one',
      })),
    )
  const place = (path: string): KeyPlace => ({
    path,
    mayCreate: mode === 'development',
    guarded: mode === 'production',
    onCreated,
  })
  return {
    pseudonymKey: place(audit.keyFile ?? join(folder, 'pseudonym.key')),
    signingKey: place(audit.signingKeyFile ?? join(folder, 'signing-key.pem')),
    spoolDir: audit.spoolDir,
    checkpointFile: audit.checkpointFile ?? join(folder, 'checkpoints.ndjson'),
  }
}

/** Names the stream of one process by its start time and eight random digits. */
export const streamName = (now: number): string =>
  `${new Date(now).toISOString().slice(0, 23).replaceAll(/[:.]/g, '-')}Z-${randomBytes(4).toString('hex')}`

import { existsSync } from 'node:fs'
import { openArchive, purposes } from '../audit/archive.js'
import type { OpenArchive } from '../audit/archive.js'
import { databaseFile } from '../audit/store/database-file.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import { loadSettings } from '../config/config.js'
import { ConfigError } from '../errors.js'
import type { Settings } from '../config/settings.js'
import { UsageError } from './usage-error.js'

/** The store that the settings name, for one command. */
export interface OpenAuditStore extends OpenArchive {
  settings: Settings
}

/** Opens the audit store of this machine's settings, and closes it when the work is done or failed. */
export async function withAuditStore(work: (store: OpenAuditStore) => Promise<number>): Promise<number> {
  const settings = loadSettings()
  const archive = await open(settings)
  try {
    return await work({ ...archive, settings })
  } finally {
    await archive.close()
  }
}

/**
 * Opens the store.
 *
 * Throws: `ConfigError` when there is no store, because an empty answer from a mistyped path would be believed.
 */
async function open(settings: Settings): Promise<OpenArchive> {
  const { database } = settings.audit
  const file = databaseFile(database)
  if (file !== undefined && !existsSync(file))
    throw noStore(
      `names ${database}, where no record was ever kept`,
      'start the service once, or correct the path',
    )
  try {
    return await openArchive(settings, Date.now)
  } catch (error) {
    if (error instanceof ConfigError) throw error
    const { code = 'unknown' } = error as { code?: string }
    throw noStore(`names a database that cannot be opened (${code})`, 'start it, or correct the address')
  }
}

const noStore = (says: string, fix: string): ConfigError =>
  new ConfigError([{ file: 'environment', says: `AUDIT_DATABASE ${says}`, fix }])

/**
 * Reads a date of the command line: "2026-03-01", or a date with a time and an offset.
 *
 * Throws: `UsageError` for any other text.
 */
export function dateOf(text: string, option: string): number {
  const moment = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(moment)) throw new UsageError(`${option} is no date. Write it as 2026-03-01.`)
  return moment
}

/** The range that --from, --to and --client name; the moment `to` is not part of the range. */
export function rangeOf(values: { from?: string; to?: string; client?: string }): RecordRange {
  return {
    ...(values.from !== undefined && { from: dateOf(values.from, '--from') }),
    ...(values.to !== undefined && { to: dateOf(values.to, '--to') }),
    ...(values.client !== undefined && { tenant: values.client }),
  }
}

/**
 * The purpose of an access; `committee` when the command line names none.
 *
 * Throws: `UsageError` for a purpose that is not listed.
 */
export function purposeOf(text: string | undefined): string {
  if (text === undefined) return 'committee'
  if (!purposes.some((purpose) => purpose === text))
    throw new UsageError(`--why is none of ${purposes.join(', ')}.`)
  return text
}

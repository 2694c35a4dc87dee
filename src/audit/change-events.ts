import type { Kysely } from 'kysely'
import type { CardPack } from '../cards/card-pack.js'
import type { Settings } from '../config/settings.js'
import { configChanges, configSnapshot } from './config-change.js'
import type { ConfigChangeBody } from './config-change.js'
import { contentDiff, contentSnapshot } from './content-change.js'
import type { ContentChangeBody } from './content-change.js'
import type { Pseudonyms } from './pseudonym.js'
import type { RecordType } from './record.js'
import { newestRecord } from './store/record-reader.js'
import type { AuditDatabase } from './store/schema.js'
import { within } from './store/within.js'

/** The tenant of records about the whole service. */
export const wholeService = '*'

const readMs = 2_000

async function newestBody<Body>(db: Kysely<AuditDatabase>, type: RecordType): Promise<Body | undefined> {
  try {
    const record = await within(newestRecord(db, type), readMs)
    return record?.body === undefined ? undefined : (JSON.parse(record.body) as Body)
  } catch {
    return undefined // the store is down, so the change is recorded without its differences
  }
}

/**
 * Builds the record of the content in force, with the differences from the last recorded content; none without a
 * difference.
 *
 * Source: AUD-030
 */
export async function contentChange(
  db: Kysely<AuditDatabase>,
  engine: string,
  pack: CardPack,
): Promise<ContentChangeBody | undefined> {
  const before = await newestBody<ContentChangeBody>(db, 'content-change')
  const content = contentSnapshot(pack)
  const same =
    before?.content.pack.hash === pack.hash && before.content.draftsAccepted === pack.draftsAccepted
  if (same && before.engine === engine) return undefined
  if (!before) return { engine, content }
  return { engine, content, previous: before.content.pack, diff: contentDiff(before.content, content) }
}

/**
 * Builds the record of the settings in force, with the differences from the last recorded settings; none without a
 * difference.
 *
 * Source: AUD-031
 */
export async function configChange(
  db: Kysely<AuditDatabase>,
  settings: Settings,
  pseudonyms: Pseudonyms,
): Promise<ConfigChangeBody | undefined> {
  const before = await newestBody<ConfigChangeBody>(db, 'config-change')
  const now = configSnapshot(settings, (value) => pseudonyms(wholeService, 'setting', value))
  if (!before) return { settings: now }
  const changes = configChanges(before.settings, now)
  return changes.length === 0 ? undefined : { settings: now, changes }
}

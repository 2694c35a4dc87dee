import { sql } from 'kysely'
import { RecordStoreLost } from '../../errors.js'
import { knownSteps } from './migrations.js'
import type { AuditStore } from './open-database.js'
import type { Written } from './record-store.js'
import type { StoreFiles } from './store-files.js'
import { madeByNewer, stepsMade } from './store-identity.js'

/** The watched store, and the callbacks for its loss. */
export interface WatchParts {
  db: AuditStore
  files: StoreFiles
  /** The path of the database file, if the store is a file. */
  file: string | undefined
  /** Receives the reason, once, when the store is lost. */
  onLost: (why: string) => void
  /** Writes records to another place that may be lost with the store: the records since the last successful check. */
  rescue: (recent: readonly Written[]) => void
}

const lookEveryMs = 500

/** Reads an unknown schema step and the largest possible file size from the database. */
async function toldBy(db: AuditStore): Promise<{ newer: string | undefined; mostBytes: number }> {
  const newer = (await stepsMade(db)).find((step) => !knownSteps.includes(step))
  const pages = sql<{
    bytes: number
  }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
  const { rows } = await pages.execute(db)
  return { newer, mostBytes: rows[0]?.bytes ?? 0 }
}

/**
 * Checks twice a second whether the files of a store are unchanged.
 *
 * Shape: a lost store stays lost until the next start, because nothing may be written to files that another process may
 *        have changed. At the loss the log of the database is moved into the database file, wherever that file is.
 */
export class StoreWatch {
  private recent: Written[] = []
  private lost = false
  private looking: Promise<void> | undefined
  private readonly watching: NodeJS.Timeout

  constructor(private readonly parts: WatchParts) {
    this.watching = setInterval(() => {
      this.looking ??= this.look()
        .catch(() => undefined) // a store that does not answer is not lost: the spool takes over
        .finally(() => {
          this.looking = undefined
        })
    }, lookEveryMs)
    this.watching.unref()
  }

  isLost(): boolean {
    return this.lost
  }

  /** Throws `RecordStoreLost` once the store is lost. */
  mayWrite(): void {
    if (this.lost) throw new RecordStoreLost()
  }

  /** Remembers records that the store has taken, until the next check. */
  stored(batch: readonly Written[]): void {
    if (this.lost) this.parts.rescue(batch)
    else this.recent.push(...batch)
  }

  /** Marks the store as lost until the next start. */
  lose(why: string): void {
    if (this.lost) return
    const { db, file, onLost, rescue } = this.parts
    this.lost = true
    onLost(why)
    rescue(this.recent)
    this.recent = []
    if (file !== undefined) sql`pragma wal_checkpoint(TRUNCATE)`.execute(db).catch(() => undefined)
  }

  async end(): Promise<void> {
    clearInterval(this.watching)
    await this.looking
  }

  private async look(): Promise<void> {
    if (this.lost) return
    const { db, files, file } = this.parts
    const wrong = files.look()
    if (wrong !== undefined) {
      this.lose(wrong)
      return
    }
    this.recent = []
    if (file === undefined) return
    const bytes = files.bytes()
    const { newer, mostBytes } = await toldBy(db)
    if (newer !== undefined) this.lose(`${file} ${madeByNewer(newer).says}`)
    else if (bytes > mostBytes)
      this.lose(`${file} was overwritten: it has ${bytes} bytes, and at most ${mostBytes} are ours`)
  }
}

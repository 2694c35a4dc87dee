import { sql } from 'kysely'
import { RecordStoreLost } from '../../errors.js'
import { knownSteps } from './migrations.js'
import type { AuditStore } from './open-database.js'
import type { Written } from './record-store.js'
import type { StoreFiles } from './store-files.js'
import { madeByNewer, stepsMade } from './store-identity.js'

/** What is watched, and what is done when it is lost. */
export interface WatchParts {
  db: AuditStore
  files: StoreFiles
  /** Path of the database file, if the store is one. */
  file: string | undefined
  /** Told once why the store is lost. */
  onLost: (why: string) => void
  /** Keeps records elsewhere that may have gone with the store: they were stored since it was last seen in its place. */
  rescue: (recent: readonly Written[]) => void
}

const lookEveryMs = 500

/** What the database tells of itself: steps of its schema, and how large its file can be at most. */
async function toldBy(db: AuditStore): Promise<{ newer: string | undefined; mostBytes: number }> {
  const newer = (await stepsMade(db)).find((step) => !knownSteps.includes(step))
  const pages = sql<{
    bytes: number
  }>`select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`
  const { rows } = await pages.execute(db)
  return { newer, mostBytes: rows[0]?.bytes ?? 0 }
}

/**
 * Looks twice a second whether the files of a store are still in their place.
 *
 * Shape: once lost, a store stays lost until the next start: nothing is written to files that somebody else may have
 *        touched. What the log of the database still held is moved into the file then, wherever that file is now.
 */
export class StoreWatch {
  private recent: Written[] = []
  private lost = false
  private looking: Promise<void> | undefined
  private readonly watching: NodeJS.Timeout

  constructor(private readonly parts: WatchParts) {
    this.watching = setInterval(() => {
      this.looking ??= this.look()
        .catch(() => undefined) // a store that does not answer is no lost one: the spool takes over
        .finally(() => {
          this.looking = undefined
        })
    }, lookEveryMs)
    this.watching.unref()
  }

  isLost(): boolean {
    return this.lost
  }

  /** Throws `RecordStoreLost` once the store is not in its place any more. */
  mayWrite(): void {
    if (this.lost) throw new RecordStoreLost()
  }

  /** Told of records that the store has taken. */
  stored(batch: readonly Written[]): void {
    if (this.lost) this.parts.rescue(batch)
    else this.recent.push(...batch)
  }

  /** Gives the store up until the next start. */
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

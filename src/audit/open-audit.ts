import type { CardPack } from '../cards/card-pack.js'
import type { Settings } from '../settings.js'
import type { Archive } from './archive.js'
import { auditPlaces, streamName } from './audit-places.js'
import { configChange, contentChange, wholeService } from './change-events.js'
import { makeChain } from './chain.js'
import { keyIdOf } from './checkpoint.js'
import { makeCheckpointKeeper } from './checkpoint-keeper.js'
import { sealFor } from './comments/seal-comment.js'
import { makeDurableAudit } from './durable-audit.js'
import type { DurableAudit, RecordMeter } from './durable-audit.js'
import type { Versions } from './invocation-body.js'
import { readEpochKeys, readSigningKey } from './key-files.js'
import { pseudonymsOf } from './pseudonym.js'
import { lookBackMs } from './store/card-queries.js'
import { databaseFile } from './store/database-file.js'
import { makeGroupWriter } from './store/group-writer.js'
import { migrate } from './store/migrations.js'
import { openDatabase } from './store/open-database.js'
import { makePatientsWithFeedback } from './store/patients-with-feedback.js'
import { headsSince, newestRecord } from './store/record-reader.js'
import { makeStoreBatch } from './store/record-store.js'
import type { StoreBatch } from './store/record-store.js'
import { makeSpool } from './store/spool.js'
import { within } from './store/within.js'
import { makeTokenMemory } from './token-memory.js'
import type { TokenMemory } from './token-memory.js'
import { versionsOf } from './versions-of.js'

/** What is told to metrics. */
export interface AuditMeter extends RecordMeter {
  /** Records now in this process's stream. */
  chainLength(records: number): void
  /** The store failed or stalled; `records` were refused because the spool failed too (0: the spool took them). */
  writeFailed(records: number): void
}

/** The part of a logger that the audit uses. */
export interface AuditLog {
  info(message: string, fields?: object): unknown
  warn(message: string, fields?: object): unknown
  error(message: string, fields?: object): unknown
}

/** What the audit is opened with. */
export interface AuditOptions {
  settings: Settings
  /** Version of the service. */
  engine: string
  pack: CardPack
  clock: () => number
  log: AuditLog
  meter?: AuditMeter
  /** How long the store may take over a batch before the spool does; 250 ms unless said otherwise. */
  stallMs?: number
}

/** The audit of a running process. */
export interface OpenAudit extends DurableAudit {
  /** Memory of used tokens that all replicas share; absent with a database file, which one process owns. */
  replay?: TokenMemory
  /** The store, for auditors' questions. */
  archive: Archive
  /** Records what a reload is about to put in force, before any call is decided by it. */
  reloaded(settings: Settings, pack: CardPack): Promise<void>
}

const drainEveryMs = 1_000
/** How long the end may wait for the spool to go into the store; what is left is drained by the next start. */
const lastDrainMs = 2_000

/**
 * Opens the audit: keys, store, spool, chain and checkpoints; and records which content and settings are in force.
 *
 * Edge:   a store that cannot be reached does not stop the start: the spool takes over, and drains when it comes back, or
 *         at the end.
 * Throws: `ConfigError` when keys are missing or malformed.
 */
export async function openAudit(options: AuditOptions): Promise<OpenAudit> {
  const { settings, engine, clock, log, meter, stallMs = 250 } = options
  const places = auditPlaces(settings, (path) =>
    log.warn('audit key created', { file: path, next: 'keep a copy; without it pseudonyms lead nowhere' }),
  )
  const { newest: pseudonyms } = pseudonymsOf(readEpochKeys(places.pseudonymKey))
  const signingKey = readSigningKey(places.signingKey)
  const sealComment = await sealFor(settings.audit)
  const db = openDatabase(settings.audit.database)
  const chain = makeChain(streamName(clock()))
  const spool = makeSpool(places.spoolDir, chain.stream())
  let categories = categoriesOf(options.pack)

  const migrated = onceItWorks(() => migrate(db))
  const insert = makeStoreBatch(db)
  const ownsStore = databaseFile(settings.audit.database) !== undefined
  const withFeedback = ownsStore ? makePatientsWithFeedback(db, () => clock() - lookBackMs) : undefined
  const store: StoreBatch = async (batch, arrival) => {
    await migrated()
    await insert(batch, arrival)
    withFeedback?.learn(batch, arrival)
    meter?.chainLength(chain.head().seq)
    keeper.stored(batch.length)
  }
  const writer = makeGroupWriter({
    chain,
    store,
    spool,
    stallMs,
    onStore: (works) => {
      if (works) log.info('audit store works')
      else {
        meter?.writeFailed(0)
        log.error('audit store failed', { next: 'records go to the spool until it works again' })
      }
    },
    onRefused: (records) => {
      meter?.writeFailed(records)
      log.error('audit spool failed', { records, next: 'no advice is given until store or spool works' })
    },
    onTorn: ({ name, written, torn }) => {
      log.warn('audit spool torn', { file: name, records: written.length, torn })
      const found = { spool: name, kept: written.length, torn }
      audit
        .event('repair', wholeService, found, clock())
        .catch(() => log.warn('audit repair not recorded', found))
    },
  })
  const keeper = makeCheckpointKeeper(
    {
      key: { privateKey: signingKey.privateKey, keyId: keyIdOf(signingKey.publicPem) },
      file: places.checkpointFile,
      clock,
      headsSince: (since) => headsSince(db, since),
      newestAt: async () => {
        const newest = await newestRecord(db, 'checkpoint')
        return newest && Date.parse(newest.at)
      },
      record: (checkpoint, at) => audit.event('checkpoint', wholeService, checkpoint, at),
    },
    () => log.warn('audit checkpoint failed', { next: 'it is tried again within the minute' }),
  )
  const audit = makeDurableAudit({
    db,
    writer,
    stallMs,
    pseudonyms,
    ...(withFeedback && { mayHaveFeedback: withFeedback.mayInclude }),
    ...(sealComment && { sealComment }),
    ...(meter && { meter }),
    versions: versionsByPack(engine),
    categoryOf: (code) => categories.get(code),
    works: () => writer.storeWorks() || spool.works(),
    onClose: async () => {
      clearInterval(ticking)
      if (!spool.isEmpty()) await within(writer.drain(), lastDrainMs).catch(() => undefined)
      await keeper.make('now')
      await db.destroy()
    },
  })

  const recordChanges = async (current: Settings, pack: CardPack): Promise<void> => {
    const content = await contentChange(db, engine, pack)
    if (content) await audit.event('content-change', wholeService, content, clock())
    const config = await configChange(db, current, pseudonyms)
    if (config) await audit.event('config-change', wholeService, config, clock())
  }
  const tick = async (): Promise<void> => {
    try {
      if (!writer.storeWorks() || !spool.isEmpty()) await writer.drain()
      if (writer.storeWorks()) await keeper.make()
    } catch {
      log.warn('audit spool cannot be looked at', { next: 'it is tried again in a second' })
    }
  }
  await writer.drain() // what dead processes left; also asks whether the store works
  const ticking = setInterval(() => void tick(), drainEveryMs)
  ticking.unref()
  await recordChanges(settings, options.pack)
  return {
    ...audit,
    ...(db.takeAnswers && { takeAnswers: db.takeAnswers }),
    archive: { db, note: (type, body) => audit.event(type, wholeService, body, clock()) },
    ...(!ownsStore && { replay: makeTokenMemory(db, stallMs) }),
    async reloaded(current, pack) {
      await recordChanges(current, pack)
      categories = categoriesOf(pack)
    },
  }
}

/** What records say of each pack, worked out once. */
function versionsByPack(engine: string): (pack: CardPack) => Versions {
  const known = new WeakMap<CardPack, Versions>()
  return (pack) => {
    const versions = known.get(pack) ?? versionsOf(engine, pack)
    known.set(pack, versions)
    return versions
  }
}

/** HL7 category by reason code: those we offer, and HL7's own. */
const categoriesOf = ({ overrideReasons: { reasons, hl7 } }: CardPack): ReadonlyMap<string, string> =>
  new Map([
    ...Object.keys(hl7).map((code) => [code, code] as const),
    ...Object.entries(reasons).map(([code, reason]) => [code, reason.hl7] as const),
  ])

/** Runs until it has worked once; then never again. */
function onceItWorks(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined
  return () => {
    done ??= run().catch((error: unknown) => {
      done = undefined
      throw error
    })
    return done
  }
}

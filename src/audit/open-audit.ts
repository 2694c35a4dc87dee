import type { CardPack } from '../cards/card-pack.js'
import type { Settings } from '../config/settings.js'
import type { Archive } from './archive.js'
import type { AuditOptions } from './audit-options.js'
import { wholeService } from './change-events.js'
import { makeDurableAudit } from './durable-audit.js'
import type { DurableAudit } from './durable-audit.js'
import { makeInForce } from './in-force.js'
import type { Versions } from './invocation-body.js'
import { migrationOf } from './migration-record.js'
import { makeOwnCheckpoints } from './own-checkpoints.js'
import { makeRecordWriting } from './record-writing.js'
import { openRecordingParts } from './recording-parts.js'
import type { RecordingParts } from './recording-parts.js'
import { onceItWorks } from './store/once-it-works.js'
import { within } from './store/within.js'
import { makeTending } from './tend-store.js'
import type { TokenMemory } from './token-memory.js'
import { versionsOf } from './versions-of.js'

/** The audit of a running process. */
export interface OpenAudit extends DurableAudit {
  /** The memory of used tokens. */
  tokens: TokenMemory
  /** The store for the questions of auditors. */
  archive: Archive
  /** Records the settings and content that a reload puts in force, before they decide a call. */
  reloaded(settings: Settings, pack: CardPack): Promise<void>
}

const drainEveryMs = 1_000
/** The longest wait at the end for moving the spool into the store; the next start moves the rest. */
const lastDrainMs = 2_000

/**
 * Opens the audit (keys, store, spool, chain and checkpoints), and records which content and settings are in force.
 *
 * Edge:   an unreachable store does not prevent the start: the spool takes over, and is moved into the store when the
 *         store works again, or at the end.
 * Throws: `ConfigError` when keys are missing or malformed, another process owns the store, or the store is not the
 *         store of the last run; `RecordUnavailable` when neither store nor spool takes a record. After an error the
 *         process owns nothing.
 */
export async function openAudit(options: AuditOptions): Promise<OpenAudit> {
  const parts = await openRecordingParts(options)
  try {
    return await begin(parts)
  } catch (error) {
    await parts.owned.close()
    throw error
  }
}

/** Builds the audit on its opened parts, and begins the stream. */
async function begin(parts: RecordingParts): Promise<OpenAudit> {
  const { options, owned, spool, sealComment } = parts
  const { settings, clock, log, meter, stallMs } = options
  const { db } = owned
  const event: DurableAudit['event'] = (type, tenant, body, at) =>
    writer.write({ type, tenant, at: new Date(at).toISOString(), body: JSON.stringify(body) })
  const note: Archive['note'] = (type, body) => event(type, wholeService, body, clock())
  const { writer, tokens } = makeRecordWriting(parts, {
    onStored: (records, late) => keeper.stored(records, late),
    onDamaged: (found) => {
      note('repair', found).catch(() => log.warn('audit repair not recorded', found))
    },
  })
  const keeper = makeOwnCheckpoints(parts, event)
  const inForce = makeInForce(parts, event)
  /** Writes the signed `migration` record of an older store, once. */
  const migrateRecords = onceItWorks(async () => {
    const held = await migrationOf(db)
    if (held) await note('migration', held)
  })
  const tending = makeTending({ owned, writer, spool, migrateRecords, keeper, tokens, clock, log })
  await writer.drain() // moves the spools of ended processes, and tests whether the store works
  const refusal = owned.refusal()
  if (refusal) throw refusal
  await tending.tokens()
  await tending.round() // begins the stream with a checkpoint
  await inForce.record(settings, options.pack)
  const ticking = setInterval(() => void tending.round(), drainEveryMs)
  ticking.unref()
  const audit = makeDurableAudit({
    ...{ db, writer, stallMs, pseudonyms: parts.pseudonyms, event, knownReason: inForce.knownReason },
    ...(sealComment && { sealComment }),
    ...(meter && { meter }),
    versions: versionsByPack(options.engine),
    works: () => !owned.isLost() && (writer.storeWorks() || spool.works()),
    onClose: async () => {
      clearInterval(ticking)
      if (!owned.isLost() && !spool.isEmpty())
        await within(writer.drain(), lastDrainMs).catch(() => undefined)
      if (!owned.isLost()) await within(tokens.tend(clock()), lastDrainMs).catch(() => undefined)
      await keeper.make('now')
      await owned.close()
    },
  })
  return {
    ...audit,
    archive: { db, note },
    tokens,
    reloaded: (current, pack) => inForce.record(current, pack),
  }
}

/** The versions that records name for each pack, computed once for each pack. */
function versionsByPack(engine: string): (pack: CardPack) => Versions {
  const known = new WeakMap<CardPack, Versions>()
  return (pack) => {
    const versions = known.get(pack) ?? versionsOf(engine, pack)
    known.set(pack, versions)
    return versions
  }
}

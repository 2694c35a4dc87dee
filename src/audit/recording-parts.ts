import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { AuditOptions } from './audit-options.js'
import { auditPlaces, streamName } from './audit-places.js'
import type { AuditPlaces } from './audit-places.js'
import { makeChain } from './chain.js'
import type { Chain } from './chain.js'
import { sealFor } from './comments/seal-comment.js'
import type { SealComment } from './comments/seal-comment.js'
import { readEpochKeys, readSigningKey, refuseOpenDatabase } from './key-files.js'
import type { SigningKey } from './key-files.js'
import { pseudonymsOf } from './pseudonym.js'
import type { Pseudonyms } from './pseudonym.js'
import { makeSignHead } from './signed-head.js'
import type { SignHead } from './signed-head.js'
import { openOwnedStore } from './store/owned-store.js'
import type { OwnedStore } from './store/owned-store.js'
import type { Written } from './store/record-store.js'
import { makeSpool, spoolFilesIn } from './store/spool.js'
import type { Spool } from './store/spool.js'

const storeStallMs = 250

/** The parts with which a running process records: its keys, its stream, and its locked store and spool. */
export interface RecordingParts {
  options: AuditOptions & { stallMs: number }
  places: AuditPlaces
  pseudonyms: Pseudonyms
  signingKey: SigningKey
  sealComment?: SealComment
  chain: Chain
  sign: SignHead
  spool: Spool
  owned: OwnedStore
}

/**
 * Reads the keys, begins a stream, and locks the store and the spool; the caller must close `owned`.
 *
 * Throws: `ConfigError` when keys are missing or malformed, or another process owns the store or the spool.
 */
export async function openRecordingParts(options: AuditOptions): Promise<RecordingParts> {
  const { settings, clock, log } = options
  const places = auditPlaces(settings, (path) =>
    log.warn('audit key created', { file: path, next: 'keep a copy; without it pseudonyms lead nowhere' }),
  )
  const { newest: pseudonyms } = pseudonymsOf(readEpochKeys(places.pseudonymKey))
  const signingKey = readSigningKey(places.signingKey)
  const sealComment = await sealFor(settings.audit)
  refuseOpenDatabase(settings)
  tellOlderSpool(places.spoolDir, log)
  const chain = makeChain(streamName(clock()))
  const sign = makeSignHead(signingKey, clock)
  const spool = signedSpool(makeSpool(places.spoolDir, chain.stream()), sign)
  const owned = openOwnedStore({
    address: settings.audit.database,
    spoolDir: places.spoolDir,
    onLost: (why) =>
      log.error('audit store lost', { why, next: 'stop the service, put it back, start again' }),
    rescue: (recent) => keepTwice(recent, spool, log),
  })
  const keys = { places, pseudonyms, signingKey, ...(sealComment && { sealComment }) }
  return { options: { stallMs: storeStallMs, ...options }, ...keys, chain, sign, spool, owned }
}

/** The spool folder of older versions, relative to the working directory; today the spool is beside its database. */
const olderSpool = join('data', 'spool')

/** Warns of records in the spool folder of an older version, which this process does not move into the store. */
function tellOlderSpool(spoolDir: string, log: AuditOptions['log']): void {
  const folder = resolve(olderSpool)
  if (folder === resolve(spoolDir) || !existsSync(folder)) return
  const files = spoolFilesIn(folder).length
  if (files === 0) return
  log.warn('audit spool of an older version holds records', {
    folder,
    files,
    next: 'they are in no store: stop the service, let the version that wrote them drain them, start again',
  })
}

/** Signs the head of every spooled record, because a crash can tear the spool after any record. */
const signedSpool = (spool: Spool, sign: SignHead): Spool => ({
  ...spool,
  append: (batch) => spool.append(batch.map((written) => ({ ...written, head: sign(written.record) }))),
})

/** Writes records also to the spool, when the store that took them was lost directly afterwards. */
function keepTwice(recent: readonly Written[], spool: Spool, log: AuditOptions['log']): void {
  if (recent.length === 0) return
  try {
    spool.append(recent)
  } catch {
    log.error('audit records are in the lost store only', { records: recent.length })
  }
}

import type { CardPack } from '../cards/card-pack.js'
import type { Settings } from '../config/settings.js'
import { configChange, contentChange, wholeService } from './change-events.js'
import type { DurableAudit } from './durable-audit.js'
import { knownReasonsOf } from './known-reasons.js'
import type { KnownReasons } from './known-reasons.js'
import type { RecordingParts } from './recording-parts.js'

/** The content and settings in force, and the record of what they were before. */
export interface InForce {
  /** Records what is different from before, if anything is; then its reasons are the ones that are known. */
  record(settings: Settings, pack: CardPack): Promise<void>
  knownReason: KnownReasons
}

/** Makes what records which content and settings are in force. */
export function makeInForce(
  { options, owned: { db }, pseudonyms }: RecordingParts,
  event: DurableAudit['event'],
): InForce {
  const { engine, clock } = options
  let knownReason = knownReasonsOf(options.pack)
  return {
    async record(settings, pack) {
      const content = await contentChange(db, engine, pack)
      if (content) await event('content-change', wholeService, content, clock())
      const config = await configChange(db, settings, pseudonyms)
      if (config) await event('config-change', wholeService, config, clock())
      knownReason = knownReasonsOf(pack)
    },
    knownReason: (reason) => knownReason(reason),
  }
}

import type { CardPack } from '../cards/card-pack.js'
import type { Settings } from '../config/settings.js'
import { configChange, contentChange, wholeService } from './change-events.js'
import type { DurableAudit } from './durable-audit.js'
import { knownReasonsOf } from './known-reasons.js'
import type { KnownReasons } from './known-reasons.js'
import type { RecordingParts } from './recording-parts.js'

/** Records the content and settings in force, with their differences from the last recorded ones. */
export interface InForce {
  /** Records the differences, if there are any; afterwards the override reasons of this pack are the known reasons. */
  record(settings: Settings, pack: CardPack): Promise<void>
  knownReason: KnownReasons
}

/** Makes the recorder of the content and settings in force. */
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

import { wholeService } from './change-events.js'
import { makeCheckpointKeeper } from './checkpoint-keeper.js'
import type { CheckpointKeeper } from './checkpoint-keeper.js'
import { makeDailyAnchor } from './daily-anchor.js'
import type { DurableAudit } from './durable-audit.js'
import { newestCheckpointAt } from './newest-checkpoint.js'
import type { RecordingParts } from './recording-parts.js'
import { headHolds } from './signed-head.js'
import type { SignedHead } from './signed-head.js'
import { headsAfter } from './store/heads.js'

/** Makes the keeper of this process's checkpoints, which also publishes an anchor once a day. */
export function makeOwnCheckpoints(parts: RecordingParts, event: DurableAudit['event']): CheckpointKeeper {
  const { options, places, chain, owned, signingKey } = parts
  const { settings, clock, log } = options
  return makeCheckpointKeeper(
    {
      key: signingKey,
      file: places.checkpointFile,
      stream: () => chain.stream(),
      clock,
      headsSince: (since) => othersSince(since, parts),
      newestAt: () => newestCheckpointAt(owned.db, signingKey.publicKey),
      record: (checkpoint, at) => event('checkpoint', wholeService, checkpoint, at),
      onMade: makeDailyAnchor({ clock, log, command: settings.audit.anchorCommand }),
    },
    () => log.warn('audit checkpoint failed', { next: 'it is tried again within the minute' }),
  )
}

/** Reads the heads of other streams since a moment, except heads that this key did not sign. */
async function othersSince(
  since: number,
  { options, chain, owned, signingKey }: RecordingParts,
): Promise<readonly SignedHead[]> {
  const others = (await headsAfter(owned.db, since)).filter(({ stream }) => stream !== chain.stream())
  const held = others.filter((head) => headHolds(head, signingKey.publicKey))
  if (held.length < others.length)
    options.log.error('audit heads not signed by this key', {
      streams: others.length - held.length,
      next: 'export the log and run audit verify: it names them',
    })
  return held
}

import { headsAfter } from './store/heads.js'
import { makeCheckpointKeeper } from './checkpoint-keeper.js'
import type { OpenArchive } from './archive.js'
import { newestCheckpointAt } from './newest-checkpoint.js'
import { anchorLine, headHolds } from './signed-head.js'

/**
 * Makes an anchor on demand: a checkpoint in the stream of a command, with the heads of all streams that grew, and the
 * signed head of the checkpoint as one line.
 *
 * Throws: when the checkpoint could not be recorded or written to the checkpoint file.
 */
export async function makeAnchor(archive: OpenArchive, clock: () => number): Promise<string> {
  const { db, signingKey, stream, checkpointFile } = archive
  let anchor: string | undefined
  const keeper = makeCheckpointKeeper(
    {
      key: signingKey,
      file: checkpointFile,
      stream: () => stream,
      headsSince: async (since) =>
        (await headsAfter(db, since)).filter(
          (head) => head.stream !== stream && headHolds(head, signingKey.publicKey),
        ),
      newestAt: () => newestCheckpointAt(db, signingKey.publicKey),
      record: (checkpoint) => archive.note('checkpoint', checkpoint),
      onMade: (head) => {
        anchor = anchorLine(head)
      },
      clock,
    },
    () => undefined,
  )
  await keeper.make()
  if (anchor === undefined) throw new Error('the checkpoint could not be kept')
  return anchor
}

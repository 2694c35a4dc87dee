import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openingKeyOf } from '../audit/comments/comment-keys.js'
import type { OpeningKey } from '../audit/comments/comment-keys.js'
import { commentText } from '../audit/comments/comment-text.js'
import { makeOpenComment } from '../audit/comments/open-comment.js'
import { readComments } from '../audit/comments/read-comments.js'
import type { ReadComment } from '../audit/comments/read-comments.js'
import { purposeOf, rangeOf, withAuditStore } from './audit-store.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit comments --key private.pem [--from DATE] [--to DATE] [--client ID] [--format text|ndjson]
                            [--why privacy]

Prints the comments of feedback, which are kept where audit.comments is true. Each is opened with the private key, which
the privacy role holds, and held against its record; those that do not fit it, are missing, or were sealed for another key
are named. No other command, export or page shows a comment. They may name a patient: mind where the output goes.

Example: mastitis-cds audit comments --key private.pem --from 2026-03-01
Exit code 0 when every comment was opened and fits its record, 1 when not, or when the store cannot be opened; 2 when the
key cannot be read.`

function keyIn(path: string | undefined): OpeningKey {
  if (path === undefined)
    throw new UsageError('Name the private key with --key; see mastitis-cds audit comments --help.')
  let pem: string
  try {
    pem = readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`${path} cannot be read. Name the private key with --key.`)
  }
  const key = openingKeyOf(pem)
  if (!key)
    throw new UsageError(
      `${path} is no private X25519 or P-256 key in PEM, or asks for a passphrase: openssl pkey -in locked.pem takes it off.`,
    )
  return key
}

const lineOf = ({ found, ...about }: ReadComment): string => JSON.stringify({ ...about, ...found })

/**
 * The command `mastitis-cds audit comments`: exit code 1 when a comment could not be opened or does not fit its
 * record.
 */
export function auditComments(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ from: { type: 'string' }, to: { type: 'string' }, client: { type: 'string' } },
      ...{ key: { type: 'string' }, format: { type: 'string' }, why: { type: 'string' } },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const { format = 'text' } = values
  if (format !== 'text' && format !== 'ndjson') throw new UsageError('--format is text or ndjson.')
  const key = keyIn(values.key)
  const range = rangeOf(values)
  const why = purposeOf(values.why ?? 'privacy')
  return withAuditStore(async ({ db, note }) => {
    const open = await makeOpenComment(key)
    await note('access', { what: 'read comments', why, by: 'cli', range, keyId: key.keyId })
    let comments = 0
    let whole = 0
    for await (const read of readComments(db, range, open)) {
      comments += 1
      if (read.found.state === 'whole') whole += 1
      console.log(format === 'text' ? commentText(read) : lineOf(read))
    }
    if (format === 'text') console.log(`${comments} comments, ${whole} of them opened and as they were sent`)
    return whole === comments ? 0 : 1
  })
}

import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { recordOfLine } from '../audit/export-line.js'
import { LogVerifier, faultLine } from '../audit/verify-log.js'
import type { CheckpointLine, LogVerdict } from '../audit/verify-log.js'
import { fileLines } from './file-lines.js'
import { showProgress } from './progress.js'
import type { Progress } from './progress.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit verify <export.ndjson> --key public.pem [--checkpoints checkpoints.ndjson]

Checks an exported log: every hash, every link, every signature. Needs only these files, no database. Names the first bad
record and exits 1 when something was edited, deleted, moved, cut off or forked. Without --checkpoints, only the
checkpoints inside the export tell whether its end was cut off; a process writes its first after 10 minutes, or as it stops.

Example: mastitis-cds audit verify audit.ndjson --key public.pem --checkpoints checkpoints.ndjson
Exit code 0 when the log is whole, 1 with every fault when not, 2 when a file cannot be read.`

function readable(path: string | undefined, what: string): string {
  if (path === undefined) throw new UsageError(`Name ${what}; see mastitis-cds audit verify --help.`)
  if (!existsSync(path)) throw new UsageError(`${path} does not exist. Name ${what}.`)
  return path
}

function publicKeyOf(path: string): KeyObject {
  try {
    return createPublicKey(readFileSync(path))
  } catch {
    throw new UsageError(`${path} is no public key in PEM. Write one with mastitis-cds audit public-key.`)
  }
}

const checkpointMark = '"type":"checkpoint"'

function checkpointOf(text: string): CheckpointLine | undefined {
  try {
    return JSON.parse(text) as CheckpointLine
  } catch {
    return undefined // torn by a crash while it was written, or forged; the verifier refuses what holds no heads
  }
}

/** Gives the verifier every checkpoint, of the second file and of the export itself, before any record is checked. */
function expectCheckpoints(verifier: LogVerifier, exported: string, checkpoints: string | undefined): void {
  if (checkpoints !== undefined)
    for (const text of fileLines(checkpoints, () => undefined)) {
      const checkpoint = checkpointOf(text)
      if (checkpoint) verifier.expect(checkpoint)
    }
  let line = 0
  for (const text of fileLines(exported, () => undefined)) {
    line += 1
    if (!text.includes(checkpointMark)) continue
    const record = recordOfLine(text)
    const checkpoint = record?.body === undefined ? undefined : checkpointOf(record.body)
    if (checkpoint) verifier.expect(checkpoint, line)
  }
}

/** Checks an exported file from its first line to its last. */
export function verifyFile(
  exported: string,
  publicKey: KeyObject,
  checkpoints: string | undefined,
  progress: Progress,
): LogVerdict {
  const verifier = new LogVerifier(publicKey)
  expectCheckpoints(verifier, exported, checkpoints)
  for (const text of fileLines(exported, (read, of) => progress.at(read, of))) verifier.line(text)
  progress.end()
  return verifier.end()
}

/** `mastitis-cds audit verify`: exit code 0 when the log is whole, 1 with the faults when not. */
export function auditVerify(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { key: { type: 'string' }, checkpoints: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const exported = readable(positionals[0], 'the exported log')
  const publicKey = publicKeyOf(readable(values.key, 'the public key with --key'))
  const checkpoints =
    values.checkpoints === undefined ? undefined : readable(values.checkpoints, 'the checkpoint file')
  const verdict = verifyFile(exported, publicKey, checkpoints, showProgress('verifying'))
  const { records, streams, purged, unsigned, faults } = verdict
  console.log(
    `${records} records in ${streams} streams, ${purged} of them purged; ${verdict.checkpoints} checkpoints`,
  )
  if (unsigned > 0) console.log(`${unsigned} records came after the last checkpoint of their stream`)
  const [first] = faults
  if (!first) {
    console.log('the log is whole')
    return 0
  }
  console.log(`first bad: ${faultLine(first)}`)
  for (const fault of faults.slice(1)) console.log(`also: ${faultLine(fault)}`)
  return 1
}

import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ChainEvidence } from '../audit/verify/evidence.js'
import { faultLine } from '../audit/verify/faults.js'
import { LogVerifier } from '../audit/verify/log-verifier.js'
import type { LogVerdict } from '../audit/verify/log-verifier.js'
import { fileLines, filePieces } from './file-lines.js'
import { showProgress } from './progress.js'
import type { Progress } from './progress.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit verify <export.ndjson> --key public.pem [--checkpoints checkpoints.ndjson] [--anchor anchors.txt]

Checks an exported log: every hash, link, signature and body, and every row that follows from a body. Needs only these files,
no database. Names the first bad place and exits 1 when anything was edited, deleted, moved, invented or cut off.
--checkpoints and --anchor (both may be given several times: one list of each replica) are what was kept outside the store:
without one of them nobody can tell whether the end of the log was cut off. An anchor file holds lines that audit anchor or
the log printed, or is an older copy of the checkpoint list.

Example: mastitis-cds audit verify audit.ndjson --key public.pem --checkpoints checkpoints.ndjson --anchor anchors.txt
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

/** The files to check, and the files to check them against. */
export interface VerifyFiles {
  exported: string
  publicKey: KeyObject
  /** Lists of signed checkpoints, one for each replica. */
  checkpoints?: readonly string[]
  /** Anchor lines, or older copies of checkpoint lists. */
  anchors?: readonly string[]
}

const quietly = (): void => undefined

/** More bytes than a line has before its body. */
const beginningBytes = 600

/** Reads all evidence of what the export must hold, before any record is checked. */
function evidenceOf({ exported, publicKey, checkpoints = [], anchors = [] }: VerifyFiles): ChainEvidence {
  const evidence = new ChainEvidence(publicKey)
  const each = (path: string, take: (text: string, line: number) => void): void => {
    let line = 0
    for (const text of fileLines(path, quietly)) {
      line += 1
      if (text.trim() !== '') take(text, line)
    }
  }
  if (checkpoints.length > 0) evidence.list()
  for (const path of checkpoints) each(path, (text, line) => evidence.listed(text, path, line))
  for (const path of anchors) each(path, (text, line) => evidence.anchored(text, path, line))
  let line = 0
  for (const piece of filePieces(exported, quietly)) {
    line += 1
    if (ChainEvidence.concerns(piece.toString('latin1', 0, beginningBytes)))
      evidence.exported(piece.toString('utf8'), line)
  }
  evidence.end()
  return evidence
}

/** Checks an exported file from its first line to its last. */
export function verifyFile(files: VerifyFiles, progress: Progress): LogVerdict {
  const verifier = new LogVerifier(evidenceOf(files))
  for (const text of fileLines(files.exported, (read, of) => progress.at(read, of))) verifier.line(text)
  progress.end()
  if (verifier.needsAll()) for (const text of fileLines(files.exported, quietly)) verifier.settle(text)
  return verifier.end()
}

/** The summary of a log, printed beside its faults. */
function summary(verdict: LogVerdict, isVouchedOutside: boolean): readonly string[] {
  const { records, streams, purged, checkpoints, older, notOutside, unreadable } = verdict
  return [
    `${records} records in ${streams} streams, ${purged} of them purged; ${checkpoints} checkpoints`,
    ...unreadable.map((where) => `${where} cannot be read: torn by a crash, or edited`),
    ...(older.records > 0
      ? [
          `${older.records} records are from before streams were signed: vouched for by old checkpoints only` +
            (older.unvouched > 0 ? `, ${older.unvouched} of them by none` : ''),
        ]
      : []),
    isVouchedOutside
      ? `${notOutside} records came after the last anchor or checkpoint given: their removal could not be noticed`
      : 'neither --anchor nor --checkpoints was given: nobody can tell whether the end of the log was cut off',
  ]
}

/** The command `mastitis-cds audit verify`: exit code 0 when the log is whole, 1 with the faults otherwise. */
export function auditVerify(args: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      ...{ key: { type: 'string' }, help: { type: 'boolean' } },
      ...{ checkpoints: { type: 'string', multiple: true }, anchor: { type: 'string', multiple: true } },
    },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const exported = readable(positionals[0], 'the exported log')
  const publicKey = publicKeyOf(readable(values.key, 'the public key with --key'))
  const checkpoints = (values.checkpoints ?? []).map((path) => readable(path, 'the checkpoint file'))
  const anchors = (values.anchor ?? []).map((path) => readable(path, 'the anchor file'))
  const verdict = verifyFile({ exported, publicKey, checkpoints, anchors }, showProgress('verifying'))
  for (const line of summary(verdict, checkpoints.length + anchors.length > 0)) console.log(line)
  const { faults } = verdict
  const [first] = faults
  if (!first) {
    console.log('the log is whole')
    return 0
  }
  console.log(`first bad: ${faultLine(first)}`)
  for (const fault of faults.slice(1)) console.log(`also: ${faultLine(fault)}`)
  return 1
}

import type { KeyObject } from 'node:crypto'
import { genesis, makeChainVerifier } from './chain.js'
import type { ChainFault } from './chain.js'
import { checkpointHolds } from './checkpoint.js'
import type { Checkpoint, Head } from './checkpoint.js'
import { recordOfLine } from './export-line.js'

/** One thing wrong in an export: where, and what. */
export interface LogFault {
  /** Line of the export, from 1; absent when a record is missing at its end. */
  line?: number
  stream?: string
  seq?: number
  says: ChainFault['says'] | 'not-a-record' | 'checkpoint-forged' | 'truncated' | 'forked'
}

/** What a whole check came to. */
export interface LogVerdict {
  records: number
  streams: number
  purged: number
  checkpoints: number
  /** Records after the last checkpoint of their stream: the chain holds, but nobody signed its end yet. */
  unsigned: number
  faults: readonly LogFault[]
}

/** A checkpoint of the second file; `record` is its own place in the chain, kept beside the signed statement. */
export type CheckpointLine = Checkpoint & { record?: Head }

const mostFaults = 20

/**
 * Checks an exported log line by line, with no database and nothing but the public key.
 *
 * Shape:  `expect` takes all checkpoints before the first line is read; then each line; then `end`.
 * Edge:   a record without body was purged and is checked by its envelope. `from` starts in the middle of a stream, at a
 *         head that is trusted.
 * Source: AUD-102, SEC-120
 */
export class LogVerifier {
  private readonly faults: LogFault[] = []
  private readonly signed = new Map<string, Map<number, string>>()
  private readonly verifiers = new Map<string, { check: ReturnType<typeof makeChainVerifier>; seq: number }>()
  private readonly counts = { records: 0, purged: 0, checkpoints: 0, lines: 0 }

  constructor(
    private readonly publicKey: KeyObject,
    private readonly from?: Head,
  ) {}

  /** Takes a checkpoint: the records it names must be in the export, with these hashes. */
  expect(checkpoint: CheckpointLine, line?: number): void {
    if (!checkpointHolds(checkpoint, this.publicKey)) {
      this.fault({ ...(line !== undefined && { line }), says: 'checkpoint-forged' })
      return
    }
    this.counts.checkpoints += 1
    const { heads, record } = checkpoint
    for (const head of record ? [...heads, record] : heads) {
      const ofStream = this.signed.get(head.stream) ?? new Map<number, string>()
      ofStream.set(head.seq, head.hash)
      this.signed.set(head.stream, ofStream)
    }
  }

  /** Checks one line; gives the fault if it has one. */
  line(text: string): LogFault | undefined {
    const { counts } = this
    counts.lines += 1
    const record = recordOfLine(text)
    if (!record) return this.fault({ line: counts.lines, says: 'not-a-record' })
    counts.records += 1
    if (record.body === undefined) counts.purged += 1
    const { stream, seq, hash } = record
    const ofStream = this.ofStream(stream)
    const fault = ofStream.check(record)
    ofStream.seq = Math.max(ofStream.seq, seq)
    if (fault) return this.fault({ line: counts.lines, ...fault })
    const signed = this.signed.get(stream)?.get(seq)
    if (signed !== undefined && signed !== hash)
      return this.fault({ line: counts.lines, stream, seq, says: 'forked' })
    return undefined
  }

  /** Ends the check: what checkpoints name must have been there. */
  end(): LogVerdict {
    let unsigned = 0
    for (const [stream, heads] of this.signed) {
      const reached = this.verifiers.get(stream)?.seq ?? this.startOf(stream).seq
      const last = Math.max(...heads.keys())
      if (last > reached) this.fault({ stream, seq: reached + 1, says: 'truncated' })
    }
    for (const [stream, { seq }] of this.verifiers)
      unsigned += Math.max(0, seq - Math.max(0, ...(this.signed.get(stream)?.keys() ?? [])))
    const { records, purged, checkpoints } = this.counts
    return { records, purged, checkpoints, streams: this.verifiers.size, unsigned, faults: this.faults }
  }

  private ofStream(stream: string) {
    const known = this.verifiers.get(stream)
    if (known) return known
    const start = this.startOf(stream)
    const fresh = { check: makeChainVerifier(stream, start), seq: start.seq }
    this.verifiers.set(stream, fresh)
    return fresh
  }

  private startOf(stream: string): { seq: number; hash: string } {
    return this.from?.stream === stream ? this.from : { seq: 0, hash: genesis }
  }

  private fault(fault: LogFault): LogFault {
    if (this.faults.length < mostFaults) this.faults.push(fault)
    return fault
  }
}

const faultWords: Readonly<Record<LogFault['says'], string>> = {
  'not-a-record': 'is not a record as the export writes it: edited or torn',
  edited: 'was edited: its hash does not fit',
  'body-edited': 'has another body or salt than it was recorded with',
  missing: 'is missing',
  'out-of-order': 'is not where a next record belongs: repeated, moved or forked',
  unlinked: 'does not link to the record before it',
  'checkpoint-forged': 'is a checkpoint that this key did not sign',
  truncated: 'is missing: a signed checkpoint says that the stream went on',
  forked: 'is another record than the one a signed checkpoint names',
}

/** A fault as one line for people. */
export const faultLine = ({ line, stream, seq, says }: LogFault): string =>
  [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(stream === undefined ? [] : [`record ${seq ?? '?'} of stream ${stream}`]),
    faultWords[says],
  ].join(': ')

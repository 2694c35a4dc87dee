import { makeChainVerifier } from '../chain.js'
import {
  headOfLine,
  isHeadLine,
  isRowLine,
  isStrangeLine,
  recordOfLine,
  strangeOfLine,
} from '../export-line.js'
import type { ExportedRecord } from '../export-line.js'
import type { Head } from '../signed-head.js'
import { EarlierChecker } from './earlier-checker.js'
import type { ChainEvidence } from './evidence.js'
import type { LogFault } from './faults.js'
import { RowChecker } from './row-checker.js'

/** The result of a whole check. */
export interface LogVerdict {
  records: number
  streams: number
  purged: number
  checkpoints: number
  /** The number of records from before streams were signed, and how many of them no old checkpoint covers. */
  older: { records: number; unvouched: number }
  /** The number of records that no copy outside the store covers, so that their removal could not be noticed. */
  notOutside: number
  /** The lines of checkpoint lists that cannot be read. */
  unreadable: readonly string[]
  faults: readonly LogFault[]
}

interface StreamCheck {
  check: ReturnType<typeof makeChainVerifier>
  seq: number
}

/** The record types whose body a purge may erase; a record of any other type must have its body. */
const purgeable: ReadonlySet<string> = new Set(['invocation', 'feedback'])

/**
 * Checks an exported log line by line, without a database, against `ChainEvidence`.
 *
 * Shape:  call `line` for each line, then `end`; when `needsAll` is true, pass each line again to `settle` before
 *         `end`.
 * Source: AUD-102, SEC-120
 */
export class LogVerifier {
  private readonly streams = new Map<string, StreamCheck>()
  private readonly rows: RowChecker
  private readonly earlier: EarlierChecker
  /** The names of the last streams; streams must come in the order of their names. */
  private lastHead = ''
  private lastStream = ''
  private readonly counts = { records: 0, purged: 0, lines: 0 }

  constructor(private readonly evidence: ChainEvidence) {
    this.rows = new RowChecker(evidence.faults)
    this.earlier = new EarlierChecker(evidence.faults, (place) => evidence.purgedAt(place))
  }

  /** Checks one line, and returns its fault if there is one. */
  line(text: string): LogFault | undefined {
    const { counts, evidence } = this
    counts.lines += 1
    if (isHeadLine(text)) return this.headInOrder(text)
    if (isRowLine(text)) return this.rows.row(text, counts.lines)
    if (isStrangeLine(text)) return this.strange(text)
    const record = recordOfLine(text)
    if (!record) return evidence.faults.add({ line: counts.lines, says: 'not-a-line' })
    counts.records += 1
    if (record.body === undefined) counts.purged += 1
    const says = this.chained(record) ?? this.bodyFault(record)
    const { stream } = record
    const fault = says && evidence.faults.add({ line: counts.lines, stream, ...says })
    this.earlier.call(record)
    return this.rows.record(record, counts.lines, evidence.older.has(stream)) ?? fault
  }

  /** Adds a fault for a row at a place where the service writes no row. */
  private strange(text: string): LogFault {
    const { faults } = this.evidence
    const { lines: line } = this.counts
    const row = strangeOfLine(text)
    if (!row) return faults.add({ line, says: 'not-a-line' })
    const of = `row of ${row.table} at number ${row.seq} of stream ${row.stream}`
    return faults.add({ line, of, says: 'strange-row' })
  }

  /** Checks the order of heads: before all records, by stream name. `ChainEvidence` has checked each head. */
  private headInOrder(text: string): LogFault | undefined {
    const head = headOfLine(text)
    const inOrder = this.counts.records === 0 && (head?.stream ?? '') > this.lastHead
    this.lastHead = head?.stream ?? this.lastHead
    if (inOrder || !head) return undefined
    const { stream, seq } = head
    return this.evidence.faults.add({ line: this.counts.lines, stream, seq, says: 'out-of-order' })
  }

  /** Must all lines be read a second time? */
  needsAll(): boolean {
    return this.rows.close() || this.earlier.isOpen()
  }

  settle(text: string): void {
    this.rows.settle(text)
    this.earlier.settle(text)
  }

  /** Ends the check, and adds a fault for each stream that ends before its signed or named record. */
  end(): LogVerdict {
    const { evidence, streams, counts } = this
    this.rows.end()
    this.earlier.end()
    const { faults } = evidence
    const expected = new Map<string, number>()
    const expect = (stream: string, seq: number): void => {
      expected.set(stream, Math.max(seq, expected.get(stream) ?? 0))
    }
    for (const { stream, seq } of [...evidence.ends.values(), ...evidence.older.values()]) expect(stream, seq)
    for (const [stream, heads] of evidence.named) for (const seq of heads.keys()) expect(stream, seq)
    for (const [stream, seq] of expected) {
      const reached = streams.get(stream)?.seq ?? 0
      if (seq > reached) faults.add({ stream, seq: reached + 1, says: 'truncated' })
    }
    return {
      records: counts.records,
      streams: streams.size,
      purged: counts.purged,
      checkpoints: evidence.checkpoints,
      older: this.older(),
      notOutside: this.notOutside(),
      unreadable: evidence.unreadable,
      faults: faults.first,
    }
  }

  private chained(record: ExportedRecord): Pick<LogFault, 'seq' | 'says'> | undefined {
    const { stream, seq, hash } = record
    const known = this.streams.get(stream)
    const ofStream = known ?? { check: makeChainVerifier(stream), seq: 0 }
    this.streams.set(stream, ofStream)
    const fault = ofStream.check(record)
    ofStream.seq = Math.max(ofStream.seq, seq)
    if (fault) return { seq: fault.seq, says: fault.says }
    const inOrder = stream >= this.lastStream
    this.lastStream = stream
    if (!inOrder) return { seq, says: 'out-of-order' }
    const end: Head | undefined = this.evidence.ends.get(stream) ?? this.evidence.older.get(stream)
    if (!end) return known ? undefined : { seq, says: 'stream-unsigned' }
    if (seq > end.seq) return { seq, says: 'record-unsigned' }
    const signed = seq === end.seq ? end.hash : this.evidence.named.get(stream)?.get(seq)
    return signed !== undefined && signed !== hash ? { seq, says: 'forked' } : undefined
  }

  private bodyFault(record: ExportedRecord): Pick<LogFault, 'seq' | 'says'> | undefined {
    const { type, seq, body, salt } = record
    const { purged, purgedBefore } = this.evidence
    const isPurged = purgeable.has(type) && (purged.has(record) || purgedBefore.has(record))
    if (body === undefined) return isPurged && salt === undefined ? undefined : { seq, says: 'body-missing' }
    return isPurged ? { seq, says: 'purge-undone' } : undefined
  }

  private older(): LogVerdict['older'] {
    let [records, unvouched] = [0, 0]
    for (const stream of this.evidence.older.keys()) {
      const last = this.streams.get(stream)?.seq ?? 0
      records += last
      unvouched += last - Math.min(last, Math.max(0, ...(this.evidence.named.get(stream)?.keys() ?? [])))
    }
    return { records, unvouched }
  }

  /** Counts the records that nothing outside the store covers; a covered record also covers the heads that it names. */
  private notOutside(): number {
    const covered = new Map<string, number>()
    const cover = ({ stream, seq }: Head): boolean => {
      if (seq <= (covered.get(stream) ?? 0)) return false
      covered.set(stream, seq)
      return true
    }
    for (const head of this.evidence.outside) cover(head)
    const newestFirst = [...this.evidence.namings].reverse() // later streams name earlier streams
    for (let grew = true; grew;) {
      grew = false
      for (const { at, heads } of newestFirst)
        if (at.seq <= (covered.get(at.stream) ?? 0)) for (const head of heads) grew = cover(head) || grew
    }
    let rest = 0
    for (const [stream, { seq }] of this.streams) rest += Math.max(0, seq - (covered.get(stream) ?? 0))
    return rest
  }
}

import type { KeyObject } from 'node:crypto'
import { checkpointHolds } from '../checkpoint.js'
import type { Checkpoint } from '../checkpoint.js'
import { headOfLine, isHeadLine, recordOfLine } from '../export-line.js'
import type { MigrationBody } from '../migration-record.js'
import { PlaceSet } from '../place-ranges.js'
import type { Place, PlaceRanges } from '../place-ranges.js'
import type { PurgeBody } from '../purge-body.js'
import type { StoredRecord } from '../record.js'
import { anchorOf, headHolds } from '../signed-head.js'
import type { Head, SignedHead } from '../signed-head.js'
import { CheckpointLinks, type CheckpointLine } from './checkpoint-links.js'
import { FaultList } from './faults.js'

const typeMark = '"type":"'
const speaking = ['checkpoint"', 'migration"', 'purge"']

/**
 * Collects the requirements on an export: signed heads, checkpoints, migration and purge records, and copies kept
 * outside the store.
 *
 * Shape: takes all lines before any record is checked. The content of a record counts at once; whether the record is
 *        genuine is checked afterwards, with all other records.
 */
export class ChainEvidence {
  readonly faults = new FaultList()
  /** The signed ends of streams. */
  readonly ends = new Map<string, SignedHead>()
  /** The ends of the streams from before signing began. */
  readonly older = new Map<string, Head>()
  /** The hashes of records that checkpoints and anchors name, by stream and number. */
  readonly named = new Map<string, Map<number, string>>()
  readonly purged = new PlaceSet()
  readonly purgedBefore = new PlaceSet()
  /** Each purge with its moment and its places. */
  private readonly purges: { at: number; places: PlaceSet }[] = []
  /** The heads that each record names: an anchor that covers the record covers these heads too. */
  readonly namings: { at: Place; heads: readonly Head[] }[] = []
  /** The heads that are kept outside the store. */
  readonly outside: Head[] = []
  readonly unreadable: string[] = []
  checkpoints = 0
  private readonly links = new CheckpointLinks(this.faults)
  private migration: string | undefined

  constructor(private readonly publicKey: KeyObject) {}

  /** Can a line with this beginning be of interest to `exported`? */
  static concerns(beginning: string): boolean {
    const type = beginning.indexOf(typeMark) + typeMark.length
    return isHeadLine(beginning) || speaking.some((word) => beginning.startsWith(word, type))
  }

  /** Takes a line of the export, and ignores lines that name no other record. */
  exported(text: string, line: number): void {
    if (isHeadLine(text)) {
      this.head(text, line)
      return
    }
    if (!ChainEvidence.concerns(text.slice(0, 600))) return
    const record = recordOfLine(text)
    if (record?.body === undefined) return
    try {
      this.spoken(record, JSON.parse(record.body), line)
    } catch {
      this.faults.add({ line, says: 'not-a-line' })
    }
  }

  /** Begins a checkpoint list, whose lines follow. */
  list(): void {
    this.links.begin()
  }

  /** Takes a line of a checkpoint list; `list` is the name of the file, for messages. */
  listed(text: string, list: string, line: number): void {
    const checkpoint = parsed(text) as CheckpointLine | undefined
    if (!checkpoint) {
      this.unreadable.push(`line ${line} of ${list}`)
      return
    }
    if (!this.takeOutside(checkpoint))
      this.faults.add({ of: `line ${line} of ${list}`, says: 'checkpoint-forged' })
    else this.links.listed(checkpoint)
  }

  /**
   * Takes a line of an anchor file: an anchor, a line of a log that holds one, or a line of an older checkpoint list.
   */
  anchored(text: string, file: string, line: number): void {
    const object = parsed(text) as (CheckpointLine & { anchor?: string }) | undefined
    const anchor = anchorOf(object?.anchor ?? text)
    if (anchor && headHolds(anchor, this.publicKey)) {
      this.outside.push(anchor)
      this.name(anchor)
      this.links.expectListed(anchor)
    } else if (object?.heads && this.takeOutside(object)) this.links.expectListed(object)
    else this.faults.add({ of: `line ${line} of ${file}`, says: 'anchor-unreadable' })
  }

  /**
   * The moment when the record at a place was purged; 0 for a purge before streams were signed, `undefined` when not
   * purged.
   */
  purgedAt(place: Place): number | undefined {
    if (this.purgedBefore.has(place)) return 0
    return this.purges.find(({ places }) => places.has(place))?.at
  }

  /** Adds the faults that concern the whole evidence. */
  end(): void {
    this.links.end()
    if (this.migration === undefined) this.faults.add({ says: 'migration-missing' })
  }

  private head(text: string, line: number): void {
    const head = headOfLine(text)
    if (!head) this.faults.add({ line, says: 'not-a-line' })
    else if (!headHolds(head, this.publicKey))
      this.faults.add({ line, stream: head.stream, seq: head.seq, says: 'head-forged' })
    else if (this.ends.has(head.stream))
      this.faults.add({ line, stream: head.stream, seq: head.seq, says: 'head-twice' })
    else this.ends.set(head.stream, head)
  }

  private spoken(record: StoredRecord, body: unknown, line: number): void {
    const { type, stream, seq } = record
    if (type === 'purge') this.purge((body as PurgeBody).places ?? {}, Date.parse(record.at))
    if (type === 'checkpoint') {
      const checkpoint = body as Checkpoint
      if (!this.take(checkpoint)) this.faults.add({ line, stream, seq, says: 'checkpoint-forged' })
      else this.namings.push({ at: { stream, seq }, heads: checkpoint.heads })
    }
    if (type === 'migration') {
      const said = JSON.stringify(body)
      if (this.migration !== undefined && this.migration !== said)
        this.faults.add({ line, stream, seq, says: 'migration-differs' })
      this.migration ??= said
      const { older, purged } = body as MigrationBody
      for (const head of older) this.older.set(head.stream, head)
      this.purgedBefore.add(purged)
      this.namings.push({ at: { stream, seq }, heads: older })
    }
  }

  private purge(ranges: PlaceRanges, at: number): void {
    this.purged.add(ranges)
    const places = new PlaceSet()
    places.add(ranges)
    this.purges.push({ at, places })
  }

  private take(checkpoint: Checkpoint): boolean {
    if (!checkpointHolds(checkpoint, this.publicKey)) return false
    this.checkpoints += 1
    for (const head of checkpoint.heads) this.name(head)
    this.links.take(checkpoint)
    return true
  }

  private takeOutside(checkpoint: CheckpointLine): boolean {
    const { record } = checkpoint
    const isSigned =
      checkpoint.by === undefined || (record && headHolds(record as SignedHead, this.publicKey))
    if (!isSigned || !checkpointHolds(checkpoint, this.publicKey)) return false
    for (const head of record ? [...checkpoint.heads, record] : checkpoint.heads) {
      this.name(head)
      this.outside.push(head)
    }
    this.links.take(checkpoint)
    return true
  }

  private name({ stream, seq, hash }: Head): void {
    const ofStream = this.named.get(stream) ?? new Map<number, string>()
    ofStream.set(seq, hash)
    this.named.set(stream, ofStream)
  }
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined // torn by a crash, or edited
  }
}

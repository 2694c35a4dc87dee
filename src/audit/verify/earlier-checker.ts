import { recordOfLine } from '../export-line.js'
import type { InvocationBody } from '../invocation-body.js'
import type { Place } from '../place-ranges.js'
import type { StoredRecord } from '../record.js'
import { claimsOf, givenBy, overriddenBy } from './earlier-claim.js'
import type { BorneOut, EarlierClaim, PurgedAt } from './earlier-claim.js'
import type { FaultList } from './faults.js'

/** The first version of records that name the records behind an earlier card. */
const namesPlaces = 3

/**
 * Texts that only the body of a call with an earlier override or a repeated card contains, because JSON escapes
 * quotation marks.
 */
const marks = ['"outcome":"overridden"', '"suppressed:repeated"']

/** A claim, and the matching records once they are found. */
interface OpenClaim extends EarlierClaim {
  card?: BorneOut | undefined
  feedback?: BorneOut | undefined
}

const keyOf = ({ stream, seq }: Place): string => `${seq} ${stream}`
const lineBeginning = /^\{"schemaVersion":\d+,"stream":"([^"\\]*)","seq":(\d+),/

/**
 * Checks that the records named by a call support the earlier cards that hid a card. Otherwise the rows of the database
 * were changed while the call ran.
 *
 * Shape:   call `call` for each record; when `isOpen` is true, pass all lines again to `settle`; then call `end`.
 * Missing: records before version 3 name no places and are not checked.
 */
export class EarlierChecker {
  private readonly claims = new Map<string, OpenClaim>()
  private readonly awaited = new Map<string, OpenClaim[]>()

  constructor(
    private readonly faults: FaultList,
    private readonly purgedAt: PurgedAt,
  ) {}

  /** Takes the claims of a call about earlier cards. */
  call(record: StoredRecord): void {
    const { type, schemaVersion, body } = record
    if (type !== 'invocation' || schemaVersion < namesPlaces || body === undefined) return
    if (!marks.some((mark) => body.includes(mark))) return
    try {
      for (const claim of claimsOf(record, JSON.parse(body) as InvocationBody)) this.open(claim)
    } catch {
      return // the body was changed, which its hash shows
    }
  }

  /** Must all lines be read a second time? */
  isOpen(): boolean {
    return this.claims.size > 0
  }

  /** Takes a line in the second reading, which may be a record that a call named. */
  settle(text: string): void {
    const [, stream, seq] = lineBeginning.exec(text) ?? []
    const awaiting = stream === undefined ? undefined : this.awaited.get(keyOf({ stream, seq: Number(seq) }))
    const record = awaiting && recordOfLine(text)
    if (!record) return
    try {
      for (const claim of awaiting) {
        claim.card ??= givenBy(record, claim, this.purgedAt)
        claim.feedback ??= overriddenBy(record, claim, this.purgedAt)
      }
    } catch {
      return // the body was changed, which its hash shows
    }
  }

  /** Adds a fault for each call whose earlier cards no record supports. */
  end(): void {
    for (const { call, earlier, card, feedback } of this.claims.values()) {
      const isShown = earlier.outcome === 'shown'
      const isSame = card?.uuid === undefined || feedback?.uuid === undefined || card.uuid === feedback.uuid
      if (card && (isShown || (feedback && isSame))) continue
      this.faults.add({ ...call, of: `earlier card ${earlier.kind}`, says: 'earlier-unfounded' })
    }
  }

  /** Opens a claim; equal claims of several calls of one user are checked once. */
  private open(claim: EarlierClaim): void {
    const { tenant, patientRef, userRef, earlier } = claim
    const same = JSON.stringify([tenant, patientRef, userRef, earlier])
    if (this.claims.has(same)) return
    this.claims.set(same, claim)
    const { card, feedback } = earlier.places ?? {}
    for (const place of [card, feedback]) if (place) this.await(keyOf(place), claim)
  }

  private await(key: string, claim: OpenClaim): void {
    const known = this.awaited.get(key)
    if (known) known.push(claim)
    else this.awaited.set(key, [claim])
  }
}

import { recordOfLine } from '../export-line.js'
import type { InvocationBody } from '../invocation-body.js'
import type { Place } from '../place-ranges.js'
import type { StoredRecord } from '../record.js'
import { claimsOf, givenBy, overriddenBy } from './earlier-claim.js'
import type { BorneOut, EarlierClaim, PurgedAt } from './earlier-claim.js'
import type { FaultList } from './faults.js'

/** Records from this version on name the records that an earlier card stands on. */
const namesPlaces = 3

/** In the body of a call that knew of an override, or hid a card as repeated, and nowhere else: JSON escapes quotation marks. */
const marks = ['"outcome":"overridden"', '"suppressed:repeated"']

/** A claim, and what its records said once they were found. */
interface OpenClaim extends EarlierClaim {
  card?: BorneOut | undefined
  feedback?: BorneOut | undefined
}

const keyOf = ({ stream, seq }: Place): string => `${seq} ${stream}`
const lineBeginning = /^\{"schemaVersion":\d+,"stream":"([^"\\]*)","seq":(\d+),/

/**
 * Checks that the earlier cards that hid a card in a call are borne out by the records that the call names: else somebody
 * put rows into the database, or changed them, for the time of that call.
 *
 * Shape:   `call` for each record; when `isOpen`, all lines once more through `settle`; then `end`.
 * Missing: records before version 3 name no places and are not checked.
 */
export class EarlierChecker {
  private readonly claims = new Map<string, OpenClaim>()
  private readonly awaited = new Map<string, OpenClaim[]>()

  constructor(
    private readonly faults: FaultList,
    private readonly purgedAt: PurgedAt,
  ) {}

  /** Takes what a call says of earlier cards. */
  call(record: StoredRecord): void {
    const { type, schemaVersion, body } = record
    if (type !== 'invocation' || schemaVersion < namesPlaces || body === undefined) return
    if (!marks.some((mark) => body.includes(mark))) return
    try {
      for (const claim of claimsOf(record, JSON.parse(body) as InvocationBody)) this.open(claim)
    } catch {
      return // not as the service writes it: its hash says so
    }
  }

  /** Are all lines needed once more? */
  isOpen(): boolean {
    return this.claims.size > 0
  }

  /** Takes a line once more: it may be a record that a call named. */
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
      return // not as the service writes it: its hash says so
    }
  }

  /** Names the calls whose earlier cards are not on record. */
  end(): void {
    for (const { call, earlier, card, feedback } of this.claims.values()) {
      const isShown = earlier.outcome === 'shown'
      const isSame = card?.uuid === undefined || feedback?.uuid === undefined || card.uuid === feedback.uuid
      if (card && (isShown || (feedback && isSame))) continue
      this.faults.add({ ...call, of: `earlier card ${earlier.kind}`, says: 'earlier-unfounded' })
    }
  }

  /** Calls that stand on the same override, for the same user, are checked once. */
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

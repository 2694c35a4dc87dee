import { isRowLine, recordOfLine, rowLine, rowOfLine } from '../export-line.js'
import type { ExportedRecord, ExportedRow } from '../export-line.js'
import type { Place } from '../place-ranges.js'
import { rowsOf } from '../record-rows.js'
import type { RecordRows } from '../record-rows.js'
import type { FaultList, LogFault } from './faults.js'

type FeedbackRow = Extract<ExportedRow, { table: 'feedback' }>['row']

/** The current record, with its expected rows. */
interface Current {
  record: ExportedRecord
  line: number
  cards: Map<string, string>
  feedback: FeedbackRow | undefined
  patientIsKnown: boolean
}

/** A patient in a row, which only the record of the card can confirm. */
interface Claim extends Place {
  patientRef: string | null
  confirmed: boolean
}

const keyOf = ({ tenant, card, outcome, outcome_at: at }: FeedbackRow): string =>
  JSON.stringify([tenant, card, outcome, at])
const cardKey = (tenant: string, card: string): string => `${tenant} ${card}`

/**
 * Checks that the rows after each record are exactly the rows that follow from its body.
 *
 * Shape: holds the rows of one record. Feedback whose body does not name the patient, and repeated feedback, depend on
 *        another record; these few cases are kept, and `settle` reads all lines again for them.
 */
export class RowChecker {
  private current: Current | undefined
  private readonly claims = new Map<string, Claim[]>()
  private readonly repeats = new Map<string, Place>()

  constructor(private readonly faults: FaultList) {}

  /**
   * Begins a record, after the rows of the record before are complete. Rows of older records hold no override reason.
   */
  record(record: ExportedRecord, line: number, isOlder: boolean): LogFault | undefined {
    this.close()
    const { stream, seq, atMs, at, patientRef } = record
    const rows = rowsIn(record)
    if (!rows) return undefined
    const patientIsKnown =
      record.type !== 'feedback' || rows.patientRef !== undefined || record.body === undefined
    const feedback = rows.feedback && {
      ...rows.feedback,
      ...(isOlder && { reasoned: null }),
      patient_ref: rows.patientRef ?? null,
    }
    const cards = new Map(rows.cards.map((row) => [row.uuid, rowLine({ table: 'cards', row })]))
    this.current = { record, line, cards, feedback, patientIsKnown }
    const momentFits = atMs === undefined || atMs === Date.parse(at)
    if (!patientIsKnown && patientRef !== undefined) this.claim(record, patientRef)
    if (momentFits && (!patientIsKnown || patientRef === rows.patientRef)) return undefined
    return this.faults.add({ line, stream, seq, says: 'column-edited' })
  }

  /** Checks a row of the current record. */
  row(text: string, line: number): LogFault | undefined {
    const exported = rowOfLine(text)
    if (!exported) return this.faults.add({ line, says: 'not-a-line' })
    const { stream, seq } = exported.row
    const fits =
      exported.table === 'cards' ? this.takeCard(exported.row.uuid, text) : this.takeFeedback(exported.row)
    if (fits) return undefined
    const of = exported.table === 'cards' ? exported.row.uuid : exported.row.card
    return this.faults.add({ line, stream, seq, of: `row of card ${of}`, says: 'row-edited' })
  }

  /** Ends the last record; true when all lines must be read a second time. */
  close(): boolean {
    const { current } = this
    this.current = undefined
    if (current) {
      const { stream, seq } = current.record
      for (const uuid of current.cards.keys())
        this.faults.add({ line: current.line, stream, seq, of: `row of card ${uuid}`, says: 'row-missing' })
      if (current.feedback) this.repeats.set(keyOf(current.feedback), { stream, seq })
    }
    return this.claims.size > 0 || this.repeats.size > 0
  }

  /** Takes a line in the second reading, for the open cases. */
  settle(text: string): void {
    if (isRowLine(text)) {
      const exported = this.repeats.size > 0 ? rowOfLine(text) : undefined
      if (exported?.table === 'feedback') this.repeats.delete(keyOf(exported.row))
      return
    }
    const record =
      this.claims.size > 0 && text.includes('"type":"invocation"') ? recordOfLine(text) : undefined
    for (const { uuid, tenant, patient_ref } of (record && rowsIn(record))?.cards ?? [])
      for (const claim of this.claims.get(cardKey(tenant, uuid)) ?? [])
        if (claim.patientRef === patient_ref) claim.confirmed = true
        else
          this.faults.add({
            stream: claim.stream,
            seq: claim.seq,
            of: `row of card ${uuid}`,
            says: 'row-edited',
          })
  }

  /** Adds a fault for each case still open after all lines. */
  end(): void {
    for (const { stream, seq } of this.repeats.values()) this.faults.add({ stream, seq, says: 'row-missing' })
    for (const claims of this.claims.values())
      for (const { stream, seq, patientRef, confirmed } of claims)
        if (!confirmed && patientRef !== null) this.faults.add({ stream, seq, says: 'row-edited' })
  }

  private takeCard(uuid: string, text: string): boolean {
    const cards = this.current?.cards
    return cards?.get(uuid) === text && cards.delete(uuid)
  }

  private takeFeedback(row: FeedbackRow): boolean {
    const { current } = this
    if (!current?.feedback) return false
    const expected = current.patientIsKnown
      ? current.feedback
      : { ...current.feedback, patient_ref: row.patient_ref }
    if (rowLine({ table: 'feedback', row: expected }) !== rowLine({ table: 'feedback', row })) return false
    if (!current.patientIsKnown) this.claim(current.record, row.patient_ref, row.card)
    current.feedback = undefined
    return true
  }

  private claim(record: ExportedRecord, patientRef: string | null, card = cardOf(record)): void {
    const { tenant, stream, seq } = record
    const key = cardKey(tenant, card)
    const claims = this.claims.get(key) ?? []
    this.claims.set(key, claims)
    claims.push({ stream, seq, patientRef, confirmed: false })
  }
}

const cardOf = ({ body = '{}' }: ExportedRecord): string => (JSON.parse(body) as { card: string }).card

/** Derives the rows of a record; undefined when the body was changed, which its hash shows. */
function rowsIn(record: ExportedRecord): RecordRows | undefined {
  try {
    return rowsOf(record)
  } catch {
    return undefined
  }
}

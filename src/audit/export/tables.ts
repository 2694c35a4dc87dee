import type { CallRow, GivenCard } from '../metrics/call-rows.js'
import type { MetricLine } from '../metrics/metric-table.js'
import { dimensions } from '../metrics/metric-table.js'
import { csvLine } from './csv.js'

/** The flat tables of an export, by name. */
export const tableNames = ['invocations', 'cards', 'feedback'] as const
export type TableName = (typeof tableNames)[number]

/** Writes a moment as exactly as the export may: in full, or the year alone. */
type Moment = (at: number) => string

const whole: Moment = (at) => new Date(at).toISOString()
const yearAlone: Moment = (at) => String(new Date(at).getUTCFullYear())

/** Writes the client's time of an event; an empty cell when the client sent no valid time. */
const momentOf = (at: number | undefined, moment: Moment): string | undefined =>
  at === undefined ? undefined : moment(at)

interface Column<Row> {
  name: string
  of: (row: Row, moment: Moment) => string | number | undefined
  /** The column identifies a person, an encounter or a call, and is left out of a de-identified export. */
  identifying?: true
}

interface CardRow {
  call: CallRow
  card: GivenCard
}

const callColumns: readonly Column<CallRow>[] = [
  { name: 'invocation', of: ({ invocationId }) => invocationId, identifying: true },
  { name: 'at', of: ({ at }, moment) => moment(at) },
  { name: 'client', of: ({ client }) => client, identifying: true },
  { name: 'hook', of: ({ hook }) => hook },
  { name: 'mode', of: ({ mode }) => mode },
  { name: 'user_role', of: ({ role }) => role },
  { name: 'patient', of: ({ patient }) => patient, identifying: true },
  { name: 'user', of: ({ user }) => user, identifying: true },
  { name: 'encounter', of: ({ encounter }) => encounter, identifying: true },
  { name: 'status', of: ({ status }) => status },
  { name: 'cards', of: ({ cards }) => cards.length },
  { name: 'missing', of: ({ missing }) => missing.join('; ') },
  { name: 'gather_ms', of: ({ durationMs }) => durationMs.gather },
  { name: 'facts_ms', of: ({ durationMs }) => durationMs.facts },
  { name: 'assess_ms', of: ({ durationMs }) => durationMs.assess },
  { name: 'cards_ms', of: ({ durationMs }) => durationMs.cards },
]

const cardColumns: readonly Column<CardRow>[] = [
  { name: 'card', of: ({ card }) => card.uuid, identifying: true },
  { name: 'invocation', of: ({ call }) => call.invocationId, identifying: true },
  { name: 'at', of: ({ call }, moment) => moment(call.at) },
  { name: 'client', of: ({ call }) => call.client, identifying: true },
  { name: 'kind', of: ({ card }) => card.kind },
  { name: 'version', of: ({ card }) => card.version },
  { name: 'indicator', of: ({ card }) => card.indicator },
  { name: 'content_hash', of: ({ card }) => card.contentHash },
  { name: 'outcome', of: ({ card }) => card.feedback?.outcome ?? 'no feedback' },
]

const feedbackColumns: readonly Column<CardRow>[] = [
  { name: 'card', of: ({ card }) => card.uuid, identifying: true },
  { name: 'kind', of: ({ card }) => card.kind },
  { name: 'client', of: ({ call }) => call.client, identifying: true },
  { name: 'outcome', of: ({ card }) => card.feedback?.outcome },
  { name: 'reason', of: ({ card }) => card.feedback?.reason },
  { name: 'category', of: ({ card }) => card.feedback?.category },
  { name: 'outcome_at', of: ({ card }, moment) => momentOf(card.feedback?.at, moment) },
  { name: 'received_at', of: ({ card }, moment) => card.feedback && moment(card.feedback.receivedAt) },
]

/** The six elements of 45 CFR 170.315(b)(11)(ii), one row for each card. */
const dsiColumns: readonly Column<CardRow>[] = [
  { name: 'intervention', of: ({ card }) => `${card.kind} ${card.version}` },
  { name: 'action_taken', of: ({ card }) => card.feedback?.outcome ?? 'none reported' },
  {
    name: 'user_feedback',
    of: ({ card }) => card.feedback && `${card.feedback.category}: ${card.feedback.reason}`,
  },
  { name: 'user', of: ({ call }) => call.user, identifying: true },
  { name: 'date', of: ({ call }, moment) => moment(call.at) },
  { name: 'location', of: () => 'not recorded', identifying: true },
]

/** One flat table: its header, and the lines of one call, so that a table of any length is written while it is read. */
export interface CsvTable {
  header: string
  linesOf: (call: CallRow) => readonly string[]
}

function tableOf<Row>(
  columns: readonly Column<Row>[],
  rowsOf: (call: CallRow) => readonly Row[],
  deidentified: boolean,
): CsvTable {
  const kept = columns.filter(({ identifying }) => !(deidentified && identifying))
  const moment = deidentified ? yearAlone : whole
  return {
    header: csvLine(kept.map(({ name }) => name)),
    linesOf: (call) => rowsOf(call).map((row) => csvLine(kept.map(({ of }) => of(row, moment)))),
  }
}

const cardRows = (call: CallRow): readonly CardRow[] => call.cards.map((card) => ({ call, card }))

/**
 * Makes one flat table as lines of CSV.
 *
 * Privacy: a de-identified table has no pseudonym, no id that begins with a time, no client, and years in place of
 *          dates.
 */
export function csvTable(name: TableName | 'dsi', deidentified: boolean): CsvTable {
  if (name === 'invocations') return tableOf(callColumns, (call) => [call], deidentified)
  if (name === 'cards') return tableOf(cardColumns, cardRows, deidentified)
  if (name === 'dsi') return tableOf(dsiColumns, cardRows, deidentified)
  const answered = (call: CallRow) => cardRows(call).filter(({ card }) => card.feedback)
  return tableOf(feedbackColumns, answered, deidentified)
}

/** Writes metrics as lines of CSV. */
export const metricsCsv = (lines: readonly MetricLine[]): readonly string[] => [
  csvLine([
    ...dimensions,
    'metric',
    'part',
    'unit',
    'numerator',
    'denominator',
    'value',
    'low',
    'high',
    'note',
  ]),
  ...lines.map(({ group, metric, part, unit, numerator, denominator, value, interval, note }) =>
    csvLine([
      ...dimensions.map((dimension) => group[dimension]),
      metric,
      part,
      unit,
      numerator,
      denominator,
      value,
      interval?.low,
      interval?.high,
      note,
    ]),
  ),
]

import type { Stage } from '../assess/stages.js'
import type { Feeding } from '../assess/views.js'
import type { Verdict } from '../assess/finding.js'
import type { Condition, Hidden, Indicator, WireCard } from '../cards/chosen-card.js'
import type { TextRead } from '../facts/text-read.js'
import type { DataSource } from '../gather/chart.js'
import type { HookName } from '../protocol/hook-request.js'

/** A demo patient in the list of the page. */
export interface StoryView {
  id: string
  group: string
  title: string
  text: string
}

/** One point of a curve. Units: milliseconds since 1970; °C or 0–10. */
export interface PointView {
  at: number
  value: number
  source: string
}

/** The lane of a mark of the timeline. */
export type MarkLane = 'signs' | 'diagnoses' | 'care'

/** A mark: a fact of one moment, or of a day or month, from `at` to `until`. */
export interface MarkView {
  lane: MarkLane
  at: number
  until?: number
  what: string
  side: string
  state: 'present' | 'absent' | 'unknown'
  source: string
  fromText: boolean
}

/** An antibiotic: a bar from its start to its end, or to now while it goes on. */
export interface BarView {
  what: string
  from: number
  to: number
  open: boolean
  counts: boolean
  /** The reason why the antibiotic does not count. */
  why?: string
  source: string
}

/** A medicine on record, and how it counts for the breast. */
export interface MedicineView {
  /** Names of the reviewed lists, never the words of the chart. */
  ingredients: readonly string[]
  kind: string
  status: string
  cover: string
  sets: readonly string[]
  counts: boolean
  /** The reason why the medicine does not count. */
  why?: string
  source: string
}

/** A draft order, in the form for the page. */
export interface DraftView {
  source: string
  resourceType: string
  /** Is it one of the drafts that the call asks about? */
  evaluated: boolean
  needs: readonly string[]
  stopsFeeding: boolean
  breastReason: boolean
  side: string
  medicine?: Omit<MedicineView, 'kind' | 'status' | 'counts' | 'source'> & { durationDays?: number }
}

/** A moment that rules count from. */
export interface LineView {
  at: number
  what: string
  kind: 'cover' | 'due' | 'late' | 'episode' | 'now'
}

/**
 * The illness over time, for a picture and a table.
 *
 * Shape:   only facts with a time; `undated` counts the others. Every list is in the order of time.
 * Privacy: the service's own words and resource ids; no chart text.
 */
export interface TimelineView {
  now: number
  feverAt: number
  temperatures: readonly PointView[]
  pains: readonly PointView[]
  marks: readonly MarkView[]
  bars: readonly BarView[]
  lines: readonly LineView[]
  undated: number
}

/** One piece of evidence, as a page shows it. */
export interface EvidenceView {
  what: string
  from?: number
  until?: number
  source: string
  fromText: boolean
}

/** One finding, as a page shows it. */
export interface FindingView {
  name: string
  means: string
  verdict: Verdict
  because: string
  evidence: readonly EvidenceView[]
}

/** One breast (or the patient as a whole) with every finding. */
export interface ScopeView {
  side: string
  draft?: string
  stage: Stage
  findings: readonly FindingView[]
}

/** One row of a card, and the conditions that made it hold or not. */
export interface RowView {
  row: string
  where: string
  holds: boolean
  conditions: readonly Condition[]
}

/** One card considered: shown with its summary, or hidden with the reason. */
export interface ConsideredView {
  kind: string
  title: string
  version: string
  shown: boolean
  hidden?: Hidden
  indicator?: Indicator
  summary?: string
  rows: readonly RowView[]
}

/** The whole decision of one call, for a reader. */
export interface ExplanationView {
  invocationId: string
  at: number
  inScope: FindingView
  feeding: Feeding
  missing: readonly string[]
  medicines: readonly MedicineView[]
  drafts: readonly DraftView[]
  texts: readonly TextRead[]
  sources: readonly DataSource[]
  scopes: readonly ScopeView[]
  cards: readonly ConsideredView[]
  timeline: TimelineView
}

/** A number that what-if sliders can move, within its safe range. */
export interface KnobView {
  name: string
  value: number
  unit: string
  min: number
  max: number
  step: number
  means: string
}

/** The question of the page: patient, hook, orders, moment and parameters. */
export interface AskBody {
  /** A demo patient, or the patient of a Bundle that holds several. */
  patient?: string
  bundle?: unknown
  hook: HookName
  orders: readonly string[]
  at?: number
  parameters?: Readonly<Record<string, number>>
}

/** The answer to the page: the exact request and response, and the explanation. */
export interface AskAnswer {
  request: unknown
  response: { status: number; body: unknown }
  explanation?: ExplanationView
  /** The cards without the changed parameters; absent when no parameter was changed. */
  asItIs?: readonly ShortCard[]
  /** The decision is in the audit record, so feedback on its cards is real. */
  recorded: boolean
}

/** A card in one line. */
export type ShortCard = Pick<WireCard, 'indicator' | 'summary'> & { kind: string }

/** Everything that the page needs before the first question. */
export interface WorkbenchStart {
  stories: readonly StoryView[]
  orders: readonly string[]
  hooks: readonly HookName[]
  knobs: readonly KnobView[]
}

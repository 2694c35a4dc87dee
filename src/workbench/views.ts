import type { Feeding, Stage } from '../assess/assessment.js'
import type { Verdict } from '../assess/finding.js'
import type { Condition, Hidden, Indicator, WireCard } from '../cards/chosen-card.js'
import type { DataSource } from '../gather/chart.js'
import type { HookName } from '../protocol/hook-request.js'

/** A demo patient, as the picker lists her. */
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

/** What a mark of the timeline stands for: its lane. */
export type MarkLane = 'signs' | 'diagnoses' | 'care'

/** A mark: something known of one moment (or of a day or month, from `at` to `until`). */
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
  source: string
}

/** A moment that rules count from. */
export interface LineView {
  at: number
  what: string
  kind: 'cover' | 'due' | 'late' | 'episode' | 'now'
}

/**
 * The course of the illness as a picture and a table can show it.
 *
 * Shape:   only facts with a time; `undated` counts the others. Everything in the order of time.
 * Privacy: our own words and resource ids; no chart text.
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

export interface EvidenceView {
  what: string
  from?: number
  until?: number
  source: string
  fromText: boolean
}

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

/** The whole decision, as a person can follow it. */
export interface ExplanationView {
  invocationId: string
  at: number
  inScope: FindingView
  feeding: Feeding
  missing: readonly string[]
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

/** What the page asks: who, which hook, which orders, when, with which parameters. */
export interface AskBody {
  patient?: string
  bundle?: unknown
  hook: HookName
  orders: readonly string[]
  at?: number
  parameters?: Readonly<Record<string, number>>
}

/** What the page gets: the exact request and response, and why. */
export interface AskAnswer {
  request: unknown
  response: { status: number; body: unknown }
  explanation?: ExplanationView
  /** Without changed parameters, when some were changed. */
  asItIs?: readonly ShortCard[]
  /** The decision is in the audit record, so feedback on its cards means something. */
  recorded: boolean
}

export type ShortCard = Pick<WireCard, 'indicator' | 'summary'> & { kind: string }

/** All that the page needs before the first question. */
export interface WorkbenchStart {
  stories: readonly StoryView[]
  orders: readonly string[]
  hooks: readonly HookName[]
  knobs: readonly KnobView[]
}

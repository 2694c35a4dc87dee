import type { FindingName } from '../assess/finding-names.js'
import type { Scope } from '../assess/assessment.js'
import type { Finding } from '../assess/finding.js'

/** The urgency of a card, as CDS Hooks names it. */
export type Indicator = 'info' | 'warning' | 'critical'

/** A card of CDS Hooks, in the form of the response. */
export interface WireCard {
  uuid: string
  summary: string
  detail: string
  indicator: Indicator
  source: { label: string; url?: string; topic: { system: string; code: string; display: string } }
  suggestions?: readonly WireSuggestion[]
  selectionBehavior?: 'any'
  overrideReasons?: readonly { system: string; code: string; display: string }[]
  links?: readonly { label: string; url: string; type: 'absolute' | 'smart'; appContext?: string }[]
}

/** A suggestion of CDS Hooks, in the form of the response. */
export interface WireSuggestion {
  label: string
  uuid: string
  isRecommended?: boolean
  /** Added by `answerFor` for clients that understand the member. */
  actionSelectionBehavior?: 'all'
  actions: readonly { type: 'create'; description: string; resource: Record<string, unknown> }[]
}

/** One condition of a row, and its verdict. */
export interface Condition {
  /** The words of the condition: "failed", or "stage phlegmon or bacterial mastitis". */
  words: string
  wanted: 'present' | 'absent'
  verdict: 'present' | 'absent' | 'cannot-tell'
  because: string
  holds: boolean
}

/** One `show_when` row of a card in one scope: whether the row held, and the conditions that decided. */
export interface RowOutcome {
  row: string
  scope: Pick<Scope, 'side'> & { draft?: string }
  holds: boolean
  conditions: readonly Condition[]
}

/** A row that held in one scope, with its reasons. */
export interface RowThatHeld {
  row: { readonly id: string }
  scope: Scope
  reasons: readonly (readonly [FindingName, Finding])[]
}

/** Why a card is hidden although its rows hold. */
export type Hidden =
  'no-row' | 'overridden' | 'repeated' | 'cap' | 'off' | 'draft-not-accepted' | 'silent' | 'replaced'

/** One card considered for one call: the wire card, or the reason why the card is hidden. */
export interface ChosenCard {
  kind: string
  version: string
  contentHash?: string
  indicator?: Indicator
  variant?: string
  /** The rows that made the card; for a shown card only. */
  held?: readonly RowThatHeld[]
  hidden?: Hidden
  /** True when no row holds, and a row would hold if every finding that cannot be told were present. */
  undecided?: true
  wire?: WireCard
}

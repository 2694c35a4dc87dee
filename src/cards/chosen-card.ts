import type { FindingName } from '../assess/finding-names.js'
import type { Scope } from '../assess/assessment.js'
import type { Finding } from '../assess/finding.js'

export type Indicator = 'info' | 'warning' | 'critical'

/** A card of CDS Hooks as it goes on the wire. */
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

export interface WireSuggestion {
  label: string
  uuid: string
  isRecommended?: boolean
  /** Added by `answerFor`, for clients known to understand it. */
  actionSelectionBehavior?: 'all'
  actions: readonly { type: 'create'; description: string; resource: Record<string, unknown> }[]
}

/** One condition of a row, as it came out. */
export interface Condition {
  finding: FindingName
  wanted: 'present' | 'absent'
  verdict: 'present' | 'absent' | 'cannot-tell'
  because: string
  holds: boolean
}

/** One `show_when` row of a card in one scope: did it hold, and by which conditions. */
export interface RowOutcome {
  row: string
  scope: Pick<Scope, 'side'> & { draft?: string }
  holds: boolean
  conditions: readonly Condition[]
}

/** A row that held in one scope, with the findings it stands on. */
export interface RowThatHeld {
  row: { readonly id: string }
  scope: Scope
  reasons: readonly (readonly [FindingName, Finding])[]
}

/** Why a card that its rows would show is not given. */
export type Hidden =
  'no-row' | 'overridden' | 'repeated' | 'cap' | 'off' | 'draft-not-accepted' | 'silent' | 'replaced'

/** One card considered for one call: its rows, and either the wire card or why it is hidden. */
export interface ChosenCard {
  kind: string
  version: string
  contentHash?: string
  indicator?: Indicator
  variant?: string
  rows: readonly RowOutcome[]
  /** Only for a card that is given: the rows that made it. */
  held?: readonly RowThatHeld[]
  hidden?: Hidden
  wire?: WireCard
}

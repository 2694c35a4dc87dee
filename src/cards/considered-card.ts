import type { Scope } from '../assess/assessment.js'
import type { CompiledCard, CompiledRow } from './card-pack.js'
import type { ChosenCard, Hidden, Indicator, RowOutcome, RowThatHeld, WireCard } from './chosen-card.js'
import { rowOutcomes } from './held-rows.js'

/**
 * A card considered for one call, given or not; a class because it remembers its rows once they were asked for.
 *
 * Edge: `rows` is worked out when it is read (for `--explain`), which most calls never do; a spread copy has none.
 */
export class ConsideredCard implements ChosenCard {
  readonly kind: string
  readonly version: string
  declare contentHash?: string
  declare indicator?: Indicator
  declare variant?: string
  declare hidden?: Hidden
  declare wire?: WireCard
  declare held?: readonly RowThatHeld[]
  readonly #asked: readonly CompiledRow[]
  readonly #scopes: readonly Scope[]
  #outcomes: readonly RowOutcome[] | undefined

  constructor({ kind, version }: CompiledCard, asked: readonly CompiledRow[], scopes: readonly Scope[]) {
    this.kind = kind
    this.version = version
    this.#asked = asked
    this.#scopes = scopes
  }

  get rows(): readonly RowOutcome[] {
    return (this.#outcomes ??= rowOutcomes(this.#asked, this.#scopes))
  }
}

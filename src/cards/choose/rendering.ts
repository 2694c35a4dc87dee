import type { Assessment } from '../../assess/assessment.js'
import type { CardPack, CompiledCard, CompiledVariant } from '../card-pack.js'
import type { SlotValues } from '../template.js'
import type { CardCall } from './call.js'
import type { MergedRows } from './merged-rows.js'

/** The pack, the call and the assessment that cards are chosen from. */
export interface Choosing {
  pack: CardPack
  call: CardCall
  assessment: Assessment
}

/** The parts that one card is rendered from: its rows that hold, their variant, and the values of its texts. */
export interface Rendering extends Choosing {
  card: CompiledCard
  variant: CompiledVariant
  merged: MergedRows
  values: SlotValues
  /** The card is the first of an answer without a feeding card, so this card speaks of feeding. */
  saysFeeding: boolean
}

import type { Instant } from '../units/units.js'

/** The place of a record in the audit: its stream, and its number in the stream. */
export interface RecordPlace {
  stream: string
  seq: number
}

/** A card that this client was given earlier for this patient, and what became of the card (clinical 8). */
export interface EarlierCard {
  kind: string
  indicator: 'info' | 'warning' | 'critical'
  at: Instant
  outcome: 'shown' | 'overridden'
  /** The card was given to the user of this call. */
  sameUser: boolean
  /** The override gave a reason that states a fact. An override without such a reason holds for its own user only. */
  reasoned?: true
  /** The stage at that time, to tell what is new since. */
  stage: string
  sepsisCriteria: readonly string[]
  /**
   * The records of the call that gave the card and of the feedback that overrode it; absent where no store holds them.
   */
  places?: { card: RecordPlace; feedback?: RecordPlace }
}

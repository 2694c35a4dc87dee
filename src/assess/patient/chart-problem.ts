import type { ConditionSet } from '../../terminology/concepts.js'
import { problemEvidence } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../moment.js'
import { conditionWords } from '../words.js'
import { activeIn, type ProblemIndex } from './problem-index.js'

/** The part of the context that the findings about long-standing problems read. */
export interface OfProblems {
  timeline: Moment
  patient: { problems: ProblemIndex }
}

/**
 * Is this problem on record, whatever its date? Its reason is a subject that a card can print: "breast implants on
 * record".
 *
 * Missing: `cannot-tell` when conditions could not be read; it is then named on no card.
 * Source:  clinical 1.5
 */
export function problemOnRecord({ timeline, patient }: OfProblems, set: ConditionSet): Finding {
  const words = conditionWords[set]
  const active = activeIn(patient.problems, set)
  if (active.length > 0)
    return present(`${words} on record`, ...active.map((problem) => problemEvidence(problem, set)))
  return conditionsUnread(timeline, [set]) ?? absent(`no ${words} on record`)
}

/** Why these problems cannot be told: conditions, or one of them, could not be read. */
export function conditionsUnread({ facts }: Moment, sets: readonly ConditionSet[]): Finding | undefined {
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  const value = facts.unreadable.find(({ subject }) => sets.some((set) => set === subject))
  return value && cannotTell(value.why)
}

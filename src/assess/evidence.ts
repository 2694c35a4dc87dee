import type { Measure, Problem, Provenance } from '../facts/facts.js'
import type { ConditionSet } from '../terminology/concepts.js'
import type { Evidence } from './finding.js'
import { conditionWords, measureText } from './words.js'

/** One fact as evidence, named by `what`. */
export const evidenceOf = ({ source, when, fromText }: Provenance, what: string): Evidence => ({
  what,
  source,
  fromText,
  ...(when && { when }),
})

/** A problem as evidence, named by one of its sets. */
export const problemEvidence = (problem: Problem, set: ConditionSet): Evidence =>
  evidenceOf(problem, conditionWords[set])

/** A measured value as evidence: "temperature 38.8 °C". */
export const measureEvidence = (measure: Measure): Evidence => evidenceOf(measure, measureText(measure))

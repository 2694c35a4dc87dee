import type { Measure, Problem, Provenance, Sign } from '../facts/facts.js'
import type { ConditionSet } from '../terminology/concepts.js'
import type { Evidence } from './finding.js'
import { conditionWords, measureShort, measureText, measureValue, signWords } from './words.js'

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
export const measureEvidence = (measure: Measure): Evidence => ({
  ...evidenceOf(measure, measureText(measure)),
  series: { name: measureShort(measure.kind), value: measureValue(measure) },
})

/** A sign as evidence, with further words on the sign: "swelling, moderate, 4 cm". */
export const signEvidence = (sign: Sign, more: readonly string[] = []): Evidence => {
  const name = signWords[sign.sign]
  return { ...evidenceOf(sign, [name, ...more].join(', ')), series: { name, value: more.join(', ') } }
}

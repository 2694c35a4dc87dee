import type { CardPack } from '../cards/card-pack.js'
import type { FeedbackItem } from './trace.js'

/** An override reason that we offer or HL7 publishes. */
export interface KnownReason {
  code: string
  /** HL7 category. */
  category: string
  /** Does the reason state a fact about the patient? If not, the override speaks for its own user only. */
  statesFact: boolean
}

/** Finds the known reason that an item gives; none for free text, an unknown code and a code of another system. */
export type KnownReasons = (reason: FeedbackItem['reason']) => KnownReason | undefined

/**
 * The override reasons that a pack knows.
 *
 * Edge:   a code without a system is looked for in both systems; words without a code are no known reason.
 * Source: product decision 20.
 */
export function knownReasonsOf({ canonicalBase, overrideReasons }: CardPack): KnownReasons {
  const { reasons, hl7, hl7_system, no_fact } = overrideReasons
  const ourSystem = `${canonicalBase}/CodeSystem/override-reason`
  const known = (code: string, category: string): KnownReason => ({
    code,
    category,
    statesFact: !no_fact.includes(code),
  })
  const ours = new Map(Object.entries(reasons).map(([code, reason]) => [code, known(code, reason.hl7)]))
  const theirs = new Map(Object.keys(hl7).map((code) => [code, known(code, code)]))
  return (reason) => {
    const { code, system } = reason ?? {}
    if (code === undefined) return undefined
    if (system === ourSystem) return ours.get(code)
    if (system === hl7_system) return theirs.get(code)
    return system === undefined ? (ours.get(code) ?? theirs.get(code)) : undefined
  }
}

import type { CardPack } from '../cards/card-pack.js'
import type { FeedbackItem } from './trace.js'

/** An override reason of this service or of HL7. */
export interface KnownReason {
  code: string
  /** The HL7 category. */
  category: string
  /** Does the reason state a fact about the patient? If not, the override counts for its own user only. */
  statesFact: boolean
}

/** Finds the known reason of a feedback item; none for free text, an unknown code and a code of another system. */
export type KnownReasons = (reason: FeedbackItem['reason']) => KnownReason | undefined

/**
 * Makes the search for the override reasons of a pack.
 *
 * Edge:   a code without a system is searched in both systems; a display without a code is no known reason.
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

import type { SetId } from '../terminology/code-book.js'
import type { Facts } from '../facts/facts.js'
import type { Finding } from './finding.js'
import type { ParameterName } from './parameters.js'

/** The subject of a finding: the patient (the same for every breast), one breast, or one evaluated draft order. */
export type FindingScope = 'patient' | 'side' | 'draft'

/** The lists of facts, the code sets and the parameters that a rule reads. */
export interface Inputs {
  facts: readonly (keyof Facts)[]
  sets: readonly SetId[]
  parameters: readonly ParameterName[]
}

/**
 * One clinical question with everything that a reviewer needs to judge it; `docs/generated/findings.md` is made from
 * the definitions.
 *
 * Shape: `means`, `edge` and `missing` are whole sentences. `facts`, `sets` and `parameters` list everything that
 *        `find` reads, also through other rules. `Context` is the part of the call that `find` reads.
 * Edge:  three things decide every finding and are not listed: who is in scope, which breast a fact without a side
 *        belongs to, and `time.futureSkewMinutes`.
 */
export interface FindingDefinition<Context = never> extends Inputs {
  name: string
  scope: FindingScope
  means: string
  edge: string
  missing: string
  find: (context: Context) => Finding
}

const each = <T>(lists: readonly (readonly T[])[]): readonly T[] => [...new Set(lists.flat())]

/** The lists and the single values that could not be read: they turn absent into cannot-tell. */
export const unreadInputs: Inputs = { facts: ['reads', 'unreadable'], sets: [], parameters: [] }

/** The inputs of a rule that reads these parameters alone. */
export const inputOf = (...parameters: readonly ParameterName[]): Inputs => ({
  facts: [],
  sets: [],
  parameters,
})

/** The inputs of several rules together, each input once. */
export const inputs = (...parts: readonly Inputs[]): Inputs => ({
  facts: each(parts.map(({ facts }) => facts)),
  sets: each(parts.map(({ sets }) => sets)),
  parameters: each(parts.map(({ parameters }) => parameters)),
})

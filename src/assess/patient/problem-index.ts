import type { ConditionSet } from '../../terminology/concepts.js'
import type { Problem } from '../../facts/facts.js'

/** Problems by value set, made once in a call so that no rule scans the whole list. */
export type ProblemIndex = ReadonlyMap<ConditionSet, readonly Problem[]>

/** Lists each problem of the chart under each of its value sets. */
export function problemIndex(problems: readonly Problem[]): ProblemIndex {
  const index = new Map<ConditionSet, Problem[]>()
  for (const problem of problems) {
    for (const set of problem.sets) {
      const known = index.get(set)
      if (known) known.push(problem)
      else index.set(set, [problem])
    }
  }
  return index
}

/** The active problems of these sets, in the order read. */
export function activeIn(index: ProblemIndex, ...sets: readonly ConditionSet[]): readonly Problem[] {
  const active: Problem[] = []
  if (index.size === 0) return active
  for (const set of sets) for (const problem of index.get(set) ?? []) if (problem.active) active.push(problem)
  return active
}

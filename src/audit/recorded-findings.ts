import type { Evidence, Finding } from '../assess/finding.js'
import type { Scope } from '../assess/assessment.js'
import { budgets } from '../protocol/limits.js'

/**
 * Findings with the same verdict and the same reason, which is written once.
 *
 * Shape: the names, separated by spaces; the reason; the resources behind the reason by their number in the record:
 *        ["failed", "no improvement at 48 h of antibiotics", "Observation#2"]. Of more than 20 resources the first are
 *        named, and the last word counts the others: "+12".
 */
export type RecordedReason = readonly [names: string, because: string, ...sources: string[]]

/**
 * The findings of one scope (a breast, or a breast and a draft).
 *
 * Shape: a finding in none of the three lists is absent, and no record speaks of it. The second and later scopes of a
 *        record list only the differences from the first scope.
 */
export interface RecordedScope {
  side?: string
  draft?: string
  stage: string
  present: readonly RecordedReason[]
  cannotTell: readonly RecordedReason[]
  absent: readonly RecordedReason[]
}

/** Findings with one verdict, grouped by their reason. */
class ReasonGroups {
  private readonly groups = new Map<string, [names: string, because: string, ...sources: string[]]>()

  constructor(private readonly numbered: (ref: string) => string) {}

  add(name: string, { because, evidence }: Finding): void {
    const group = this.groups.get(because)
    if (group) group[0] += ` ${name}`
    else this.groups.set(because, [name, because, ...this.sources(evidence)])
  }

  list(): readonly RecordedReason[] {
    return [...this.groups.values()]
  }

  /** The first distinct sources, and the number of further sources. */
  private sources(evidence: readonly Evidence[]): string[] {
    const all = new Set(evidence.map(({ source }) => source))
    const kept = [...all].slice(0, budgets.findingSources.most).map(this.numbered)
    return all.size > kept.length ? [...kept, `+${all.size - kept.length}`] : kept
  }
}

function recordedScope(
  scope: Scope,
  first: Scope | undefined,
  numbered: (ref: string) => string,
): RecordedScope {
  const present = new ReasonGroups(numbered)
  const cannotTell = new ReasonGroups(numbered)
  const absent = new ReasonGroups(numbered)
  scope.findings.forEach((finding, name) => {
    const inFirst = first?.findings.get(name)
    if (inFirst === finding) return
    const { verdict } = finding
    if (verdict === 'present') present.add(name, finding)
    else if (verdict === 'cannot-tell') cannotTell.add(name, finding)
    else if (finding.evidence.length > 0 || (inFirst && inFirst.verdict !== 'absent'))
      absent.add(name, finding)
  })
  return {
    stage: scope.stage,
    present: present.list(),
    cannotTell: cannotTell.list(),
    absent: absent.list(),
    ...(scope.side !== undefined && { side: scope.side }),
    ...(scope.draft && { draft: numbered(scope.draft.source) }),
  }
}

/**
 * Groups the findings of all scopes for a record, with each finding listed once.
 *
 * Privacy: names and reasons are words of this service; resources are named by their number in the record.
 */
export const recordedScopes = (
  scopes: readonly Scope[],
  numbered: (ref: string) => string,
): readonly RecordedScope[] =>
  scopes.map((scope, at) => recordedScope(scope, at === 0 ? undefined : scopes[0], numbered))

/** Replaces the resources of a reason by their number. */
function counted([names, because, ...sources]: RecordedReason): RecordedReason {
  const others = sources.filter((source) => source.startsWith('+')).map(Number)
  const count = others.reduce((sum, more) => sum + more, sources.length - others.length)
  return count === 0 ? [names, because] : [names, because, `+${count}`]
}

/** Copies the findings and reasons of scopes with the number of resources in place of their names. */
export const countsOnly = (scopes: readonly RecordedScope[]): readonly RecordedScope[] =>
  scopes.map((scope) => ({
    ...scope,
    present: scope.present.map(counted),
    cannotTell: scope.cannotTell.map(counted),
    absent: scope.absent.map(counted),
  }))

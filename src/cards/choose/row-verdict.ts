import type { Scope } from '../../assess/assessment.js'
import type { Verdict } from '../../assess/finding.js'
import type { FindingName } from '../../assess/finding-names.js'
import type { CompiledRow } from '../card-pack.js'
import type { RowCondition } from '../row-condition.js'

type Findings = Scope['findings']
type Condition = RowCondition<FindingName>

/**
 * Does the row hold on these findings?
 *
 * Edge:    one failing condition decides, even when other conditions cannot be told.
 * Missing: a finding of `all` or `any` that cannot be told never makes a row hold; a finding of `none` that cannot be
 *          told never prevents a row from holding (product decision 2c). `cannot-tell` when the row would hold if those
 *          findings were present.
 */
export function rowVerdict(
  { all, any, none }: Pick<CompiledRow, 'all' | 'any' | 'none'>,
  findings: Findings,
): Verdict {
  for (const condition of none) if (verdictOf(condition, findings) === 'present') return 'absent'
  let verdict: Verdict = 'present'
  for (const condition of all) {
    const one = verdictOf(condition, findings)
    if (one === 'absent') return 'absent'
    if (one === 'cannot-tell') verdict = one
  }
  const oneOfAny = any.length === 0 ? 'present' : bestOf(any, findings)
  return oneOfAny === 'present' ? verdict : oneOfAny
}

/** Present when one condition is present; else cannot-tell when one condition cannot be told. */
function bestOf(conditions: readonly Condition[], findings: Findings): Verdict {
  let best: Verdict = 'absent'
  for (const condition of conditions) {
    const verdict = verdictOf(condition, findings)
    if (verdict === 'present') return verdict
    if (verdict === 'cannot-tell') best = verdict
  }
  return best
}

const verdictOf = (condition: Condition, findings: Findings): Verdict =>
  findings.get(decidingName(condition, findings))?.verdict ?? 'absent'

/**
 * Names the finding that decides a condition: the first present, else the first that cannot be told, else the first.
 */
export function decidingName({ findings: names }: Condition, findings: Findings): FindingName {
  const [first] = names
  if (names.length === 1) return first
  const named = (verdict: Verdict) => names.find((name) => findings.get(name)?.verdict === verdict)
  return named('present') ?? named('cannot-tell') ?? first
}

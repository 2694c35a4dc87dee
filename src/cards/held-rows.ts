import type { Scope } from '../assess/assessment.js'
import type { Evidence, Finding } from '../assess/finding.js'
import { findingNames, type FindingName } from '../assess/finding-names.js'
import type { CompiledRow } from './card-pack.js'
import type { Condition, Indicator, RowOutcome } from './chosen-card.js'

/** A row that holds in one scope, with the indicator and variant it asks for there. */
export interface HeldRow {
  row: CompiledRow
  scope: Scope
  /** The findings of `all` and `any` that are present: what the row stands on. */
  reasons: readonly Reason[]
  indicator: Indicator
  variant: number
}

export type Reason = readonly [FindingName, Finding]

type Findings = Scope['findings']

/**
 * Does the row hold on these findings?
 *
 * Missing: `cannot-tell` never makes a row hold by `all` or `any`, and never hides it by `none` (product decision 2c).
 */
export function rowHolds({ all, any, none }: CompiledRow, findings: Findings): boolean {
  for (const name of all) if (findings.get(name)?.verdict !== 'present') return false
  for (const name of none) if (findings.get(name)?.verdict === 'present') return false
  return any.length === 0 || any.some((name) => findings.get(name)?.verdict === 'present')
}

/** The rows that hold, scope by scope in the order of the assessment, rows in the order of the file. */
export function heldRows(rows: readonly CompiledRow[], scopes: readonly Scope[]): readonly HeldRow[] {
  const held: HeldRow[] = []
  for (const row of rows) {
    for (const scope of scopes) {
      if (!rowHolds(row, scope.findings)) continue
      const reasons = reasonsOf(row, scope.findings)
      const weakened = row.indicator === 'critical' && restOnTextOnly(reasons)
      held.push({
        row,
        scope,
        reasons,
        indicator: weakened ? 'warning' : row.indicator,
        variant: weakened ? row.textOnlyVariant : row.variant,
      })
    }
  }
  return held
}

function reasonsOf(row: CompiledRow, findings: Findings): readonly Reason[] {
  const reasons: Reason[] = []
  for (const name of row.reasons) {
    const finding = findings.get(name)
    if (finding?.verdict === 'present') reasons.push([name, finding])
  }
  return reasons
}

/** Admission to a card (who she is, what the order is) is no evidence for what the card says. */
const admission: ReadonlySet<FindingName> = new Set<FindingName>([
  'lactating',
  'probably-lactating',
  'recently-weaned',
  'lactation-unknown',
  'not-lactating',
  'may-be-lactating',
  'care-allowed',
  'ultrasound-allowed',
  'feeding-plain',
  'feeding-conditional',
  'feeding-caution',
  'feeding-none',
])

const isEvidence = (name: FindingName): boolean => !admission.has(name) && findingNames[name] !== 'draft'

/** Is all evidence of the row from free text? Then it never alone makes a card critical (clinical 6). */
function restOnTextOnly(reasons: readonly Reason[]): boolean {
  const evidence: Evidence[] = []
  for (const [name, finding] of reasons) if (isEvidence(name)) evidence.push(...finding.evidence)
  return evidence.length > 0 && evidence.every(({ fromText }) => fromText)
}

const notAsked: Finding = { verdict: 'absent', because: 'not asked in this call', evidence: [] }

/** Every row in every scope with each condition: for `--explain` and the record, not for the hot path. */
export const rowOutcomes = (rows: readonly CompiledRow[], scopes: readonly Scope[]): readonly RowOutcome[] =>
  rows.flatMap((row) => scopes.map((scope) => rowOutcome(row, scope)))

function rowOutcome(row: CompiledRow, scope: Scope): RowOutcome {
  const anyHolds = row.any.some((name) => scope.findings.get(name)?.verdict === 'present')
  const condition = (finding: FindingName, wanted: 'present' | 'absent', alsoHolds = false): Condition => {
    const { verdict, because } = scope.findings.get(finding) ?? notAsked
    const holds = alsoHolds || (wanted === 'present') === (verdict === 'present')
    return { finding, wanted, verdict, because, holds }
  }
  return {
    row: row.id,
    scope: {
      ...(scope.side !== undefined && { side: scope.side }),
      ...(scope.draft && { draft: scope.draft.source }),
    },
    holds: rowHolds(row, scope.findings),
    conditions: [
      ...row.all.map((finding) => condition(finding, 'present')),
      ...row.any.map((finding) => condition(finding, 'present', anyHolds)),
      ...row.none.map((finding) => condition(finding, 'absent')),
    ],
  }
}

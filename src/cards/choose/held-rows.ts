import type { Scope } from '../../assess/assessment.js'
import { absent, type Evidence, type Finding } from '../../assess/finding.js'
import { findingNames, type FindingName } from '../../assess/finding-names.js'
import { stageInWords } from '../../assess/stages.js'
import type { HookName } from '../../protocol/hook-request.js'
import type { CardPack, CompiledRow } from '../card-pack.js'
import type { Condition, Indicator, RowOutcome } from '../chosen-card.js'
import type { RowCondition } from '../row-condition.js'
import { decidingName, rowVerdict } from './row-verdict.js'

/** A row that holds in one scope, with its indicator and variant in that scope. */
export interface HeldRow {
  row: CompiledRow
  scope: Scope
  /** The findings of `all` and `any` that are present: the reasons of the row. */
  reasons: readonly Reason[]
  indicator: Indicator
  variant: number
}

export type Reason = readonly [FindingName, Finding]

type Findings = Scope['findings']

/** The result of the rows of one card. */
export interface AskedRows {
  /** The rows that hold: scopes in the order of the assessment, rows in the order of the file. */
  held: readonly HeldRow[]
  /** Would a row hold if every finding that cannot be told were present? */
  undecided: boolean
}

/** Evaluates rows in every scope: which rows hold, and whether one could not be decided. */
export function askRows(rows: readonly CompiledRow[], scopes: readonly Scope[]): AskedRows {
  const held: HeldRow[] = []
  let undecided = false
  for (const row of rows) {
    for (const scope of scopes) {
      const verdict = rowVerdict(row, scope.findings)
      if (verdict === 'present') held.push(heldRow(row, scope))
      else if (verdict === 'cannot-tell') undecided = true
    }
  }
  return { held, undecided }
}

function heldRow(row: CompiledRow, scope: Scope): HeldRow {
  const reasons = reasonsOf(row, scope.findings)
  const weakened = row.indicator === 'critical' && restOnTextOnly(reasons)
  return {
    row,
    scope,
    reasons,
    indicator: weakened ? 'warning' : row.indicator,
    variant: weakened ? row.textOnlyVariant : row.variant,
  }
}

function reasonsOf(row: CompiledRow, findings: Findings): readonly Reason[] {
  const reasons: Reason[] = []
  for (const condition of [...row.all, ...row.any]) {
    const name = decidingName(condition, findings)
    const finding = findings.get(name)
    if (finding?.verdict === 'present') reasons.push([name, finding])
  }
  return reasons
}

/** Findings that only admit a patient or an order to a card; they are no evidence for the advice of the card. */
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

/** Is all evidence of the row from free text? Free text alone never makes a card critical (clinical 6). */
function restOnTextOnly(reasons: readonly Reason[]): boolean {
  const evidence: Evidence[] = []
  for (const [name, finding] of reasons) if (isEvidence(name)) evidence.push(...finding.evidence)
  return evidence.length > 0 && evidence.every(({ fromText }) => fromText)
}

const notAsked = absent('not asked in this call')

/** The parts of a decided call that explain the rows of its cards. */
interface DecidedCall {
  pack: CardPack
  request: { hook: HookName }
  assessment: { scopes: readonly Scope[] }
}

/** Explains every row of one kind of card for the hook of the call; empty for a kind without rows for that hook. */
export function rowsExplained(
  { pack, request, assessment }: DecidedCall,
  kind: string,
): readonly RowOutcome[] {
  const rows = pack.cards.find((card) => card.kind === kind)?.rowsOf.get(request.hook) ?? []
  return rowOutcomes(rows, assessment.scopes)
}

/** Each row in each scope, with each of its conditions. */
const rowOutcomes = (rows: readonly CompiledRow[], scopes: readonly Scope[]): readonly RowOutcome[] =>
  rows.flatMap((row) => scopes.map((scope) => rowOutcome(row, scope)))

function rowOutcome(row: CompiledRow, scope: Scope): RowOutcome {
  const asked = (conditions: CompiledRow['all'], wanted: 'present' | 'absent'): readonly Condition[] =>
    conditions.map((condition) => {
      const { verdict, because } = answerTo(condition, scope)
      return {
        words: condition.words,
        wanted,
        verdict,
        because,
        holds: (wanted === 'present') === (verdict === 'present'),
      }
    })
  const any = asked(row.any, 'present')
  const anyHolds = any.some(({ holds }) => holds)
  return {
    row: row.id,
    scope: {
      ...(scope.side !== undefined && { side: scope.side }),
      ...(scope.draft && { draft: scope.draft.source }),
    },
    holds: rowVerdict(row, scope.findings) === 'present',
    conditions: [
      ...asked(row.all, 'present'),
      ...any.map((condition) => ({ ...condition, holds: anyHolds })),
      ...asked(row.none, 'absent'),
    ],
  }
}

/** The finding that decides a condition; the absence of several stages is shown by the stage of the breast. */
function answerTo(condition: RowCondition<FindingName>, { stage, findings }: Scope): Finding {
  const finding = findings.get(decidingName(condition, findings)) ?? notAsked
  const isOtherStage = condition.findings.length > 1 && finding.verdict === 'absent'
  return isOtherStage ? absent(`stage is ${stageInWords(stage)}`) : finding
}

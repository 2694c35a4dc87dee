import type { Finding } from '../assess/finding.js'
import type { Scope } from '../assess/assessment.js'
import type { Trace } from '../audit/trace.js'
import type { ChosenCard, Condition, RowOutcome } from '../cards/chosen-card.js'
import type { Facts } from '../facts/facts.js'

const mark = { present: '+', absent: '-', 'cannot-tell': '?' } as const

const indent = (depth: number, line: string): string => `${'  '.repeat(depth)}${line}`

const sideOf = (scope: Pick<Scope, 'side'>): string => scope.side ?? 'patient'

/** How many facts of each kind were read, and what could not be. */
function factLines(facts: Facts): readonly string[] {
  const counted = Object.entries(facts)
    .flatMap(([name, value]) => (Array.isArray(value) && value.length > 0 ? [`${name} ${value.length}`] : []))
    .join(', ')
  const unread = Object.entries(facts.reads)
    .filter(([, read]) => read.state === 'unreadable')
    .map(([key, read]) => indent(1, `could not be read: ${key} (${read.why ?? 'unknown'})`))
  const odd = facts.unreadable.map(({ source, why }) => indent(1, `unreadable: ${source}: ${why}`))
  return [indent(1, counted), ...unread, ...odd]
}

function findingLines(depth: number, name: string, finding: Finding): readonly string[] {
  const evidence = finding.evidence.map(({ what, source, fromText }) =>
    indent(depth + 1, `${source}: ${what}${fromText ? ' (from free text)' : ''}`),
  )
  return [indent(depth, `${mark[finding.verdict]} ${name}: ${finding.because}`), ...evidence]
}

const conditionLine = ({ finding, wanted, verdict, because, holds }: Condition): string =>
  `${holds ? 'holds' : 'fails'}: ${finding} must be ${wanted}, is ${verdict} (${because})`

function rowLines(row: RowOutcome): readonly string[] {
  const where = [sideOf(row.scope), row.scope.draft].filter(Boolean).join(', ')
  const decisive = row.holds ? row.conditions : row.conditions.filter((condition) => !condition.holds)
  return [
    indent(2, `row ${row.row} (${where}): ${row.holds ? 'holds' : 'does not hold'}`),
    ...decisive.map((condition) => indent(3, conditionLine(condition))),
  ]
}

/** The reason as the record names it; a card without rows for this hook was never asked. */
const whyHidden = ({ hidden = 'no-row', rows }: ChosenCard): string =>
  hidden === 'no-row' && rows.length === 0 ? 'no row of it is asked by this hook' : hidden

function cardLines(card: ChosenCard): readonly string[] {
  const head = card.wire
    ? `${card.kind}@${card.version} SHOWN ${card.wire.indicator}: ${card.wire.summary}`
    : `${card.kind}@${card.version} hidden: ${whyHidden(card)}`
  const rows = card.wire ? card.rows.filter((row) => row.holds) : card.rows
  return [indent(1, head), ...rows.flatMap(rowLines)]
}

/**
 * The whole decision of one call as text: facts, findings with their reasons and resources, cards with what showed or hid them.
 *
 * Shape:   findings that are absent are left out unless `everything` is set; every card is listed, shown ones first.
 * Privacy: resource ids and our own words; for the terminal of whoever holds the chart, never for a log.
 */
export function explainText(trace: Trace, everything: boolean): string {
  const { assessment, considered, facts } = trace
  const sides = new Map(assessment.scopes.map((scope) => [sideOf(scope), scope]))
  const findings = [...sides].flatMap(([side, scope]) => [
    indent(1, `${side}: stage ${scope.stage}`),
    ...[...scope.findings]
      .filter(([, finding]) => everything || finding.verdict !== 'absent')
      .flatMap(([name, finding]) => findingLines(2, name, finding)),
  ])
  const ordered = [...considered].sort((a, b) => Number(Boolean(b.wire)) - Number(Boolean(a.wire)))
  return [
    'FACTS',
    ...factLines(facts),
    'FINDINGS (+ present, ? cannot tell)',
    ...findingLines(1, 'in scope', assessment.inScope),
    ...findings,
    'CARDS',
    ...(ordered.length > 0 ? ordered.flatMap(cardLines) : [indent(1, 'none was asked: not in scope')]),
    '',
  ].join('\n')
}

import type { Finding } from '../assess/finding.js'
import type { Scope } from '../assess/assessment.js'
import type { Trace } from '../audit/trace.js'
import type { ChosenCard, Condition, RowOutcome } from '../cards/chosen-card.js'
import { rowsExplained } from '../cards/choose/held-rows.js'
import { whyNoCover } from '../assess/breast/antibiotics/no-cover.js'
import type { DraftOrder, Facts } from '../facts/facts.js'
import { textLines } from './explain-texts.js'

const mark = { present: '+', absent: '-', 'cannot-tell': '?' } as const

const indent = (depth: number, line: string): string => `${'  '.repeat(depth)}${line}`

/** A part of the text with its head; left out when it has no lines. */
const section = (head: string, lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? [head, ...lines] : []

const sideOf = (scope: Pick<Scope, 'side'>): string => scope.side ?? 'patient'

/** The lines on the facts: how many of each kind were read, and which values could not be read. */
function factLines(facts: Facts): readonly string[] {
  const counted = Object.entries(facts)
    .flatMap(([name, value]) => (Array.isArray(value) && value.length > 0 ? [`${name} ${value.length}`] : []))
    .join(', ')
  const unread = Object.entries(facts.reads)
    .filter(([, read]) => read.state === 'unreadable')
    .map(([key, read]) => indent(1, `could not be read: ${key} (${read.why ?? 'unknown'})`))
  const odd = facts.unreadable.map(({ source, subject, why }) =>
    indent(1, `unreadable: ${source}: ${subject}: ${why}`),
  )
  return [indent(1, counted), ...unread, ...odd]
}

/** Describes each medicine as it was read, with the reasons against cover. */
function medicineLines({ medicines }: Facts): readonly string[] {
  return medicines.map((medicine) => {
    const { source, ingredients, kind, status, sets } = medicine
    const name = ingredients.join(' + ') || 'antibiotic'
    const why = whyNoCover(medicine)
    const counts = why === undefined ? 'may count as antibiotic cover' : `no antibiotic cover: ${why}`
    const of = sets.length > 0 ? ` (${sets.join(', ')})` : ''
    return indent(1, `${source}: ${name}${of}, ${kind}, ${status}: ${counts}`)
  })
}

/** Describes the reading of each draft. */
function draftLines({ drafts }: Facts): readonly string[] {
  return drafts.map(({ source, evaluated, needs, stopsFeeding, medicine }) => {
    const says = [
      ...needs,
      ...(stopsFeeding ? ['stops feeding'] : []),
      ...(medicine ? [medicineInDraft(medicine)] : []),
    ]
    return indent(
      1,
      `${source}${evaluated ? '' : ' (not asked about)'}: ${says.join('; ') || 'nothing of ours'}`,
    )
  })
}

function medicineInDraft(medicine: NonNullable<DraftOrder['medicine']>): string {
  const why = whyNoCover(medicine)
  const name = medicine.ingredients.join(' + ') || 'antibiotic'
  return why === undefined ? name : `${name}, no antibiotic cover: ${why}`
}

function findingLines(depth: number, name: string, finding: Finding): readonly string[] {
  const evidence = finding.evidence.map(({ what, source, fromText }) =>
    indent(depth + 1, `${source}: ${what}${fromText ? ' (from free text)' : ''}`),
  )
  return [indent(depth, `${mark[finding.verdict]} ${name}: ${finding.because}`), ...evidence]
}

const conditionLine = ({ words, wanted, verdict, because, holds }: Condition): string =>
  `${holds ? 'holds' : 'fails'}: ${words} must be ${wanted}, is ${verdict} (${because})`

function rowLines(row: RowOutcome): readonly string[] {
  const where = [sideOf(row.scope), row.scope.draft].filter(Boolean).join(', ')
  const decisive = row.holds ? row.conditions : row.conditions.filter((condition) => !condition.holds)
  return [
    indent(2, `row ${row.row} (${where}): ${row.holds ? 'holds' : 'does not hold'}`),
    ...decisive.map((condition) => indent(3, conditionLine(condition))),
  ]
}

/** The reason as the record names it; a card without rows for this hook was not considered. */
const whyHidden = ({ hidden = 'no-row' }: ChosenCard, rows: readonly RowOutcome[]): string =>
  hidden === 'no-row' && rows.length === 0 ? 'no row of it is asked by this hook' : hidden

function cardLines(card: ChosenCard, asked: readonly RowOutcome[]): readonly string[] {
  const head = card.wire
    ? `${card.kind}@${card.version} SHOWN ${card.wire.indicator}: ${card.wire.summary}`
    : `${card.kind}@${card.version} hidden: ${whyHidden(card, asked)}`
  const rows = card.wire ? asked.filter((row) => row.holds) : asked
  return [indent(1, head), ...rows.flatMap(rowLines)]
}

/**
 * Writes the whole decision of one call as text: facts, findings with their reasons and resources, cards with the rows
 * that showed or hid them.
 *
 * Shape:   absent findings are left out unless `everything` is set; every card is listed, shown cards first.
 * Privacy: resource ids and the service's own words; for the terminal of a reader who holds the chart, never for a
 *          log.
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
    ...section('MEDICINES', medicineLines(facts)),
    ...section('DRAFT ORDERS', draftLines(facts)),
    ...section('TEXTS', textLines(facts)),
    'FINDINGS (+ present, ? cannot tell)',
    ...findingLines(1, 'in scope', assessment.inScope),
    ...findings,
    'CARDS',
    ...(ordered.length > 0
      ? ordered.flatMap((card) => cardLines(card, rowsExplained(trace, card.kind)))
      : [indent(1, 'none was asked: not in scope')]),
    '',
  ].join('\n')
}

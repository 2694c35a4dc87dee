import type { Scope } from '../assess/assessment.js'
import { findingDefinitions } from '../assess/registry.js'
import { findingNames, type FindingName } from '../assess/finding-names.js'
import type { Evidence, Finding } from '../assess/finding.js'
import type { Trace } from '../audit/trace.js'
import type { ChosenCard, RowOutcome } from '../cards/chosen-card.js'
import { rowsExplained } from '../cards/choose/held-rows.js'
import type { Library } from '../service/library.js'
import { draftViews, medicineViews } from './medicine-views.js'
import { timelineView } from './timeline-view.js'
import type { ConsideredView, EvidenceView, ExplanationView, FindingView, ScopeView } from './views.js'

const meanings: ReadonlyMap<string, string> = new Map(
  findingDefinitions.map(({ name, means }) => [name, means]),
)

/**
 * Makes the view of one decision: every finding with its reason and resources, every card with the rows that showed or
 * hid it.
 *
 * Shape:   findings about the patient stand once, in a scope of their own, before the scopes of the breasts.
 * Privacy: resource ids and the service's own words, for a reader who holds the chart.
 */
export function explanationView(trace: Trace, library: Library): ExplanationView {
  const { assessment, considered, invocationId, now, sources } = trace
  const timeline = timelineView(trace, library)
  const titles = new Map(library.pack.cards.map(({ kind, title }) => [kind, title]))
  return {
    invocationId,
    at: now,
    inScope: findingView('in-scope', assessment.inScope, 'Is this patient one the service speaks about?'),
    feeding: assessment.feeding,
    missing: assessment.missing,
    medicines: medicineViews(trace.facts, timeline.bars),
    drafts: draftViews(trace.facts),
    texts: trace.facts.texts,
    sources,
    scopes: scopesOf(assessment.scopes),
    cards: considered.map((card) => ({
      ...consideredView(card, titles.get(card.kind) ?? card.kind),
      rows: rowsExplained(trace, card.kind).map(rowView),
    })),
    timeline,
  }
}

function scopesOf(scopes: readonly Scope[]): readonly ScopeView[] {
  const [first] = scopes
  if (!first) return []
  const only = (scope: Scope, wanted: readonly string[]): readonly FindingView[] =>
    [...scope.findings]
      .filter(([name]) => wanted.includes(findingNames[name]))
      .map(([name, finding]) => findingView(name, finding, meanings.get(name) ?? ''))
  return [
    { side: 'patient', stage: first.stage, findings: only(first, ['patient']) },
    ...scopes.map((scope) => ({
      side: scope.side ?? 'unspecified',
      ...(scope.draft && { draft: scope.draft.source }),
      stage: scope.stage,
      findings: only(scope, scope.draft ? ['side', 'draft'] : ['side']),
    })),
  ]
}

function findingView(name: FindingName | 'in-scope', finding: Finding, means: string): FindingView {
  const { verdict, because, evidence } = finding
  return { name, means, verdict, because, evidence: evidence.map(evidenceView) }
}

const evidenceView = ({ what, when, source, fromText }: Evidence): EvidenceView => ({
  what,
  source,
  fromText,
  ...(when && { from: when.earliest }),
  ...(when && when.latest > when.earliest && { until: when.latest }),
})

function consideredView(card: ChosenCard, title: string): Omit<ConsideredView, 'rows'> {
  const { kind, version, hidden, wire } = card
  return {
    kind,
    title,
    version,
    shown: wire !== undefined,
    ...(hidden && { hidden }),
    ...(wire && { indicator: wire.indicator, summary: wire.summary }),
  }
}

const rowView = ({ row, scope, holds, conditions }: RowOutcome): ConsideredView['rows'][number] => ({
  row,
  where: [scope.side ?? '', scope.draft ?? ''].filter((words) => words !== '').join(', '),
  holds,
  conditions,
})

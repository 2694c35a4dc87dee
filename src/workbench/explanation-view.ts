import type { Scope } from '../assess/assessment.js'
import { findingDefinitions } from '../assess/registry.js'
import { findingNames, type FindingName } from '../assess/finding-names.js'
import type { Evidence, Finding } from '../assess/finding.js'
import type { Trace } from '../audit/trace.js'
import type { ChosenCard } from '../cards/chosen-card.js'
import type { Library } from '../library.js'
import { timelineView } from './timeline-view.js'
import type { ConsideredView, EvidenceView, ExplanationView, FindingView, ScopeView } from './views.js'

const meanings: ReadonlyMap<string, string> = new Map(
  findingDefinitions.map(({ name, means }) => [name, means]),
)

/**
 * The whole decision of one call: every finding with its reason and resources, every card with what showed or hid it.
 *
 * Shape:   findings of the patient as a whole come once, in a scope of their own, before those of each breast.
 * Privacy: resource ids and our own words, for whoever holds the chart.
 */
export function explanationView(trace: Trace, library: Library): ExplanationView {
  const { assessment, considered, invocationId, now, sources } = trace
  const titles = new Map(library.pack.cards.map(({ kind, title }) => [kind, title]))
  return {
    invocationId,
    at: now,
    inScope: findingView('in-scope', assessment.inScope, 'Is this patient one the service speaks about?'),
    feeding: assessment.feeding,
    missing: assessment.missing,
    sources,
    scopes: scopesOf(assessment.scopes),
    cards: considered.map((card) => consideredView(card, titles.get(card.kind) ?? card.kind)),
    timeline: timelineView(trace, library),
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

function consideredView(card: ChosenCard, title: string): ConsideredView {
  const { kind, version, hidden, wire, rows } = card
  return {
    kind,
    title,
    version,
    shown: wire !== undefined,
    ...(hidden && { hidden }),
    ...(wire && { indicator: wire.indicator, summary: wire.summary }),
    rows: rows.map(({ row, scope, holds, conditions }) => ({
      row,
      where: [scope.side ?? '', scope.draft ?? ''].filter((words) => words !== '').join(', '),
      holds,
      conditions,
    })),
  }
}

import type { FindingDefinition } from '../assess/definition.js'
import { findingDefinitions } from '../assess/registry.js'
import type { CardPack, CompiledCard } from '../cards/card-pack.js'
import type { RowSource, Wording } from '../cards/card-source.js'
import { conditionOf } from '../cards/row-condition.js'
import { readContent, type CardFolder } from '../cards/content/load-content.js'
import { sourceAttributes } from '../cards/content/published.js'
import type { ParameterEntry } from '../cards/content/read-parameters.js'
import { readCases, type CaseSource } from '../cards/content/read-cases.js'
import { parameterEntries } from './what-if.js'
import type { CaseView, Catalogue, CatalogueCard, LogicView, ParameterView } from './catalogue-views.js'

/** The members of a case beyond a patient, a hook and orders. */
const laidOver = ['with', 'selections', 'unreadable', 'parameters', 'overridden'] as const

const definitions = new Map<string, FindingDefinition>(findingDefinitions.map((each) => [each.name, each]))

/**
 * Makes every card for the card pages: its logic in words, its numbers, its evidence, its cases.
 *
 * Shape:   the pack is the pack in force, so the pages show the numbers that the site has set.
 * Missing: cases that `cards check` refuses are left out.
 */
export function catalogue(cardsDir: string, pack: CardPack, development: boolean): Catalogue {
  const content = readContent(cardsDir)
  const folders = new Map(content.folders.map((folder) => [folder.kind, folder]))
  const { byKind } = readCases(content)
  const entries = parameterEntries(cardsDir)
  return {
    development,
    ...(pack.acceptedDrafts && { accepted: pack.acceptedDrafts }),
    version: pack.version,
    cards: pack.cards.flatMap((card) => {
      const attributes = sourceAttributes(pack, card.kind)
      if (!attributes) return []
      const cases = (byKind.get(card.kind) ?? []).map(caseView)
      return [{ ...attributes, ...bodyOf(card, pack, entries, folders.get(card.kind)), cases }]
    }),
  }
}

type Body = Omit<CatalogueCard, keyof NonNullable<ReturnType<typeof sourceAttributes>> | 'cases'>

function bodyOf(
  { source, redFlag, onChart }: CompiledCard,
  { parameters, overrideReasons }: CardPack,
  entries: ReadonlyMap<string, ParameterEntry>,
  folder: CardFolder | undefined,
): Body {
  const values = new Map(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
  const words = (text: Wording): string => inWords(text, values)
  const rows = source.show_when.map((row) =>
    rowView(row, words, words(source.variants[row.variant]?.summary ?? '')),
  )
  const asked = rows.flatMap(({ all, any, none }) => [...all, ...any, ...none])
  const names = new Set(asked.flatMap((condition) => condition.findings))
  const findings = [...names].flatMap((name) => definitions.get(name) ?? [])
  const { card, variants } = source
  const lines = (key: 'recommendation' | 'does_not_apply'): readonly string[] =>
    [card, ...Object.values(variants)].flatMap((each) => (each[key] ?? []).map(words))
  return {
    released: source.dates.released,
    revised: source.dates.revised,
    history: source.history,
    hooks: [...new Set(source.show_when.flatMap(({ on }) => on))],
    redFlag,
    rows,
    recommendation: lines('recommendation'),
    doesNotApply: lines('does_not_apply'),
    onChart: onChart.map(({ finding, consequence }) => `${words(finding)}: ${consequence}`),
    suggestions: (source.suggestions ?? []).map(({ label }) => words(label)),
    overrides: [...source.overrides, ...overrideReasons.every_card].map(
      (code) => overrideReasons.reasons[code]?.display ?? code,
    ),
    parameters: parametersOf(JSON.stringify(source), findings, entries, values),
    findings: findings.map(({ name, means, edge, missing }) => ({ name, means, edge, missing })),
    evidence: folder?.evidence?.content ?? '',
  }
}

/** A text with the numbers in force; values of a patient stand in brackets. */
function inWords(text: Wording, values: ReadonlyMap<string, string>): string {
  if (typeof text !== 'string') {
    const chosen = text[values.get(text['by'] ?? '') ?? '']
    return chosen === undefined ? Object.values(text).join(' / ') : inWords(chosen, values)
  }
  return text.replaceAll(/\{\{\{?([^{}]+)\}?\}\}/g, (_, slot: string) => {
    const value = values.get(slot.trim())
    return value ?? `[${slot.trim()}]`
  })
}

function rowView(row: RowSource, words: (text: Wording) => string, summary: string): LogicView {
  const { on, all = [], any = [], none = [], indicator, rule, because } = row
  return {
    row: row.row,
    ...(rule !== undefined && { rule }),
    on,
    all: all.map(conditionOf),
    any: any.map(conditionOf),
    none: none.map(conditionOf),
    indicator,
    summary,
    because: words(because),
  }
}

function parametersOf(
  cardText: string,
  findings: readonly FindingDefinition[],
  entries: ReadonlyMap<string, ParameterEntry>,
  values: ReadonlyMap<string, string>,
): readonly ParameterView[] {
  const named = new Set<string>(findings.flatMap(({ parameters }) => parameters))
  return [...entries].flatMap(([name, { unit, range, choices, means, since, source }]) => {
    if (!named.has(name) && !cardText.includes(`{{${name}}}`)) return []
    const allowed = range ? `${range[0]} to ${range[1]}` : (choices ?? []).join(', ')
    return [{ name, value: values.get(name) ?? '', unit, allowed, means, since, source }]
  })
}

const caseView = (source: CaseSource): CaseView => ({
  case: source.case,
  patient: source.patient,
  hook: source.hook ?? 'patient-view',
  orders: source.drafts ?? [],
  expect: source.expect,
  ...(source.indicator && { indicator: source.indicator }),
  because: source.because,
  plain: laidOver.every((key) => !(key in source)),
})

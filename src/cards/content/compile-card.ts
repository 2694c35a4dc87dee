import type { HookName } from '../../protocol/hook-request.js'
import { checkAttributes } from './card-attributes.js'
import type { CompiledCard, CompiledRow, CompiledVariant } from '../card-pack.js'
import type { CardSource, LinesSource, Wording } from '../card-source.js'
import { checkHistory } from './check-history.js'
import { compileRows } from './compile-rows.js'
import { compileSuggestions } from './compile-suggestions.js'
import {
  below,
  chosenSource,
  compileSummary,
  compileWording,
  sourceKeys,
  type CompileContext,
  type ReportProblem,
} from './compile-texts.js'
import { compileBlock } from '../line-block.js'
import { nameFix } from './nearest-name.js'
import type { Template } from '../template.js'

/** The cards that must never be switched off without a recorded reason (product decision 2f). */
const redFlagKinds: ReadonlySet<string> = new Set(['punch-biopsy', 'ultrasound', 'sepsis'])

const skinWords = /redness|colour change|skin change|peau d.orange|thickening/iu

/** Compiles one card.yaml for the service, and notes every problem in it. */
export function compileCard(
  source: CardSource,
  hash: string,
  context: CompileContext,
  report: ReportProblem,
): CompiledCard {
  const rows = compileRows(source, context, report)
  const variants = Object.keys(source.variants).map((name) => compileVariant(source, name, context, report))
  for (const name of Object.keys(source.variants)) {
    if (!source.show_when.some((row) => row.variant === name || row.variant_if_text_only === name)) {
      report(['variants', name], `no row shows the variant "${name}"`, 'name it in a row or remove it')
    }
  }
  checkStatus(source, report)
  checkHistory(source, report)
  checkAttributes(source, context.everyCard, report)
  if (redFlagKinds.has(source.id) && source.red_flag !== true) {
    report(['id'], 'is a red-flag card but does not say so', 'add "red_flag: true"')
  }
  const { canonicalBase, everyCard, parameterTexts } = context
  const overrideHours = source.suppression?.override_hours
  const overrideValue = overrideHours === undefined ? undefined : Number(parameterTexts.get(overrideHours))
  if (Number.isNaN(overrideValue)) {
    report(
      ['suppression', 'override_hours'],
      `"${String(overrideHours)}" is no number`,
      'name a parameter in hours',
    )
  }
  const perStage = source.suppression?.repeat_hours_per_stage
  return {
    kind: source.id,
    title: source.title,
    version: source.version,
    status: source.status,
    order: source.order,
    redFlag: source.red_flag === true,
    rows,
    rowsOf: byHook(rows),
    variants,
    skinSigns: source.card.skin_signs === true || listsSkinSigns(source),
    sayFeeding: source.card.say_feeding !== false,
    recommendationFirst: source.card.recommendation_first === true,
    neverCapped: source.suppression?.never_capped === true,
    ...(overrideValue !== undefined && { overrideHours: overrideValue }),
    ...(perStage !== undefined && { repeatHoursPerStage: perStage }),
    topic: { system: `${canonicalBase}/CodeSystem/card-kind`, code: source.id, display: source.title },
    overrideReasons: overrideCodings(source, context, report),
    attributesUrl: `${canonicalBase}/cards/${source.id}/attributes`,
    statusLine: statusLine(source, everyCard.unreviewed, everyCard.reviewed),
    hash,
    source,
  }
}

function compileVariant(
  source: CardSource,
  name: string,
  context: CompileContext,
  report: ReportProblem,
): CompiledVariant {
  const variant = source.variants[name]
  if (!variant) throw new Error(`variant ${name} is not in the card`)
  const key = chosenSource(
    variant.source ?? source.card.source,
    ['variants', name, 'source'],
    context,
    report,
  )
  const cited = context.sources[key]
  const lines = (part: keyof LinesSource): readonly Template[] => [
    ...compileLines(variant[part], ['variants', name, part], context, report),
    ...compileLines(source.card[part], ['card', part], context, report),
  ]
  const always = context.everyCard.does_not_apply.map((text): Template => ({ texts: [text], slots: [] }))
  return {
    name,
    summary: compileSummary(
      source.id,
      variant.summary,
      context,
      below(report, ['variants', name, 'summary']),
    ),
    source: { key, label: cited?.label ?? '', url: cited?.url ?? '' },
    why: compileBlock(lines('why')),
    recommendation: compileBlock(lines('recommendation')),
    doesNotApply: compileBlock([...lines('does_not_apply'), ...always]),
    suggestions: compileSuggestions(source, name, context, report),
  }
}

const compileLines = (
  lines: readonly Wording[] | undefined,
  path: readonly (string | number)[],
  context: CompileContext,
  report: ReportProblem,
): readonly Template[] =>
  (lines ?? []).map((line, place) => compileWording(line, [...path, place], context, report))

const byHook = (rows: readonly CompiledRow[]): ReadonlyMap<HookName, readonly CompiledRow[]> => {
  const hooks = new Set(rows.flatMap(({ on }) => on))
  return new Map([...hooks].map((hook) => [hook, rows.filter(({ on }) => on.includes(hook))]))
}

function checkStatus(source: CardSource, report: ReportProblem): void {
  if (source.status === 'draft' && source.reviewed) {
    report(
      ['reviewed'],
      'a draft says that it was reviewed',
      'set the status to reviewed, or remove "reviewed"',
    )
  }
  if (source.status !== 'draft' && source.status !== 'retired' && !source.reviewed) {
    report(['status'], `is ${source.status} without a review`, 'add "reviewed: { on, role, again_by }"')
  }
  if (source.dates.revised < source.dates.released) {
    report(['dates'], 'was revised before it was released', 'correct the dates')
  }
}

const statusLine = ({ version, reviewed, status }: CardSource, unreviewed: string, words: string): string =>
  reviewed && status !== 'draft'
    ? `Version ${version}, reviewed ${reviewed.on} (${reviewed.role}), again by ${reviewed.again_by}. ${words}`
    : `Version ${version}. ${unreviewed}`

/** The override codes of a card, each once: its own, those of every card, and the HL7 categories that both map to. */
function overrideCodings(source: CardSource, context: CompileContext, report: ReportProblem) {
  const { reasons, every_card, hl7, hl7_system } = context.overrideReasons
  const system = `${context.canonicalBase}/CodeSystem/override-reason`
  const codes = [...new Set([...source.overrides, ...every_card])]
  const own = codes.flatMap((code) => {
    const reason = Object.hasOwn(reasons, code) ? reasons[code] : undefined
    if (reason) return [{ reason, coding: { system, code, display: reason.display } }]
    report(
      ['overrides'],
      `unknown override code "${code}"`,
      nameFix(code, Object.keys(reasons), 'cards/override-reasons.yaml'),
    )
    return []
  })
  const categories = [...new Set(own.map(({ reason }) => reason.hl7))]
  return [
    ...own.map(({ coding }) => coding),
    ...categories.map((code) => ({ system: hl7_system, code, display: hl7[code] ?? code })),
  ]
}

const texts = (lines: readonly Wording[] = []): readonly string[] =>
  lines.flatMap((line) => (typeof line === 'string' ? [line] : Object.values(line)))

const listsSkinSigns = ({ card, variants }: CardSource): boolean =>
  [card, ...Object.values(variants)]
    .flatMap(({ why, recommendation, does_not_apply }) => [
      ...texts(why),
      ...texts(recommendation),
      ...texts(does_not_apply),
    ])
    .some((text) => skinWords.test(text))

/** Every source that a card can cite; each needs a heading in evidence.md. */
export const citedSources = ({ card, variants, citations = [] }: CardSource): readonly string[] => [
  ...new Set([
    ...sourceKeys(card.source),
    ...Object.values(variants).flatMap(({ source }) => (source === undefined ? [] : sourceKeys(source))),
    ...citations,
  ]),
]

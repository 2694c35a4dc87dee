import type { HookName } from '../../protocol/hook-request.js'
import { checkAttributes } from './card-attributes.js'
import type { CompiledCard, CompiledRow } from '../card-pack.js'
import type { CardSource, EveryCard, Wording } from '../card-source.js'
import { monthOf } from '../../units/clock-words.js'
import { checkHistory } from './check-history.js'
import { compileRows } from './compile-rows.js'
import { compileWording, sourceKeys, type CompileContext, type ReportProblem } from './compile-texts.js'
import { compileVariant } from './compile-variant.js'
import { onChartOf } from './on-chart.js'

/** The cards that must never be switched off without a recorded reason (product decision 2f). */
const redFlagKinds: ReadonlySet<string> = new Set(['punch-biopsy', 'ultrasound', 'sepsis'])

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
  checkDoesNotApply(source, context, report)
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
    onChart: onChartOf(source, context, report),
    neverCapped: source.suppression?.never_capped === true,
    ...(overrideValue !== undefined && { overrideHours: overrideValue }),
    ...(perStage !== undefined && { repeatHoursPerStage: perStage }),
    topic: { system: `${canonicalBase}/CodeSystem/card-kind`, code: source.id, display: source.title },
    attributesUrl: `${canonicalBase}/cards/${source.id}/attributes`,
    reviewLine: reviewLine(source, everyCard),
    reviewSentence: reviewSentence(source, everyCard),
    hash,
    source,
  }
}

/** Checks the lines of the card's own page, which no card prints. */
function checkDoesNotApply(
  { card, variants }: CardSource,
  context: CompileContext,
  report: ReportProblem,
): void {
  const check = (lines: readonly Wording[] = [], path: readonly string[]): void => {
    for (const [place, line] of lines.entries()) compileWording(line, [...path, place], context, report)
  }
  check(card.does_not_apply, ['card', 'does_not_apply'])
  for (const [name, variant] of Object.entries(variants)) {
    check(variant.does_not_apply, ['variants', name, 'does_not_apply'])
  }
}

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

/** The review in the Source line of a card. */
const reviewLine = ({ reviewed, status, card }: CardSource, { unreviewed }: EveryCard): string => {
  const note = card.source_note === undefined ? '' : `${card.source_note} `
  if (!reviewed || status === 'draft') return note + unreviewed
  return `${note}Reviewed ${monthWords(reviewed.on)}, ${reviewed.role}.`
}

/** The review on the card's own page, with the version. */
const reviewSentence = ({ version, reviewed, status }: CardSource, words: EveryCard): string =>
  reviewed && status !== 'draft'
    ? `Version ${version}, reviewed ${reviewed.on} (${reviewed.role}), again by ${reviewed.again_by}. ${words.reviewed}`
    : `Version ${version}. ${words.unreviewed_sheet}`

const monthWords = (date: string): string => monthOf(Date.parse(date), 'UTC')

/** Every source that a card can cite; each needs a heading in evidence.md. */
export const citedSources = ({ card, variants, citations = [] }: CardSource): readonly string[] => [
  ...new Set([
    ...sourceKeys(card.source),
    ...Object.values(variants).flatMap(({ source }) => (source === undefined ? [] : sourceKeys(source))),
    ...citations,
  ]),
]

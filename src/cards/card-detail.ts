import type { Assessment } from '../assess/assessment.js'
import type { CardPack, CompiledCard, CompiledVariant } from './card-pack.js'
import { reasonsOf } from './held-rows.js'
import type { MergedRows } from './merged-rows.js'
import { fillInLine, type SlotValues, type Template } from './template.js'
import { whyLines } from './why-lines.js'

/** Headings of every card, in order (clinical 6). */
export const headings = {
  why: 'Why',
  missing: 'What is missing',
  recommendation: 'Recommendation',
  doesNotApply: 'When this does not apply',
  source: 'Source',
} as const

/** Words in the reasons that make them a list of skin signs. */
const skinWords = /redness|erythema|colour|color|skin|peau/iu

const bullet = (line: string): string => `- ${line}`

const filled = (lines: readonly Template[], values: SlotValues): readonly string[] =>
  lines.flatMap((line) => fillInLine(line, values) ?? [])

/**
 * The detail of a card in Markdown: always the same five headings, one line per thing.
 *
 * Missing: what could not be read stands under its own heading, in our words.
 * Privacy: no chart text but the escaped name of the order.
 */
export function cardDetail(
  pack: CardPack,
  card: CompiledCard,
  variant: CompiledVariant,
  merged: MergedRows,
  values: SlotValues,
  assessment: Assessment,
): string {
  const { everyCard } = pack
  const why = whyLines(merged, values)
  const skinSigns = card.skinSigns || why.some((line) => skinWords.test(line))
  const missing = missingLines(merged, assessment)
  return [
    `### ${headings.why}`,
    ...(values.order === '' ? [] : [`- About the order: ${values.order}`]),
    ...why,
    ...filled(variant.why, values).map(bullet),
    '',
    `### ${headings.missing}`,
    ...(missing.length > 0 ? missing : [everyCard.nothing_missing]).map(bullet),
    '',
    `### ${headings.recommendation}`,
    ...filled(variant.recommendation, values).map(bullet),
    ...(skinSigns ? [bullet(everyCard.skin_tone)] : []),
    ...(card.sayFeeding ? [...assessment.additions, ...assessment.feeding.sentences] : []).map(bullet),
    '',
    `### ${headings.doesNotApply}`,
    ...filled(variant.doesNotApply, values).map(bullet),
    ...everyCard.does_not_apply.map(bullet),
    '',
    `### ${headings.source}`,
    `- [${variant.source.label}](${variant.source.url})`,
    bullet(card.statusLine),
  ].join('\n')
}

/** What could not be read, and what would have kept the card away had it been readable (product decision 2c). */
function missingLines({ held }: MergedRows, { missing }: Assessment): readonly string[] {
  const lines = new Set(missing)
  for (const { row, scope } of held) {
    for (const name of row.none) {
      const finding = scope.findings.get(name)
      if (finding?.verdict === 'cannot-tell') lines.add(finding.because)
    }
  }
  return [...lines]
}

/** Reasons of a merged card without dates and ids, for the hash of its content. */
export const bareReasons = ({ held }: MergedRows): readonly string[] => {
  const reasons = new Set<string>()
  for (const { row, scope } of held) {
    const side = scope.side ?? ''
    reasons.add(`${side} ${row.id}`)
    for (const [, { because, evidence }] of reasonsOf(row, scope.findings)) {
      reasons.add(`${side} ${because}`)
      for (const { what, fromText } of evidence) reasons.add(fromText ? `text ${what}` : what)
    }
  }
  return [...reasons].sort()
}

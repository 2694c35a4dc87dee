import type { Assessment } from '../assess/assessment.js'
import type { CardPack, CompiledCard, CompiledVariant } from './card-pack.js'
import type { MergedRows } from './merged-rows.js'
import { fillInBlock } from './line-block.js'
import type { SlotValues } from './template.js'
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

const bullet = (line: string): string => `- ${line}\n`

const bullets = (lines: Iterable<string>): string => {
  let text = ''
  for (const line of lines) text += bullet(line)
  return text
}

/**
 * The detail of a card in Markdown: always the same five headings, one line per thing.
 *
 * Missing: what could not be read stands under its own heading, in our words.
 * Privacy: no chart text but the escaped name of the order.
 */
export function cardDetail(
  { everyCard }: CardPack,
  card: CompiledCard,
  variant: CompiledVariant,
  merged: MergedRows,
  values: SlotValues,
  assessment: Assessment,
): string {
  const why = whyLines(merged, values)
  const order = values.order === '' ? '' : bullet(`About the order: ${values.order}`)
  const missing = missingLines(merged, assessment)
  const skinTone = card.skinSigns || skinWords.test(why) ? bullet(everyCard.skin_tone) : ''
  const feeding = card.sayFeeding ? bullets(assessment.additions) + bullets(assessment.feeding.sentences) : ''
  return [
    `### ${headings.why}\n${order}${why}${fillInBlock(variant.why, values)}`,
    `### ${headings.missing}\n${missing.size > 0 ? bullets(missing) : bullet(everyCard.nothing_missing)}`,
    `### ${headings.recommendation}\n${fillInBlock(variant.recommendation, values)}${skinTone}${feeding}`,
    `### ${headings.doesNotApply}\n${fillInBlock(variant.doesNotApply, values)}`,
    `### ${headings.source}\n- [${variant.source.label}](${variant.source.url})\n- ${card.statusLine}`,
  ].join('\n')
}

/** What could not be read, and what would have kept the card away had it been readable (product decision 2c). */
function missingLines({ held }: MergedRows, { missing }: Assessment): ReadonlySet<string> {
  const lines = new Set(missing)
  for (const { row, scope } of held) {
    for (const name of row.none) {
      const finding = scope.findings.get(name)
      if (finding?.verdict === 'cannot-tell') lines.add(finding.because)
    }
  }
  return lines
}

import type { Assessment } from '../../assess/assessment.js'
import type { MergedRows } from './merged-rows.js'
import { fillInBlock } from '../line-block.js'
import type { Rendering } from './rendering.js'
import { decidingName } from './row-verdict.js'
import { whyLines } from './why-lines.js'

/** The headings of every card, in order (clinical 6). */
export const headings = {
  why: 'Why',
  missing: 'What is missing',
  recommendation: 'Recommendation',
  doesNotApply: 'When this does not apply',
  source: 'Source',
} as const

/** Words that mark a reason as one about a skin sign. */
const skinWords = /redness|erythema|colour|color|skin|peau/iu

const bullet = (line: string): string => `- ${line}\n`

const bullets = (lines: Iterable<string>): string => {
  let text = ''
  for (const line of lines) text += bullet(line)
  return text
}

/**
 * Writes the detail of a card in Markdown: always the same five headings, with one line for each statement. A card of
 * grave urgency begins with the recommendation.
 *
 * Missing: data that could not be read stand under a heading of their own, in the service's words.
 * Privacy: no chart text but the escaped name of the order.
 */
export function cardDetail({ pack, card, variant, merged, values, assessment }: Rendering): string {
  const { everyCard } = pack
  const why = whyLines(merged, values)
  const order = values.order === '' ? '' : bullet(`About the order: ${values.order}`)
  const missing = missingLines(merged, assessment)
  const skinTone = card.skinSigns || skinWords.test(why) ? bullet(everyCard.skin_tone) : ''
  const feeding = card.sayFeeding ? bullets(assessment.additions) + bullets(assessment.feeding.sentences) : ''
  const reasons = [
    `### ${headings.why}\n${order}${why}${fillInBlock(variant.why, values)}`,
    `### ${headings.missing}\n${missing.size > 0 ? bullets(missing) : bullet(everyCard.nothing_missing)}`,
  ]
  const recommendation = `### ${headings.recommendation}\n${fillInBlock(variant.recommendation, values)}${skinTone}${feeding}`
  return [
    ...(card.recommendationFirst ? [recommendation, ...reasons] : [...reasons, recommendation]),
    `### ${headings.doesNotApply}\n${fillInBlock(variant.doesNotApply, values)}`,
    `### ${headings.source}\n- [${variant.source.label}](${variant.source.url})\n- ${card.statusLine}`,
  ].join('\n')
}

/**
 * The lines on unread data, and on findings that would have kept the card away if they had been readable (product
 * decision 2c).
 */
function missingLines({ held }: MergedRows, { missing }: Assessment): ReadonlySet<string> {
  const lines = new Set(missing)
  for (const { row, scope } of held) {
    for (const condition of row.none) {
      const finding = scope.findings.get(decidingName(condition, scope.findings))
      if (finding?.verdict === 'cannot-tell') lines.add(finding.because)
    }
  }
  return lines
}

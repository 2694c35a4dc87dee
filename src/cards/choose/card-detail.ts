import { capitalised } from '../../assess/words.js'
import { fillInLines } from '../template.js'
import { feedingLines } from './feeding-lines.js'
import { longestLine, packed } from './lines.js'
import type { Rendering } from './rendering.js'
import { decidingName } from './row-verdict.js'
import { whyLines } from './why-lines.js'

/** The headings of a card, in their order (clinical 6); a heading without lines is left out. */
export const headings = {
  recommendation: 'Recommendation',
  why: 'Why',
  missing: 'What is missing',
  onChart: 'On this chart',
  source: 'Source',
} as const

type Sections = Readonly<Record<keyof typeof headings, readonly string[]>>

const mostWhy = 4
const mostWords = 120

/** Words that speak of redness, which dark skin may not show. */
const redness = /\bredness\b|\bred\b|\berythema\b/iu

/**
 * Writes the detail of a card in Markdown: what to do first, then the patient's own facts.
 *
 * Shape:   sections with one line for each statement, at most `cards.maxLines` lines that are not empty.
 * Edge:    when a card is too long, Why loses its last lines first, and then Recommendation its last line but the words
 *          on feeding; what is missing and what is on the chart are never left out.
 * Missing: data that could not be read stand under a heading of their own, in the service's words.
 * Privacy: no chart text but the escaped name of the order.
 * Source:  clinical changes C30
 */
export function cardDetail(rendering: Rendering): string {
  const { card, variant, values, assessment, pack } = rendering
  const feeding = feedingLines(rendering)
  const recommendation = [...assessment.additions, ...fillInLines(variant.recommendation, values), ...feeding]
  const sections: Sections = {
    recommendation,
    why: whySection(rendering, recommendation),
    missing: packed([...fillInLines(variant.missing, values), ...missingLines(rendering)].map(sentence), ' '),
    onChart: onChartLines(rendering),
    source: [`${variant.sources.map(({ label }) => label).join('; ')}. ${card.reviewLine}`],
  }
  return markdown(fitted(sections, feeding.length, pack.parameters['cards.maxLines']))
}

const sentence = (words: string): string => `${capitalised(words)}${words.endsWith('.') ? '' : '.'}`

/** The order, the patient's facts, then the general sentence of the card; the skin line beside the first word on redness. */
function whySection(
  { pack, variant, merged, values, assessment }: Rendering,
  recommendation: readonly string[],
): readonly string[] {
  const clock = { now: assessment.now, zone: pack.parameters['time.defaultZone'] }
  const order = values.order === '' ? [] : [`Order now: ${values.order}`]
  const lines = [...order, ...whyLines(merged, clock), ...fillInLines(variant.why, values)]
  const facts = lines.slice(0, mostWhy)
  const speaks = facts.findIndex((line) => redness.test(line))
  if (speaks < 0 && !recommendation.some((line) => redness.test(line))) return facts
  const { skin_tone: beside, skin_tone_alone: alone } = pack.everyCard
  const joined = `${facts[speaks] ?? ''} ${beside}`
  if (speaks >= 0 && joined.length <= longestLine) return facts.with(speaks, joined)
  return [...facts.slice(0, speaks + 1), alone, ...facts.slice(speaks + 1)]
}

/**
 * The lines on unread data, and on findings that would have kept the card away if they had been readable (product
 * decision 2c).
 */
function missingLines({ merged: { held }, assessment }: Rendering): readonly string[] {
  const lines = new Set(assessment.missing)
  for (const { row, scope } of held) {
    for (const condition of row.none) {
      const finding = scope.findings.get(decidingName(condition, scope.findings))
      if (finding?.verdict === 'cannot-tell') lines.add(finding.because)
    }
  }
  return [...lines]
}

/** What is on this chart and changes what is done, each with its consequence. */
const onChartLines = ({ card, merged: { lead } }: Rendering): readonly string[] =>
  card.onChart.flatMap(({ finding, consequence }) => {
    const found = lead.scope.findings.get(finding)
    return found?.verdict === 'present' ? [`${capitalised(found.because)}: ${consequence}`] : []
  })

const lineCount = (sections: Sections): number =>
  Object.values(sections).reduce((sum, lines) => sum + (lines.length > 0 ? lines.length + 1 : 0), 0)

const wordCount = (sections: Sections): number =>
  Object.values(sections).flat().join(' ').split(/\s+/u).length

/** Shortens Why, then Recommendation, until the card is short enough. */
function fitted(sections: Sections, feeding: number, maxLines: number): Sections {
  let { why, recommendation } = sections
  const now = (): Sections => ({ ...sections, why, recommendation })
  while (why.length > 1 && (lineCount(now()) > maxLines || wordCount(now()) > mostWords))
    why = why.slice(0, -1)
  while (recommendation.length > 1 + feeding && lineCount(now()) > maxLines) {
    recommendation = recommendation.toSpliced(-1 - feeding, 1)
  }
  return now()
}

const markdown = (sections: Sections): string =>
  (Object.keys(headings) as (keyof Sections)[])
    .filter((name) => sections[name].length > 0)
    .map((name) => `### ${headings[name]}\n${sections[name].map((line) => `- ${line}`).join('\n')}`)
    .join('\n\n')

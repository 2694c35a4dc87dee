import { dayAfter, pastDays } from './dates.js'
import type { Section, Sentence, Side } from './document.js'
import { atHeadings } from './headings-within.js'
import type { Hit } from './phrases.js'
import { leadOf, type Label, type Lead } from './sentence-leads.js'
import { sentencesOf, type Stretch } from './sentences.js'
import { tablesOf } from './tables.js'
import type { Token } from './tokens.js'
import type { ModifierMeaning } from './word-lists.js'

/** A sentence with its hits. */
export interface OutlineSentence {
  sentence: Sentence
  hits: readonly Hit[]
  stretch: Stretch
}

/** Sections and sentences of a text. */
export interface Outline {
  sections: readonly Section[]
  sentences: readonly OutlineSentence[]
  /** The sides that labels name. */
  labelSides: readonly (Side | undefined)[]
}

/** What holds for the sentences from here on, until a heading, label, date or empty line says otherwise. */
interface Standing {
  section: Section
  implied: ModifierMeaning | undefined
  label: Label
  day: number | undefined
}

/**
 * Finds headings, dates and labels of place ("Right breast:"), and puts each sentence under its own.
 *
 * Shape: a heading is a listed word at the start of a sentence before a colon, dash or question mark, or alone on its line; a label of
 *        place holds only places and sides, and reaches to the next label, heading or empty line. Sentences under a date are past
 *        when the text has a later one, or speaks of today.
 */
export function outlineOf(
  tokens: readonly Token[],
  hits: readonly Hit[],
  { length, shortened }: { length: number; shortened: ReadonlySet<string> },
): Outline {
  const sections: Section[] = [{ kind: 'none', start: 0, end: length }]
  const dated: { entry: OutlineSentence; day: number }[] = []
  const sentences: OutlineSentence[] = []
  const labelSides: (Side | undefined)[] = []
  const standing: Standing = {
    section: sections[0] as Section,
    implied: undefined,
    label: {},
    day: undefined,
  }
  let taken = 0
  const stretches = atHeadings(sentencesOf(tokens, shortened, tablesOf(tokens, hits)), tokens, hits)
  for (const stretch of stretches) {
    const mine: Hit[] = []
    for (; taken < hits.length; taken++) {
      const hit = hits[taken]
      if (!hit || hit.first >= stretch.last) break
      if (hit.first >= stretch.first) mine.push(hit)
    }
    const lead = (stretch.row ?? stretch.piece) ? { first: stretch.first } : leadOf(stretch, tokens, mine)
    stand(standing, lead, stretch)
    labelSides.push(lead.label?.side)
    if (lead.heading !== undefined)
      standing.section = startSection(sections, lead.heading, tokens[stretch.first]?.start ?? 0)
    if (lead.first >= stretch.last) continue
    const sentence = sentenceOf(stretch, lead.first, tokens, standing)
    const behind = lead.first === stretch.first ? mine : mine.filter((hit) => hit.first >= lead.first)
    const entry = { sentence, hits: behind, stretch }
    sentences.push(entry)
    if (standing.day !== undefined) dated.push({ entry, day: standing.day })
  }
  const past = pastDays(dated.map(({ day }) => day))
  for (const { entry, day } of dated) if (past.has(day)) entry.sentence.past = true
  return { sections, sentences, labelSides }
}

function startSection(sections: Section[], kind: string, start: number): Section {
  const before = sections.at(-1)
  const section = { kind, start, end: before?.end ?? start }
  if (before) before.end = start
  sections.push(section)
  return section
}

function sentenceOf(stretch: Stretch, first: number, tokens: readonly Token[], standing: Standing): Sentence {
  const { section, implied, label } = standing
  const sentence: Sentence = {
    start: tokens[first]?.start ?? 0,
    end: tokens[stretch.last - 1]?.end ?? 0,
    first,
    last: stretch.last,
    section,
    item: stretch.item,
    past: false,
    dated: standing.day !== undefined,
  }
  const side = stretch.piece?.side ?? label.side
  if (implied) sentence.implied = implied
  if (side) sentence.side = side
  if (label.place !== undefined) sentence.place = label.place
  return sentence
}

/** What a sentence begins with holds from there on. */
function stand(standing: Standing, lead: Lead, { afterGap }: Stretch): void {
  if (afterGap || lead.heading !== undefined) {
    standing.label = noLabel
    standing.implied = lead.implied
  }
  if (lead.heading !== undefined) standing.day = undefined
  if (lead.day !== undefined) {
    standing.day = lead.ofWeek ? dayAfter(standing.day ?? 0, lead.day) : lead.day
    standing.implied = lead.implied
  }
  if (lead.label && (lead.heading === undefined || hasPlace(lead.label))) standing.label = lead.label
  if (lead.now) {
    standing.day = undefined
    standing.implied = undefined
  }
}

const noLabel: Label = {}
const hasPlace = ({ side, place }: Label): boolean => side !== undefined || place !== undefined

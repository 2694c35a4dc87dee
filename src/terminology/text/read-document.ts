import { withAfterthoughts } from './afterthoughts.js'
import { assertionsOf, type Active } from './assertions.js'
import { withDayLines } from './day-series.js'
import type { Draft } from './said.js'
import { partsOf, type Part } from './clauses.js'
import { isCourse } from './course.js'
import { withColumns, withFieldLines } from './columns.js'
import type { Document, ForeignStretch, Mention, Side } from './document.js'
import { ellipsesOf, type Antecedents } from './ellipses.js'
import { formsOf } from './forms.js'
import { withKeyAnswers } from './keys.js'
import { languageOf } from './languages.js'
import { foldLines, withBareSides, withDictatedMarks } from './layout.js'
import { mentionsOf, type Reader, type Surroundings } from './mentions.js'
import { hitsOf } from './listed-phrases.js'
import { entryOf, hasRole, type Hit } from './phrases.js'
import { outlineOf, type OutlineSentence } from './sections.js'
import type { Stretch } from './sentences.js'
import { sideOf } from './sides.js'
import { withoutSilenced } from './silenced.js'
import { tokensOf, type Token } from './tokens.js'
import type { Words } from './words.js'
import { withYears } from './years.js'

/** What is known of a text besides its words. */
export interface About {
  /** The place that it speaks of when a sentence names none ("breast" for a breast examination). */
  place?: string
  /** It is the name of a medicine, an order or a diagnosis. Such names are much alike, so one that is known is read in any language. */
  name?: boolean
  /** It tells of signs of a person, so one of a thing or place that no list knows is not taken for hers. */
  signs?: boolean
}

/**
 * Reads a text: sections, sentences, form lines, and every target with what is said of it.
 *
 * Shape:   mentions in the order of the text; places are UTF-16 units of the text as it came in.
 * Missing: a target that is asked for and not answered is `unreadable`; one at a place where it cannot be is left out.
 */
export function readDocument(text: string, words: Words, about: About = {}): Document {
  const cut = withColumns(
    withFieldLines(withBareSides(withDictatedMarks(tokensOf(text, words.shortForms), words), words)),
    words,
  )
  const tokens = withDayLines(withKeyAnswers(foldLines(cut, words), words), words)
  const allHits = withYears(hitsOf(tokens, words.phrases), tokens, { words, name: about.name === true })
  const outline = outlineOf(tokens, allHits, {
    length: text.length,
    shortened: words.shortened,
  })
  const reader: Reader = {
    text,
    tokens,
    words,
    place: about.place,
    name: about.name === true,
    signs: about.signs === true,
  }
  const hits: Hit[] = []
  const parts: (readonly Part[])[] = []
  const mentions: Mention[] = []
  const foreign: ForeignStretch[] = []
  let before = nothing
  for (const [index, entry] of outline.sentences.entries()) {
    const { start, end } = entry.sentence
    const named = reader.name && entry.hits.some((hit) => hasRole(hit, 'target'))
    const language = named ? undefined : languageOf(entry.sentence, tokens, words, entry.hits)
    if (language !== undefined) foreign.push({ start, end, language })
    const read = language === undefined ? readSentence(entry, index, reader, before) : nothing
    hits.push(...(language === undefined ? entry.hits : []))
    parts.push(read.parts)
    mentions.push(...read.mentions)
    before = language === undefined ? read : before
  }
  return {
    text,
    tokens,
    hits,
    allHits,
    sections: outline.sections,
    sentences: outline.sentences.map(({ sentence }) => sentence),
    parts,
    foreign,
    mentions: withAfterthoughts(mentions, parts, outline.labelSides, words.targets),
  }
}

/** What one sentence gives, and what the next one may need of it. */
interface SentenceReading {
  parts: readonly Part[]
  mentions: readonly Mention[]
  /** The last targets, which a short answer may speak of. */
  antecedents: Antecedents
  /** The modifiers that a list below it stands under, with its own line. */
  intro: { open: readonly Active[]; stretch: Stretch } | undefined
  place: string | undefined
  side: Side | undefined
}

const nothing: SentenceReading = {
  parts: [],
  mentions: [],
  antecedents: [],
  intro: undefined,
  place: undefined,
  side: undefined,
}

function readSentence(
  { sentence, hits: all, stretch }: OutlineSentence,
  index: number,
  reader: Reader,
  before: SentenceReading,
): SentenceReading {
  const intro = before.intro && isItemOf(stretch, before.intro.stretch) ? before.intro : undefined
  if (all.length === 0) return { ...before, parts: [], mentions: [], intro }
  const { tokens } = reader
  const hits = withoutSilenced(sentence, tokens, all)
  const { answers, used } = formsOf(sentence, stretch.row, tokens, hits)
  const prose = used.size === 0 ? hits : hits.filter((hit) => !used.has(hit))
  const parts = partsOf(sentence.first, sentence.last, tokens, prose)
  const { drafts, open } = assertionsOf(parts, intro?.open)
  const placed = sentence.side !== undefined || sentence.place !== undefined || sentence.dated
  const { antecedents } = before
  const repeated = ellipsesOf(parts, drafts, tokens, { antecedents, placed, name: reader.name })
  const known = { placeBefore: before.place, sideBefore: before.side }
  const around = { sentence, index, parts, hits: prose, values: used, answers, ...known }
  return {
    parts,
    mentions: mentionsOfAll(drafts, repeated, around, reader),
    antecedents: drafts.some(({ entry }) => !isCourse(entry.id)) ? drafts : antecedents,
    intro: drafts.length === 0 && open.length > 0 && isIntro(stretch, tokens) ? { open, stretch } : intro,
    place: lastPlace(hits) ?? sentence.place ?? before.place,
    side: sideOf(hits.findLast((hit) => sideOf(hit))) ?? sentence.side ?? before.side,
  }
}

function mentionsOfAll(
  drafts: readonly Draft[],
  repeated: readonly Draft[],
  around: Surroundings,
  reader: Reader,
): readonly Mention[] {
  const mentions: Mention[] = []
  for (const draft of drafts) mentions.push(...mentionsOf(draft, around, reader))
  for (const draft of repeated) mentions.push(...mentionsOf(draft, around, reader))
  return mentions
}

function lastPlace(hits: readonly Hit[]): string | undefined {
  for (let at = hits.length - 1; at >= 0; at--) {
    const hit = hits[at]
    if (hit && hasRole(hit, 'place')) return entryOf(hit, 'place')?.as
  }
  return undefined
}

/** Does the line lead a list below it? One that ends with a full stop has said all. */
const isIntro = ({ last, atLineEnd }: Stretch, tokens: readonly Token[]): boolean =>
  atLineEnd && tokens[last]?.text !== '.' && tokens[last - 1]?.text !== '.'

/** A list item below a line; below an item, one that stands further in. */
const isItemOf = (stretch: Stretch, intro: Stretch): boolean =>
  stretch.item && !stretch.afterGap && (!intro.item || stretch.indent > intro.indent)

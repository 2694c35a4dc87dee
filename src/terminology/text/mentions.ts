import { assertionOf, bitOf, nothingSaid, type Draft } from './said.js'
import type { Part } from './clauses.js'
import type { Mention, Sentence, Side } from './document.js'
import type { Answer } from './form-line.js'
import { entryOf, hasRole, isNamed, names, type Hit } from './phrases.js'
import { joinedSides, nearest, opposite, sideBefore, sideOf, sidesIn } from './sides.js'
import type { Token } from './tokens.js'
import type { Entry, Target } from './word-lists.js'
import { isOfUnknownThing } from './unknown-things.js'
import type { Words } from './words.js'

/** What is the same for all sentences of a text. */
export interface Reader {
  text: string
  tokens: readonly Token[]
  words: Words
  /** The place that the text speaks of when a sentence names none. */
  place: string | undefined
  /** The text is the name of a medicine, an order or a diagnosis. */
  name: boolean
  /** The text tells of signs of a person. */
  signs: boolean
}

/** The sentence around a mention. */
export interface Surroundings {
  sentence: Sentence
  index: number
  parts: readonly Part[]
  hits: readonly Hit[]
  answers: ReadonlyMap<Hit, readonly Answer[]>
  /** The words that answered the labels of the sentence; they are not among its hits. */
  values: ReadonlySet<Hit>
  /** The last place and side that the sentences before named. */
  placeBefore: string | undefined
  sideBefore: Side | undefined
}

/**
 * The mentions of a draft: one, or one for each side that a form answers for.
 *
 * Missing: none when the target cannot be at the place, or lacks the words that it needs.
 */
export function mentionsOf(drafted: Draft, around: Surroundings, reader: Reader): readonly Mention[] {
  const entry = fittingEntry(drafted, around, reader)
  const target = entry && reader.words.targets.get(entry.id)
  if (!target) return []
  const draft = entry === drafted.entry ? drafted : { ...drafted, entry }
  const place = placeOf(draft, target, around, reader)
  if (!target.systemic && target.at.length > 0 && !target.at.includes(place ?? '')) return []
  const part = around.parts[draft.part]
  const ofOther =
    reader.signs &&
    !target.systemic &&
    draft.entry.place === undefined &&
    part !== undefined &&
    isOfUnknownThing({ hit: draft.hit, form: draft.entry.form, part }, reader.tokens, reader.words)
  const side = target.systemic
    ? undefined
    : (sideWithin(draft.hit, reader) ?? sideRightBehind(draft, around, reader) ?? sideNear(draft, around))
  const said = {
    said: ofOther ? draft.said | bitOf('unreadable') : draft.said,
    entry: draft.entry,
    past: around.sentence.past,
    implied: around.sentence.implied,
  }
  const one = mentionAt(draft, around, reader)
  one.assertion = assertionOf(said)
  if (side !== undefined) one.side = side
  if (place !== undefined) one.place = place
  const answers = draft.repeated ? undefined : around.answers.get(draft.hit)
  if (!answers) return [one]
  return answers.map((answer) => ({
    ...one,
    ...(answer.side && { side: answer.side }),
    ...gradeOf(answer, around.values),
    ...(answer.rule === gone && { isNow: true }),
    assertion: assertionOf({ ...said, answer: answer.state }),
    rule: answer.rule,
    why: wordsBetween(reader, Math.min(draft.hit.first, answer.first), Math.max(draft.hit.last, answer.last)),
  }))
}

/** The list of the answers that tell of something that was there before. */
const gone = 'value-gone'

/** The grade that the answer of a form names ("Swelling: moderate"). */
function gradeOf({ first, last }: Answer, values: ReadonlySet<Hit>): Pick<Mention, 'grade'> {
  const grade = [...values].find((hit) => hit.first >= first && hit.last <= last && hasRole(hit, 'grade'))
  return grade ? { grade: entryOf(grade, 'grade')?.as ?? '' } : {}
}

/** The mention where it stands, with the words around it; nothing is said of it yet. */
function mentionAt(draft: Draft, { sentence, index, parts }: Surroundings, reader: Reader): Mention {
  const { hit } = draft
  const part = parts[draft.part]?.hits ?? []
  const grade = nearest(part, 'grade', hit)
  const mention: Mention = {
    target: draft.entry.id,
    start: reader.tokens[hit.first]?.start ?? 0,
    end: reader.tokens[hit.last - 1]?.end ?? 0,
    first: hit.first,
    last: hit.last,
    sentence: index,
    part: draft.part,
    section: sentence.section,
    assertion: nothingSaid,
    sized: part.some((one) => hasRole(one, 'unit')),
    isNow: saysNow(parts, draft, reader),
    rule: draft.rule,
    why: wordsBetween(reader, draft.whyFirst, draft.whyLast),
  }
  if (grade) mention.grade = entryOf(grade, 'grade')?.as ?? ''
  return mention
}

/**
 * Does its part tell what is so now or what has gone, or does the examiner tell what she finds in the sentence before, and of no other one
 * ("no new lump today")?
 */
function saysNow(parts: readonly Part[], { part: at, said }: Draft, { tokens, words }: Reader): boolean {
  const part = parts[at]
  if (!part) return false
  const isTold =
    (said & bitOf('resolved')) !== 0 ||
    part.hits.some((hit) => isNamed(hit, 'now')) ||
    parts.slice(0, at + 1).some(({ hits }) => hits.some((hit) => isNamed(hit, 'examiner')))
  if (!isTold) return false
  for (let token = part.first; token < part.last; token++)
    if (words.another.has(tokens[token]?.text ?? '')) return false
  return true
}

const wordsBetween = ({ text, tokens }: Reader, first: number, last: number): string =>
  text.slice(tokens[first]?.start ?? 0, tokens[last - 1]?.end ?? text.length)

/** The target that the words name here: the first one that fits ("sepsis" of her, or of an infant). */
const fittingEntry = ({ hit, part }: Draft, around: Surroundings, reader: Reader): Entry | undefined =>
  hit.phrase.entries.find((entry) => entry.role === 'target' && fits(entry, part, around, reader))

/** Are the places and terms that the group needs there, and those it cannot have away? */
function fits(entry: Entry, part: number, around: Surroundings, { place }: Reader): boolean {
  const { parts, hits, sentence } = around
  if (entry.unless && names(describedBy(part, parts), entry.unless)) return false
  if (entry.near && !names(parts[part]?.hits ?? [], entry.near)) return false
  if (!entry.needs) return true
  if (names(hits, entry.needs) || entry.needs.includes(sentence.place ?? place ?? '')) return true
  const { placeBefore } = around
  return placeBefore !== undefined && entry.needs.includes(placeBefore) && !hits.some(isPlace)
}

/** The words of a part, and those of the next one when it holds adjectives alone ("firm, mobile node"). */
function describedBy(part: number, parts: readonly Part[]): readonly Hit[] {
  const { hits = [], known = false, endsAt = '' } = parts[part] ?? {}
  const goesOn = known && endsAt === ',' && hits.every((hit) => entryOf(hit, 'target')?.form === 'adjective')
  return goesOn ? [...hits, ...(parts[part + 1]?.hits ?? [])] : hits
}

const isPlace = (hit: Hit): boolean => hasRole(hit, 'place') || hasRole(hit, 'side')

/**
 * The place of a mention: what its words name, else the nearest in its part, else in the parts before it or behind it in its clause,
 * else of the label, the subject of the text, or the sentence before.
 *
 * Edge: an adjective speaks of the place right before it, a noun only of one where it can be. A place that something comes from or goes to ("to the axilla") is the last choice.
 */
function placeOf(draft: Draft, target: Target, around: Surroundings, reader: Reader): string | undefined {
  const { hit, part, entry } = draft
  const { parts, sentence } = around
  if (entry.place !== undefined) return entry.place
  const here = nearestPlace(parts[part]?.hits ?? [], hit, reader)
  if (here) return entryOf(here, 'place')?.as
  const follows = entry.form === 'adjective'
  const fitting = (one: Hit): string | undefined => {
    const as = isLocated(one, reader) ? entryOf(one, 'place')?.as : undefined
    return as === elsewhere || target.at.includes(as ?? '') ? as : undefined
  }
  for (let at = part - 1; at >= 0; at--) {
    const ofPart = parts[at]?.hits ?? []
    for (let index = ofPart.length - 1; index >= 0; index--) {
      const one = ofPart[index]
      if (!one || !isLocated(one, reader)) continue
      const as = follows ? entryOf(one, 'place')?.as : fitting(one)
      if (as !== undefined) return as
    }
  }
  for (let at = part + 1; at < parts.length && !parts[at]?.clauseStart; at++)
    for (const one of parts[at]?.hits ?? []) {
      const as = fitting(one)
      if (as !== undefined) return as
    }
  const passed = around.hits.find((one) => hasRole(one, 'place') && !isLocated(one, reader))
  const known = sentence.place ?? reader.place ?? (passed && entryOf(passed, 'place')?.as)
  return known ?? placeOfSign(parts, target) ?? around.placeBefore
}

/** Where the other signs of the sentence are that name their place themselves ("breast pain and redness"). */
function placeOfSign(parts: readonly Part[], { at }: Target): string | undefined {
  for (const { hits } of parts)
    for (const hit of hits) {
      const place = entryOf(hit, 'target')?.place
      if (place !== undefined && at.includes(place)) return place
    }
  return undefined
}

/** The nearest place of a part that something is at. */
function nearestPlace(hits: readonly Hit[], hit: Hit, reader: Reader): Hit | undefined {
  const found = nearest(hits, 'place', hit)
  if (!found || isLocated(found, reader)) return found
  return nearest(
    hits.filter((one) => isLocated(one, reader)),
    'place',
    hit,
  )
}

const isLocated = (hit: Hit, reader: Reader): boolean => hasRole(hit, 'place') && !isAway(hit, reader)

/** Places that are none of the breast. */
const elsewhere = 'elsewhere'

/** Does something come from this place or go to it ("to the left axilla")? */
function isAway(place: Hit, { tokens, words }: Reader): boolean {
  for (let at = place.first - 1; at >= place.first - 3; at--) {
    const text = tokens[at]?.text ?? ''
    if (words.away.has(text)) return true
    if (!['the', 'her', 'left', 'right', 'l', 'r'].includes(text)) return false
  }
  return false
}

/** The side that the words of the mention name themselves ("fissure of the left nipple"). */
function sideWithin({ first, last }: Hit, { tokens, words }: Reader): Mention['side'] {
  let side: Mention['side']
  for (let at = first; at < last; at++) side = joinedSides(side, words.sides.get(tokens[at]?.text ?? ''))
  return side
}

/** The side that "of the" leads to right behind a mention ("induration of the right breast"). */
function sideRightBehind(
  { hit, repeated = false }: Draft,
  { hits }: Surroundings,
  { tokens, words }: Reader,
): Mention['side'] {
  if (repeated || !words.locating.has(tokens[hit.last]?.text ?? '')) return undefined
  const at = words.articles.has(tokens[hit.last + 1]?.text ?? '') ? hit.last + 2 : hit.last + 1
  return sideOf(hits.find(({ first }) => first === at))
}

/** The side of a mention: the nearest in its part ("the other breast" is opposite to the one spoken of before), else in its clause, else the label's, else the only one of the sentence. */
function sideNear(
  { hit, part }: Draft,
  { parts, hits, sentence, sideBefore: before }: Surroundings,
): Mention['side'] {
  const near = nearest(parts[part]?.hits ?? [], 'side', hit)
  const here = sideOf(near) ?? (near && opposite(sideBefore(near, hits) ?? before))
  if (here) return here
  if (!hits.some((one) => hasRole(one, 'side'))) return sentence.side
  let first = part
  while (first > 0 && !parts[first]?.clauseStart) first--
  let last = part + 1
  while (last < parts.length && !parts[last]?.clauseStart) last++
  const clause = parts.slice(first, last).flatMap((one) => one.hits)
  return sideOf(nearest(clause, 'side', hit)) ?? sentence.side ?? sidesIn(hits)
}

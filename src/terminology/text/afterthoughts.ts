import type { Part } from './clauses.js'
import type { Mention, Side } from './document.js'
import { statusBehind } from './ellipses.js'
import { entryOf, hasRole, type Hit } from './phrases.js'
import { joinedSides, sidesIn } from './sides.js'
import type { Target } from './word-lists.js'

/** Sections that correct what stands before them. */
const correction = 'correction'

/** Sections that say why she came. */
const reason = 'indication'

/**
 * What only the whole text tells of a mention: a later correction or "none today" takes its place, and a target without a side joins
 * the only side that the text speaks of.
 *
 * Source: clinical section 2.8.
 */
export function withAfterthoughts(
  mentions: readonly Mention[],
  parts: readonly (readonly Part[])[],
  labels: readonly (Side | undefined)[],
  targets: ReadonlyMap<string, Target>,
): readonly Mention[] {
  const only = onlySide(parts, labels)
  const sided = only === undefined ? mentions : mentions.map((one) => withSide(one, only, targets))
  const later = laterWords(sided)
  if (later.size === 0) return sided
  return sided.map((mention) =>
    later.get(mention.target)?.some((other) => replaces(other, mention))
      ? { ...mention, assertion: { ...mention.assertion, state: 'none', retracted: true } }
      : mention,
  )
}

const withSide = (mention: Mention, side: Side, targets: ReadonlyMap<string, Target>): Mention =>
  mention.side === undefined && !targets.get(mention.target)?.systemic ? { ...mention, side } : mention

/** By target, its last mention in a correction or "none today", and its first one outside the reason for the visit when she came for it. */
function laterWords(mentions: readonly Mention[]): ReadonlyMap<string, readonly Mention[]> {
  const reasons = mentions.some(({ section }) => section.kind === reason)
  const found = new Map<string, Mention[]>()
  for (const mention of mentions) {
    const { target, section, assertion } = mention
    if (assertion.state === 'none') continue
    const corrects = section.kind === correction || isGoneNow(mention)
    if (!corrects && !(reasons && section.kind !== reason)) continue
    const others = (found.get(target) ?? []).filter(
      (one) => (one.section.kind === correction || isGoneNow(one)) !== corrects,
    )
    found.set(target, [...others, mention])
  }
  return found
}

/** A later correction, or what was found where the reason for the visit only names a complaint. */
function replaces(other: Mention, mention: Mention): boolean {
  const { section, start } = mention
  if (isGoneNow(other)) return isBefore(other, mention)
  if (other.section.kind === correction) return section.kind !== correction && other.start > start
  return section.kind === reason
}

const isGoneNow = ({ rule, isNow, assertion }: Mention): boolean =>
  (isNow || rule === statusBehind) && assertion.state === 'absent'

/** Was the mention there before, on the side that is now without it? */
const isBefore = ({ first, part, sentence, side }: Mention, before: Mention): boolean =>
  !isGoneNow(before) &&
  (before.sentence < sentence || (before.sentence === sentence && before.part < part)) &&
  before.first <= first &&
  (side === undefined || side === 'both' || side === before.side)

/** The one side of all parts that speak of her breasts; undefined when there are both or none. */
function onlySide(
  parts: readonly (readonly Part[])[],
  labels: readonly (Side | undefined)[],
): Side | undefined {
  let only = labels.reduce(joinedSides, undefined)
  if (only === 'both') return undefined
  for (const ofSentence of parts)
    for (const { hits } of ofSentence) {
      const side = sidesIn(hits)
      if (side === undefined || hits.some(isElsewhere)) continue
      only = joinedSides(only, side)
      if (only === 'both') return undefined
    }
  return only
}

/** Another part of the body, another person, or where the infant feeds. */
const isElsewhere = (hit: Hit): boolean =>
  entryOf(hit, 'place')?.as === 'elsewhere' ||
  entryOf(hit, 'subject')?.as === 'other' ||
  (hasRole(hit, 'modifier') && entryOf(hit, 'modifier')?.as === 'other-person')

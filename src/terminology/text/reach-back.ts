import type { Part } from './clauses.js'
import { entryOf, hasRole, isNamed, names, type Hit } from './phrases.js'
import { bitOf, notYet, polarity, polarityBits, type Draft } from './said.js'
import type { Entry } from './word-lists.js'

/** Where in a sentence a word is read, and the targets before it. */
export interface Position {
  drafts: readonly Draft[]
  parts: readonly Part[]
  at: number
  /** The last part of the sentence that holds a target. */
  lastTarget: number
}

/**
 * Does a target stand before the word in its part or, when the part has none, in the bare part right before? Where none follows in
 * the sentence, a word for yes or no takes any part before it in its clause ("…, 500 mg tablets, stopped"); other words do not ("baby
 * died, grief counselling"). A part about somebody else says nothing of the parts before it ("HIV on treatment, partner negative").
 */
export function hasTargetBefore(
  { first }: Hit,
  { as, direction, reach }: Entry,
  { drafts, parts, at, lastTarget }: Position,
): boolean {
  if (drafts.some(({ part, hit }) => part === at && hit.last <= first)) return true
  const part = parts[at]
  if (!part || hasTarget(part) || part.clauseStart || part.hits.some(isSomebodyElse)) return false
  const goesBack = polarity.has(as) || (direction === 'either' && reach === 'clause' && as === 'historical')
  return isBare(parts[at - 1]) || (at > lastTarget && goesBack)
}

const isSomebodyElse = (hit: Hit): boolean => entryOf(hit, 'modifier')?.as === 'other-person'

/** Does the part hold a target? */
export const hasTarget = ({ hits }: Part): boolean => hits.some((hit) => hasRole(hit, 'target'))

/**
 * A modifier behind its targets: those of its reach, of its part and of bare parts of a list right before it, or of what it is the
 * status of.
 *
 * Edge: what excepts a modifier that parts clauses stands behind it ("the lump turned out to be | a cyst").
 */
export function reachBack(entry: Entry, hit: Hit, { drafts, parts, at }: Position): void {
  let first = at
  if (entry.reach === 'sentence') first = 0
  else
    while (
      first > 0 &&
      !parts[first]?.clauseStart &&
      (entry.reach === 'clause' || isListedBefore(first, parts))
    )
      first--
  if (first === at && polarity.has(entry.as)) first = startOfStatus(hit, at, parts)
  const end = hasRole(hit, 'cut') ? at + 2 : at + 1
  if (entry.unless && parts.slice(first, end).some(({ hits }) => names(hits, entry.unless ?? []))) return
  for (const draft of drafts) {
    if (draft.part < first || draft.hit.last > hit.first) continue
    draft.said |= bitOf(entry.as)
    draft.rule = entry.id
    draft.whyFirst = Math.min(draft.whyFirst, draft.hit.first)
    draft.whyLast = Math.max(draft.whyLast, hit.last)
  }
}

/**
 * Where that begins which a part with nothing but a word for yes or no is the status of: "heroin use, severe, in remission".
 *
 * Edge: the part itself when it speaks of something else, or says a word that no list knows.
 */
function startOfStatus(hit: Hit, at: number, parts: readonly Part[]): number {
  const part = parts[at]
  if (!part?.known || part.hits.some((one) => hasRole(one, 'target') || speaksOfElse(one, hit))) return at
  let first = at
  while (first > 0 && !parts[first]?.clauseStart) {
    first--
    const before = parts[first]
    if (before && hasTarget(before)) return first
  }
  return at
}

/** A word before the status that is no small word. */
const speaksOfElse = (one: Hit, status: Hit): boolean =>
  one.first < status.first && !isNamed(one, 'filler') && !hasRole(one, 'time') && !hasRole(one, 'verb')

/** "None found" alone behind a list: "examined for dimpling, lumps, none found". */
export const isNoneAlone = ({ hits, known }: Part): boolean =>
  known &&
  hits.some((hit) => entryOf(hit, 'value')?.as === 'absent') &&
  hits.every((hit) => entryOf(hit, 'value')?.as === 'absent' || isNamed(hit, 'filler'))

/** Denies the targets before that nothing else was said of, or that were only looked for. */
export function denyList({ hits }: Part, { drafts, at }: Position): void {
  const [hit] = hits
  for (const draft of drafts) {
    if (draft.part >= at || !hit || (draft.said & polarityBits) !== 0) continue
    draft.said = (draft.said & ~notYet) | bitOf('denied')
    draft.rule = 'none-behind'
    draft.whyLast = hit.last
  }
}

/** Is the part before a bare one of the same list? A bracket with a target of its own begins another list. */
const isListedBefore = (at: number, parts: readonly Part[]): boolean => {
  const before = parts[at - 1]
  const here = parts[at]
  return isBare(before) && !(before?.endsAt === '(' && here !== undefined && hasTarget(here))
}

/** Only targets, in nouns: "erythema, warmth" before "absent". A word that no list knows may say more ("lump same, fever gone"). */
const isBare = (part: Part | undefined): boolean =>
  part !== undefined &&
  part.known &&
  part.hits.length > 0 &&
  part.hits.every((hit) => entryOf(hit, 'target')?.form === 'noun')

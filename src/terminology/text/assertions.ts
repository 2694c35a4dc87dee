import type { Assertion, State } from './document.js'
import type { Part } from './clauses.js'
import { entryOf, hasRole, isNamed, names, type Hit } from './phrases.js'
import type { Entry, ModifierMeaning } from './word-lists.js'

/** A mention while its sentence is read. */
export interface Draft {
  hit: Hit
  entry: Entry
  part: number
  /** Bits of the meanings that were said of it. */
  said: number
  /** A short answer speaks of the target again, at another place or time. */
  repeated?: boolean
  rule: string
  /** The tokens that decided, the last one not counted. */
  whyFirst: number
  whyLast: number
}

/** A modifier that reaches what comes. */
export interface Active {
  entry: Entry
  hit: Hit
  /** What it does not reach was named: what follows is not said of that person, but for a fever. */
  lifted?: boolean
}

/** The targets of a sentence with what is said of them, and the modifiers that reach beyond its end. */
export interface Assertions {
  drafts: readonly Draft[]
  open: readonly Active[]
}

/**
 * What the modifiers of a sentence say of its targets.
 *
 * Shape:  `carried` are modifiers of the line that the sentence is a list item of. A modifier reaches the targets behind it, before it, or either, to the end of its part, clause or sentence; the nearest word
 *         for yes or no decides.
 * Source: clinical section 2.9 steps 5 to 8; the idea of trigger, scope and termination is ConText's (Harkema 2009).
 */
export function assertionsOf(parts: readonly Part[], carried: readonly Active[] = []): Assertions {
  const drafts: Draft[] = []
  let active: readonly Active[] = carried
  const lastTarget = parts.findLastIndex(hasTarget)
  for (const [at, part] of parts.entries()) {
    if (at > 0 && active.length > 0) active = active.filter(({ entry }) => reaches(entry, part))
    const position = { drafts, parts, at, lastTarget }
    if (at > 0 && isNoneAlone(part)) denyList(part, position)
    for (const hit of part.hits) {
      if (hasRole(hit, 'modifier'))
        for (const entry of hit.phrase.entries) {
          if (entry.role !== 'modifier') continue
          const back =
            entry.direction === 'backward' ||
            (entry.direction === 'either' && hasTargetBefore(hit, entry, position))
          if (back) reachBack(entry, hit, position)
          else
            active = reachedForward(active, isLabel(entry, hit, part) ? ofWholeSentence(entry) : entry, hit)
        }
      active = liftedBy(hit, active)
      const taught = taughtBy(hit)
      if (taught) active = [...active, { entry: taught, hit }]
      const target = entryOf(hit, 'target')
      if (target) drafts.push(draftOf(hit, target, part, { at, active }))
    }
  }
  return { drafts, open: active }
}

/** A person is no longer spoken of once what the modifier excepts is named. */
function liftedBy(hit: Hit, active: readonly Active[]): readonly Active[] {
  if (!active.some(({ entry }) => entry.unless)) return active
  return active.map((one) =>
    one.entry.unless && names([hit], one.entry.unless) ? { ...one, lifted: true } : one,
  )
}

/** "Baby: jaundiced, skin warm": a person before a colon is who the sentence is about. */
const isLabel = ({ as }: Entry, hit: Hit, { first, hits, endsAt }: Part): boolean =>
  as === 'other-person' && endsAt === ':' && hit.first === first && hit === hits.at(-1)

const ofWholeSentence = ({ unless: _unless, ...entry }: Entry): Entry => ({ ...entry, reach: 'sentence' })

/** The heading of a teaching section ("teaching done") says within a sentence what it says at the head of one. */
function taughtBy(hit: Hit): Entry | undefined {
  const heading = entryOf(hit, 'heading')
  if (heading?.implies !== 'instructed') return undefined
  return { id: heading.id, role: 'modifier', as: heading.implies, direction: 'forward', reach: 'sentence' }
}

/** Does a modifier of an earlier part reach this one? What is said of a person holds until somebody else is named. */
function reaches({ reach, as }: Entry, { clauseStart, sizedAnew, ownSubject }: Part): boolean {
  if (sizedAnew && as === 'denied') return false
  if (reach === 'sentence') return true
  if (reach === 'part') return false
  return !clauseStart || (as === 'other-person' && !ownSubject)
}

/** One bit for each meaning of modifiers. */
const bits: Readonly<Record<ModifierMeaning, number>> = {
  denied: 1,
  affirmed: 2,
  possible: 4,
  hypothetical: 8,
  instructed: 16,
  historical: 32,
  'other-person': 64,
  comparison: 128,
  resolved: 256,
  planned: 512,
  retracted: 1024,
  unreadable: 2048,
}

/** The bit of a meaning of modifiers in `said`. */
export const bitOf = (meaning: string): number => bits[meaning as ModifierMeaning]

const bitsOf = (...meanings: readonly ModifierMeaning[]): number =>
  meanings.reduce((all, one) => all | bitOf(one), 0)

const polarity: ReadonlySet<string> = new Set(['denied', 'affirmed', 'resolved'])
const polarityBits = bitsOf('denied', 'affirmed', 'resolved')
const notOfHer = bitsOf('instructed', 'other-person', 'comparison', 'retracted')
/** A question may say "if" or "to assess"; its answer is about now, unless it stands under a heading of plans. */
const notYet = bitsOf('hypothetical', 'planned')

/** A new word for yes or no takes the place of an earlier one. */
function reachedForward(active: readonly Active[], entry: Entry, hit: Hit): readonly Active[] {
  const kept = polarity.has(entry.as) ? active.filter((one) => !polarity.has(one.entry.as)) : active
  return [...kept, { entry, hit }]
}

function draftOf(
  hit: Hit,
  entry: Entry,
  { hits }: Part,
  { at, active }: { at: number; active: readonly Active[] },
): Draft {
  const excepts = (one: Active): boolean =>
    one.lifted === true || (one.entry.unless !== undefined && names(hits, one.entry.unless))
  const reaching = entry.systemic || active.length === 0 ? active : active.filter((one) => !excepts(one))
  const decisive = reaching[reaching.length - 1]
  const why = decisive?.hit ?? hit
  return {
    hit,
    entry,
    part: at,
    said: reaching.reduce((all, one) => all | bitOf(one.entry.as), 0),
    rule: decisive?.entry.id ?? (entry.form === 'opposite' ? 'opposite' : 'stated'),
    whyFirst: Math.min(why.first, hit.first),
    whyLast: Math.max(why.last, hit.last),
  }
}

interface Position {
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
function hasTargetBefore(
  { first }: Hit,
  { as }: Entry,
  { drafts, parts, at, lastTarget }: Position,
): boolean {
  if (drafts.some(({ part, hit }) => part === at && hit.last <= first)) return true
  const part = parts[at]
  if (!part || hasTarget(part) || part.clauseStart || part.hits.some(isSomebodyElse)) return false
  return isBare(parts[at - 1]) || (at > lastTarget && polarity.has(as))
}

const isSomebodyElse = (hit: Hit): boolean => entryOf(hit, 'modifier')?.as === 'other-person'

const hasTarget = ({ hits }: Part): boolean => hits.some((hit) => hasRole(hit, 'target'))

/** A modifier behind its targets: those of its reach, of its part and of bare parts of a list right before it, or of what it is the status of. */
function reachBack(entry: Entry, hit: Hit, { drafts, parts, at }: Position): void {
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
  if (entry.unless && parts.slice(first, at + 1).some(({ hits }) => names(hits, entry.unless ?? []))) return
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
const isNoneAlone = ({ hits, known }: Part): boolean =>
  known &&
  hits.some((hit) => entryOf(hit, 'value')?.as === 'absent') &&
  hits.every((hit) => entryOf(hit, 'value')?.as === 'absent' || isNamed(hit, 'filler'))

/** Denies the targets before that nothing else was said of, or that were only looked for. */
function denyList({ hits }: Part, { drafts, at }: Position): void {
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

/** What is said, and of whom and when it is said. */
export interface Said {
  said: number
  entry: Entry
  /** The answer of a form; decides before the words. */
  answer?: State
  /** It stands in a note of an earlier day. */
  past: boolean
  /** What the heading says of everything under it. */
  implied?: ModifierMeaning | undefined
}

/** The assertion that follows from all that was said. */
export function assertionOf({ said, entry, answer, past, implied }: Said): Assertion {
  const all = implied === undefined ? said : said | bitOf(implied)
  const has = (meaning: ModifierMeaning): boolean => (all & bits[meaning]) !== 0
  const denied = has('denied') || entry.form === 'opposite'
  const historical = has('historical') || past
  const answered = answer !== undefined && answer !== 'unreadable'
  const later = implied === 'planned' || (!answered && (all & notYet) !== 0)
  const elsewhere = historical || (all & notOfHer) !== 0 || later
  return {
    state: elsewhere ? 'none' : (answer ?? wordedState(denied || has('resolved'), has('unreadable'))),
    denied,
    possible: has('possible'),
    hypothetical: has('hypothetical'),
    instructed: has('instructed'),
    historical,
    otherPerson: has('other-person'),
    resolved: has('resolved'),
    comparison: has('comparison'),
    planned: has('planned'),
    retracted: has('retracted'),
  }
}

function wordedState(denied: boolean, unreadable: boolean): State {
  if (unreadable) return 'unreadable'
  return denied ? 'absent' : 'present'
}

/** What is said of a target before its sentence is read. */
export const nothingSaid: Assertion = assertionOf({
  said: 0,
  entry: { id: '', role: 'target', as: '' },
  past: false,
})

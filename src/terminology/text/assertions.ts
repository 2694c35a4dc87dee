import type { Part } from './clauses.js'
import { entryOf, hasRole, names, type Hit } from './phrases.js'
import { denyList, hasTarget, hasTargetBefore, isNoneAlone, reachBack } from './reach-back.js'
import { bitOf, polarity, type Draft } from './said.js'
import type { Entry } from './word-lists.js'

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
    if (at > 0 && active.length > 0) active = active.filter(({ entry }) => reaches(entry, at, parts))
    const position = { drafts, parts, at, lastTarget }
    if (at > 0 && isNoneAlone(part)) denyList(part, position)
    for (const hit of part.hits) {
      if (hasRole(hit, 'modifier'))
        for (const entry of hit.phrase.entries) {
          if (entry.role !== 'modifier') continue
          const back =
            entry.direction === 'backward' ||
            (entry.direction === 'either' &&
              !leadsToTarget(hit, entry, part) &&
              hasTargetBefore(hit, entry, position))
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

/** A doubt right before a target speaks of that target, whatever stands before ("mastitis ?abscess"). */
const leadsToTarget = ({ last }: Hit, { as }: Entry, { hits }: Part): boolean =>
  !polarity.has(as) && hits.some((hit) => hit.first === last && hasRole(hit, 'target'))

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
function reaches({ reach, as }: Entry, at: number, parts: readonly Part[]): boolean {
  const part = parts[at]
  if (!part || (part.sizedAnew && as === 'denied')) return false
  if (reach === 'sentence') return true
  if (reach === 'part' || (reach === 'alternatives' && !endsWithOr(at, parts))) return false
  return !part.clauseStart || (as === 'other-person' && !part.ownSubject)
}

/** Does this part, or a later one of its clause, hold an "or"? */
function endsWithOr(at: number, parts: readonly Part[]): boolean {
  for (let next = at; next < parts.length && (next === at || !parts[next]?.clauseStart); next++)
    if (parts[next]?.hits.some((hit) => entryOf(hit, 'joiner')?.as === 'or')) return true
  return false
}

/** A new word for yes or no takes the place of an earlier one; a denial that is in doubt says nothing more. */
function reachedForward(active: readonly Active[], entry: Entry, hit: Hit): readonly Active[] {
  if (entry.as === 'denied' && active.some((one) => one.entry.doubtsDenial)) return active
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

import type { DraftOrder, Facts } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { Json } from './canonical-json.js'

/** Names of the members of facts that are moments; a record keeps their age in ms instead. */
const momentNames = new Set(['earliest', 'latest', 'at'])

const isList = (value: object): value is readonly unknown[] => Array.isArray(value)

/** Copies a value of facts, turning each moment into its age at `now`, or an age back into its moment. */
function shiftMoments(value: unknown, now: Instant, sources: (ref: string) => string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return value
  if (typeof value !== 'object') return null
  if (isList(value)) return value.map((item) => shiftMoments(item, now, sources))
  const copy: Record<string, Json> = {}
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue
    if (momentNames.has(name) && typeof member === 'number') copy[name] = now - member
    else if (name === 'source' && typeof member === 'string') copy[name] = sources(member)
    else copy[name] = shiftMoments(member, now, sources)
  }
  return copy
}

const withoutName = ({ name: _name, ...draft }: DraftOrder): DraftOrder => draft

/** Replaces each resource reference by its type and a number inside this record: "Observation#3". */
function numberedSources(): { numbered: (ref: string) => string; byNumber: ReadonlyMap<string, string> } {
  const seen = new Map<string, string>()
  const byNumber = new Map<string, string>()
  const counts = new Map<string, number>()
  const numbered = (ref: string): string => {
    const known = seen.get(ref)
    if (known !== undefined) return known
    const type = ref.slice(0, Math.max(0, ref.indexOf('/'))) || 'Resource'
    const count = (counts.get(type) ?? 0) + 1
    counts.set(type, count)
    const name = `${type}#${count}`
    seen.set(ref, name)
    byNumber.set(name, ref)
    return name
  }
  return { numbered, byNumber }
}

/** Facts as a record keeps them, and which resource each number stands for. */
export interface AgedFacts {
  facts: Json
  numbered: (ref: string) => string
  byNumber: ReadonlyMap<string, string>
}

/**
 * Facts in the form a record keeps: ages instead of moments, numbers instead of resource ids, no chart text.
 *
 * Units:   ages are milliseconds before the evaluation time; negative means after it.
 * Privacy: order names are dropped; references become "Observation#3".
 */
export function agedFacts(facts: Facts, now: Instant): AgedFacts {
  const { numbered, byNumber } = numberedSources()
  const silent = { ...facts, drafts: facts.drafts.map(withoutName) }
  return { facts: shiftMoments(silent, now, numbered), numbered, byNumber }
}

/**
 * Facts back from a record, as they were at `now`.
 *
 * Edge: subtracting an age from the same `now` gives the very moment it came from, so a replay decides the same.
 */
export const recordedFacts = (recorded: Json, now: Instant): Facts =>
  shiftMoments(recorded, now, (ref) => ref) as unknown as Facts

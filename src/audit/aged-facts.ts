import type { DraftOrder, Facts } from '../facts/facts.js'
import type { ReadKey, UnreadableCode } from '../gather/chart.js'
import type { Instant } from '../units/units.js'
import type { Json } from './canonical-json.js'
import { makeSourceNumbers, typeOf } from './source-numbers.js'

/**
 * The members of facts that are spans of time; a record keeps the age of a span in milliseconds, as one number or as
 * both ends.
 */
const spanNames: ReadonlySet<string> = new Set([
  'when',
  'birth',
  'onset',
  'recorded',
  'abated',
  'start',
  'end',
])

/** Copies a value of facts into plain JSON, with ages for moments and numbers for resource ids. */
function aged(value: unknown, now: Instant, numbered: (ref: string) => string): Json {
  if (typeof value !== 'object' || value === null) return value as Json
  if (Array.isArray(value)) {
    const list = new Array<Json>(value.length)
    for (let at = 0; at < value.length; at += 1) list[at] = aged(value[at], now, numbered)
    return list
  }
  const copy: Record<string, Json> = {}
  const members = value as Record<string, unknown>
  for (const name in members) {
    const member = members[name]
    if (member === undefined) continue
    if (typeof member === 'object') {
      const span = member as { earliest: number; latest: number }
      if (spanNames.has(name))
        copy[name] =
          span.earliest === span.latest ? now - span.latest : [now - span.earliest, now - span.latest]
      else copy[name] = aged(member, now, numbered)
    } else if (name === 'source') copy[name] = numbered(member as string)
    else if (name === 'at') copy[name] = now - (member as number)
    else copy[name] = member as Json
  }
  return copy
}

/** Reverses `aged`, except for the resource ids. */
function restored(value: Json, now: Instant): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: Json) => restored(item, now))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): readonly [string, unknown] => {
      if (spanNames.has(name)) return [name, spanOf(member as number | readonly [number, number], now)]
      if (name === 'at') return [name, now - (member as number)]
      return [name, restored(member as Json, now)]
    }),
  )
}

const spanOf = (age: number | readonly [number, number], now: Instant) =>
  typeof age === 'number'
    ? { earliest: now - age, latest: now - age }
    : { earliest: now - age[0], latest: now - age[1] }

const bareDraft = ({ name: _name, resourceType, ...draft }: DraftOrder) => ({
  ...draft,
  resourceType: typeOf(resourceType),
})

/** The keys that could not be read, each with the reason; all other keys were read. */
function unreadOf(reads: Facts['reads']): Record<string, string> {
  const unread: Record<string, string> = {}
  for (const key in reads) {
    const { state, why } = reads[key as ReadKey]
    if (state === 'unreadable') unread[key] = why ?? ''
  }
  return unread
}

/** Facts in the form of a record, and the number of each resource. */
export interface AgedFacts {
  facts: Readonly<Record<string, Json>>
  numbered: (ref: string) => string
}

/**
 * Converts facts into the form of a record: ages for moments, numbers for resource ids, and no chart text.
 *
 * Shape:   empty lists are left out, except `earlier`; `reads` keeps only the keys that could not be read.
 * Units:   ages are milliseconds before the evaluation time; a negative age lies after it.
 * Privacy: order names are dropped; references become "Observation#3".
 */
export function agedFacts(facts: Facts, now: Instant): AgedFacts {
  const numbered = makeSourceNumbers()
  const kept: Record<string, Json> = {}
  for (const name in facts) {
    const value: unknown = facts[name as keyof Facts]
    if (value === undefined) continue
    if (Array.isArray(value) && value.length === 0 && name !== 'earlier') continue
    if (name === 'reads') kept['unread'] = unreadOf(facts.reads)
    else kept[name] = aged(name === 'drafts' ? facts.drafts.map(bareDraft) : value, now, numbered)
  }
  return { facts: kept, numbered }
}

const emptyLists = {
  ...{ lactation: [], births: [], pregnancy: [], measures: [], signs: [], course: [], problems: [] },
  ...{ medicines: [], care: [], results: [], allergies: [], encounters: [], drafts: [], unreadable: [] },
  texts: [],
  earlier: [],
} satisfies Partial<Facts>

/**
 * Restores facts from a record, as they were at `now`.
 *
 * Shape: `keys` are all keys of a chart; each key that the record does not list as unread was read.
 * Edge:  subtracting an age from the same `now` restores the exact moment, so a replay decides the same.
 */
export function recordedFacts(recorded: Json, now: Instant, keys: readonly ReadKey[]): Facts {
  const { unread = {}, ...rest } = restored(recorded, now) as Partial<Facts> & {
    unread?: Record<string, string>
  }
  const reads = keys.map((key): readonly [ReadKey, Facts['reads'][ReadKey]] => {
    const why = unread[key]
    if (why === undefined) return [key, { state: 'read' }]
    return [key, { state: 'unreadable', ...(why !== '' && { why: why as UnreadableCode }) }]
  })
  return {
    ...emptyLists,
    droppedForeign: 0,
    ...rest,
    reads: Object.fromEntries(reads) as Facts['reads'],
  }
}

import type { Entry, Role } from './word-lists.js'

/** Everything that one phrase means. */
export interface Phrase {
  entries: readonly Entry[]
  /** Bits of the roles of the entries, for a quick look. */
  roles: number
  /** The names of the lists and targets, and what they mean. */
  names: readonly string[]
}

/** A phrase found in a text: tokens from `first` to `last`, the last one not counted. */
export interface Hit {
  phrase: Phrase
  first: number
  last: number
}

/** One bit for each role. Written out, because every look at a hit reads it. */
const bits: Readonly<Record<Role, number>> = {
  target: 1,
  modifier: 2,
  pseudo: 4,
  heading: 8,
  value: 16,
  place: 32,
  side: 64,
  time: 128,
  grade: 256,
  unit: 512,
  cut: 1024,
  joiner: 2048,
  verb: 4096,
  normal: 8192,
  subject: 16384,
  term: 32768,
}

/** Has the hit an entry of this role? */
export const hasRole = (hit: Hit, role: Role): boolean => (hit.phrase.roles & bits[role]) !== 0

/** The entry of the hit with this role. */
export function entryOf(hit: Hit, role: Role): Entry | undefined {
  if (!hasRole(hit, role)) return undefined
  for (const entry of hit.phrase.entries) if (entry.role === role) return entry
  return undefined
}

/** Is the hit a word of the list or target, or with the meaning, of this name? */
export const isNamed = (hit: Hit, name: string): boolean => hit.phrase.names.includes(name)

/** Is one of the hits named so? */
export function names(hits: readonly Hit[], wanted: readonly string[]): boolean {
  for (const hit of hits) for (const name of wanted) if (hit.phrase.names.includes(name)) return true
  return false
}

/** The hits that lie between two tokens, the last one not counted; the hits are in the order of the text. */
export function hitsBetween(hits: readonly Hit[], first: number, last: number): readonly Hit[] {
  let low = 0
  let high = hits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hits[middle]?.first ?? 0) < first) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < hits.length && (hits[end]?.last ?? 0) <= last) end++
  return hits.slice(low, end)
}

/** What a phrase means that has these entries. */
export const phraseOf = (entries: readonly Entry[]): Phrase => ({
  entries,
  roles: entries.reduce((all, { role }) => all | bits[role], 0),
  names: entries.flatMap(({ id, as }) => [id, as]),
})

/** Is a hit a word of the list of terms of this name? */
export const saysTerm = (hit: Hit, id: string): boolean =>
  hasRole(hit, 'term') && hit.phrase.entries.some((entry) => entry.role === 'term' && entry.id === id)

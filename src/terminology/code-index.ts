import type { Coding } from 'fhir/r4.js'
import type { CodeEntry } from './code-files.js'
import { plainCode, systemSpellings, type SystemName } from './code-systems.js'
import { textNamesBreast, wordFinder, type WordFinder } from './words-in-names.js'

/** A set (or an ingredient) of a code, with the condition under which the code counts. */
export interface Hit<Target> {
  target: Target
  needsBreast: boolean
  /** A text of the concept must hold one of these words. */
  ifText: WordFinder | undefined
  /** The name of the code itself names the breast or nipple. */
  namesBreast: boolean
  /** True when the code names the exact matter, so that words need not be read. */
  specific: boolean
}

interface SystemIndex<Target> {
  name: SystemName | undefined
  whole: Map<string, Hit<Target>[]>
  /** Codes that are listed with a trailing `*`, by the text before it. */
  begun: Map<string, Hit<Target>[]>
}

/** The codes of all sets by system and code, with one look-up for each coding. */
export interface CodeIndex<Target> {
  systems: ReadonlyMap<string, SystemIndex<Target>>
  /** Finds the hits of a code without a system, in each set that has the code from one system only. */
  bare: (code: string) => readonly Hit<Target>[]
}

export interface IndexedCode<Target> {
  target: Target
  /** The short name of a system in the reviewed files, or the address of a site's own system. */
  system: SystemName | { url: string }
  code: string
  display?: string
  needsBreast?: boolean
  ifText?: readonly string[]
}

/** Converts an entry of a reviewed file into a code to index. */
export const indexed = <Target>(target: Target, entry: CodeEntry): IndexedCode<Target> => ({
  target,
  ...entry,
})

/**
 * Indexes codes for look-ups that do not grow with their number.
 *
 * Edge: `recognised` systems are known even when no set has a code of them.
 */
export function codeIndex<Target>(
  codes: readonly IndexedCode<Target>[],
  recognised: readonly SystemName[],
): CodeIndex<Target> {
  const byName = new Map<string, SystemIndex<Target>>()
  const systems = new Map<string, SystemIndex<Target>>()
  const systemOf = (system: IndexedCode<Target>['system']): SystemIndex<Target> => {
    const key = typeof system === 'string' ? system : system.url
    let index = byName.get(key)
    if (!index) {
      index = { name: typeof system === 'string' ? system : undefined, whole: new Map(), begun: new Map() }
      byName.set(key, index)
      for (const url of typeof system === 'string' ? systemSpellings(system) : [key]) {
        if (!systems.has(url)) systems.set(url, index)
      }
    }
    return index
  }
  for (const name of recognised) systemOf(name)
  for (const { target, system, code, display, needsBreast = false, ifText = [] } of codes) {
    const name =
      typeof system === 'string' ? system : [...systems].find(([url]) => url === system.url)?.[1].name
    const index = systemOf(name ?? system)
    const begun = code.endsWith('*')
    const key = plainCode(index.name, begun ? code.slice(0, -1) : code)
    const table = begun ? index.begun : index.whole
    const hit = {
      target,
      needsBreast,
      ifText: ifText.length > 0 ? wordFinder(ifText) : undefined,
      namesBreast: display !== undefined && textNamesBreast(display),
      specific: !isBroad(index.name, code, display),
    }
    table.set(key, [...(table.get(key) ?? []), hit])
  }
  const all = [...byName.values()]
  return { systems, bare: (code) => bareHits(all, code) }
}

/** Does the service know the system of the coding, whether or not a set has its code? */
export const isRecognised = <Target>({ systems }: CodeIndex<Target>, { system, code }: Coding): boolean => {
  const index = system === undefined ? undefined : systems.get(system)
  if (!index) return false
  return index.name !== undefined || (code !== undefined && index.whole.has(code))
}

/**
 * Finds the sets of a coding.
 *
 * Edge:   ICD codes match with or without dot and by listed prefix; a coding without system matches a set in which its
 *         code belongs to one system only.
 * Source: clinical section 2, "Matching".
 */
export function hitsOf<Target>(index: CodeIndex<Target>, { system, code }: Coding): readonly Hit<Target>[] {
  if (code === undefined) return none
  if (system === undefined || system === '') return index.bare(code)
  const found = index.systems.get(system)
  return found ? systemHits(found, code) : none
}

const none: readonly never[] = []

/**
 * Does a code leave the exact matter open? So does a code listed with a trailing `*`, an ICD code of an encounter (Z),
 * and a code for "other" or "unspecified" matters.
 *
 * Source: clinical changes C1
 */
const isBroad = (system: SystemName | undefined, code: string, display = ''): boolean =>
  code.endsWith('*') || (system === 'icd' && (/^Z/i.test(code) || /\b(?:other|unspecified)\b/i.test(display)))

function systemHits<Target>(
  { name, whole, begun }: SystemIndex<Target>,
  code: string,
): readonly Hit<Target>[] {
  const key = plainCode(name, code)
  const exact = whole.get(key) ?? none
  if (begun.size === 0) return exact
  let hits = exact
  for (let length = Math.min(key.length, longestPrefix); length >= shortestPrefix; length--) {
    const found = begun.get(key.slice(0, length))
    if (found) hits = hits.length === 0 ? found : [...hits, ...found]
  }
  return hits
}

const shortestPrefix = 3
const longestPrefix = 8

function bareHits<Target>(systems: readonly SystemIndex<Target>[], code: string): readonly Hit<Target>[] {
  const found = systems.map((system) => systemHits(system, code)).filter((hits) => hits.length > 0)
  if (found.length < 2) return found[0] ?? none
  const all = found.flat()
  return all.filter(
    ({ target }) => found.filter((hits) => hits.some((hit) => hit.target === target)).length === 1,
  )
}

import type { Coding } from 'fhir/r4.js'
import type { CodeEntry } from './code-files.js'
import { isIcd, plainCode, type SystemName } from './code-systems.js'
import { plainAddress, type SystemFinder } from './system-families.js'
import { textNamesBreast, wordFinder, type WordFinder } from './words-in-names.js'

/** A set (or an ingredient) of a code, with the condition under which the code counts. */
export interface Hit<Target> {
  target: Target
  needsBreast: boolean
  /** A text of the concept must hold one of these words ... */
  ifText: WordFinder | undefined
  /** ... and no text one of these. */
  unlessText: WordFinder | undefined
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

/** The codes of one address: of a system, written there with a letter before each code or without. */
interface FoundIndex<Target> {
  index: SystemIndex<Target>
  letter?: string
}

/** The codes of all sets by system and code, with one look-up for each coding. */
export interface CodeIndex<Target> {
  /** Finds the codes of a system by its address, in whatever spelling. */
  at: (address: string) => FoundIndex<Target> | undefined
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
  unlessText?: readonly string[]
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
  find: SystemFinder,
): CodeIndex<Target> {
  const byName = new Map<string, SystemIndex<Target>>()
  const indexOf = (system: IndexedCode<Target>['system']): SystemIndex<Target> => {
    const name = typeof system === 'string' ? system : find(system.url)?.name
    const key = name ?? (typeof system === 'string' ? system : plainAddress(system.url))
    const index = byName.get(key) ?? { name, whole: new Map(), begun: new Map() }
    byName.set(key, index)
    return index
  }
  for (const name of recognised) indexOf(name)
  for (const code of codes) addCode(indexOf(code.system), code)
  const all = [...byName.values()]
  return {
    at: (address) => {
      const found = find(address)
      const index = byName.get(found?.name ?? plainAddress(address))
      return index && { index, ...(found?.letter !== undefined && { letter: found.letter }) }
    },
    bare: (code) => bareHits(all, code),
  }
}

function addCode<Target>(index: SystemIndex<Target>, listed: IndexedCode<Target>): void {
  const { target, code, display, needsBreast = false, ifText = [], unlessText = [] } = listed
  const begun = code.endsWith('*')
  const key = plainCode(index.name, begun ? code.slice(0, -1) : code)
  const table = begun ? index.begun : index.whole
  const hit = {
    target,
    needsBreast,
    ifText: ifText.length > 0 ? wordFinder(ifText) : undefined,
    unlessText: unlessText.length > 0 ? wordFinder(unlessText) : undefined,
    namesBreast: display !== undefined && textNamesBreast(display),
    specific: !isBroad(index.name, code, display),
  }
  table.set(key, [...(table.get(key) ?? []), hit])
}

/** Does the service know the system of the coding, whether or not a set has its code? */
export const isRecognised = <Target>({ at }: CodeIndex<Target>, { system, code }: Coding): boolean => {
  const found = system === undefined ? undefined : at(system)
  if (!found) return false
  return found.index.name !== undefined || (code !== undefined && found.index.whole.has(code))
}

/**
 * Finds the sets of a coding.
 *
 * Edge:   ICD codes match with or without dot and by listed prefix; a coding without system matches a set in which its
 *         code belongs to one system only.
 * Source: clinical section 2, "Matching"; clinical changes C3
 */
export function hitsOf<Target>(index: CodeIndex<Target>, { system, code }: Coding): readonly Hit<Target>[] {
  if (code === undefined) return none
  if (system === undefined || system === '') return index.bare(code)
  const found = index.at(system)
  if (!found) return none
  const { letter } = found
  if (letter === undefined) return systemHits(found.index, code)
  return code.startsWith(letter) ? systemHits(found.index, code.slice(letter.length)) : none
}

const none: readonly never[] = []

/**
 * Does a code leave the exact matter open? So does a code listed with a trailing `*`, an ICD code of an encounter (Z),
 * and a code for "other" or "unspecified" matters.
 *
 * Source: clinical changes C1
 */
const isBroad = (system: SystemName | undefined, code: string, display = ''): boolean =>
  code.endsWith('*') || (isIcd(system) && (/^Z/i.test(code) || /\b(?:other|unspecified)\b/i.test(display)))

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

/** A bare code is looked for in the ICD-10 of the WHO last, because most of its codes are also codes of ICD-10-CM. */
function bareHits<Target>(systems: readonly SystemIndex<Target>[], code: string): readonly Hit<Target>[] {
  const national = systems.find(({ name }) => name === 'icd10')
  const others = systems.filter((system) => system !== national)
  const found = others.map((system) => systemHits(system, code)).filter((hits) => hits.length > 0)
  if (found.length === 0 && national) return systemHits(national, code)
  if (found.length < 2) return found[0] ?? none
  const all = found.flat()
  return all.filter(
    ({ target }) => found.filter((hits) => hits.some((hit) => hit.target === target)).length === 1,
  )
}

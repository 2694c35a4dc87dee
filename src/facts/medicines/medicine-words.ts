import type { CallReader } from '../text-reader.js'

/** What the words of a medicine say; names are those of the reviewed lists, never the words of the chart. */
export interface MedicineWords {
  /** Named as given. */
  given: readonly string[]
  /** Named, also to say that it is not given ("avoid clindamycin"). */
  named: readonly string[]
  /** A text makes it one for the skin, eye, ear, nose or vagina. */
  local: boolean
  /** "An antibiotic" without a name that we know. */
  unnamedAntibiotic: boolean
}

/**
 * Reads the texts of a medicine in their order: for each name, the first text that has the name decides whether it is given.
 *
 * Source: clinical 2.6, clinical changes C1 (`text` before displays)
 */
export function medicineWords(texts: readonly string[], readText: CallReader): MedicineWords {
  const given = new Map<string, boolean>()
  let local = false
  let unnamedAntibiotic = false
  for (const text of texts) {
    for (const { term, value, state, local: here } of readText({ kind: 'medicine', text }).readings) {
      if (term === 'cover' && value === 'unknown') unnamedAntibiotic = true
      if (term === 'cover' && value === 'local') local = true
      if (term !== 'ingredient' || typeof value !== 'string') continue
      if (!given.has(value)) given.set(value, state === 'present')
      if (here === true) local = true
    }
  }
  const named = [...given.keys()]
  return { given: named.filter((name) => given.get(name)), named, local, unnamedAntibiotic }
}

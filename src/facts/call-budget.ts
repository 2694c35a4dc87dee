import type { ReadKey } from '../gather/chart.js'
import { budgets } from '../protocol/limits.js'
import type { Facts } from './facts.js'
import type { Fields } from './fhir/narrow.js'
import { sizeOf } from './fhir/resource-size.js'
import type { ResourceSize } from './fhir/resource-size.js'

/**
 * The read keys under which each resource type is asked for. A resource that is left out can be missing from any of
 * them.
 */
const keysOfType: ReadonlyMap<string, readonly ReadKey[]> = new Map<string, readonly ReadKey[]>([
  ['Observation', ['lactationStatus', 'temperatures', 'vitalSigns', 'laboratory', 'breastSigns']],
  ['Condition', ['conditions']],
  ['MedicationRequest', ['medicationRequests']],
  ['MedicationAdministration', ['medicationAdministrations']],
  ['MedicationStatement', ['medicationStatements']],
  ['AllergyIntolerance', ['allergies']],
  ['ServiceRequest', ['serviceRequests']],
  ['Procedure', ['procedures']],
  ['DiagnosticReport', ['reports']],
  ['Encounter', ['encounters']],
])

/** Lists up to this length are never cut: there cannot be many more of them than there are resources. */
const shortList = 2

/** How much of a chart one call may still read, and which parts of the chart it left out. */
export interface CallBudget {
  /** Is enough of the budget left for the whole resource? If not, the resource is left out. */
  allows: (fields: Fields) => boolean
  /** Is enough of the budget left to read, once more, a resource that another resource points at? */
  allowsAgain: (fields: Fields) => boolean
  /** The elements of a list for which the budget has room; all elements of a short list. */
  take: <Part>(parts: readonly Part[]) => readonly Part[]
  /** Did `take` or `allowsAgain` leave anything out since the last time `takeLeftOut` was called? */
  takeLeftOut: () => boolean
  /** Notes that a resource of this type was left out, wholly or in part. */
  leaveOut: (resourceType: string) => void
  /** The reads of the call; the keys from which anything was left out count as not read. */
  readsWith: (reads: Facts['reads']) => Facts['reads']
}

/**
 * Makes the budget of one call; `factsSoFar` counts the facts that the call has read.
 *
 * Edge:    of a concept with very many codings only the first ones are read; the resource stays, and its key counts as
 *          incomplete.
 * Missing: a key from which a resource was left out is unreadable, with the reason `truncated`.
 */
export function callBudget(factsSoFar: () => number): CallBudget {
  const left = { values: budgets.chartValues.most, characters: budgets.chartCharacters.most }
  let parts: number = budgets.parts.most
  let partsLeftOut = false
  const sizes = new Map<Fields, ResourceSize>()
  const sizeIn = (fields: Fields): ResourceSize => {
    const size = sizes.get(fields) ?? sizeOf(fields, budgets.resourceValues.most)
    sizes.set(fields, size)
    return size
  }
  const pay = ({ values, characters }: ResourceSize): boolean => {
    if (values > Math.min(budgets.resourceValues.most, left.values) || characters > left.characters)
      return false
    left.values -= values
    left.characters -= characters
    return true
  }
  const leftOut = new Set<ReadKey>()
  const leaveOut = (resourceType: string): void => {
    for (const key of keysOfType.get(resourceType) ?? []) leftOut.add(key)
  }
  return {
    leaveOut,
    take(list) {
      if (list.length <= shortList) return list
      const taken = list.slice(0, parts)
      parts -= taken.length
      partsLeftOut ||= taken.length < list.length
      return taken
    },
    takeLeftOut() {
      const was = partsLeftOut
      partsLeftOut = false
      return was
    },
    allows(fields) {
      const type = String(fields['resourceType'])
      const size = sizeIn(fields)
      const fits = factsSoFar() < budgets.facts.most && pay(size)
      if (!fits || size.codingsLeft) leaveOut(type)
      return fits
    },
    allowsAgain(fields) {
      const fits = pay(sizeIn(fields))
      partsLeftOut ||= !fits
      return fits
    },
    readsWith(reads) {
      if (leftOut.size === 0) return reads
      const all: Record<ReadKey, Facts['reads'][ReadKey]> = { ...reads }
      for (const key of leftOut)
        if (all[key].state === 'read') all[key] = { state: 'unreadable', why: 'truncated' }
      return all
    },
  }
}

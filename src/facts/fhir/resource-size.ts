import { budgets } from '../../protocol/limits.js'
import { fieldsOf } from './narrow.js'
import type { Fields } from './narrow.js'

/** How much one resource holds. */
export interface ResourceSize {
  values: number
  characters: number
  /** A concept of the resource has more codings than are read. */
  codingsLeft: boolean
}

const deepest = budgets.bodyDepth.most

/**
 * Counts the JSON values and the characters of one resource, without its narrative, which no reader reads.
 *
 * Units: JSON values, and characters of strings.
 * Edge:  counting ends soon after `most` values, and at the greatest depth that a body may have.
 */
export function sizeOf(resource: Fields, most: number): ResourceSize {
  const size: ResourceSize = { values: 0, characters: 0, codingsLeft: false }
  const count = (value: unknown, depth: number): void => {
    size.values += 1
    if (typeof value === 'string') size.characters += value.length
    if (typeof value !== 'object' || value === null || size.values > most) return
    if (depth > deepest) {
      size.values = most + 1
      return
    }
    if (Array.isArray(value)) {
      for (const element of value) count(element, depth + 1)
      return
    }
    const members = value as Record<string, unknown>
    for (const name in members) {
      const member = members[name]
      if (depth === 0 && name === 'text' && fieldsOf(member)) continue
      if (name === 'coding' && Array.isArray(member) && member.length > budgets.codings.most)
        size.codingsLeft = true
      count(member, depth + 1)
    }
  }
  count(resource, 0)
  return size
}

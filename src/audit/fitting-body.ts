import { budgets } from '../protocol/limits.js'
import type { Json } from './canonical-json.js'
import { countsOnly } from './recorded-findings.js'
import type { RecordedScope } from './recorded-findings.js'

/** The facts of a body, and the number of facts left out so that the record fits. */
interface FittingFacts {
  facts: Json
  factsCut?: number
}

/** The parts of a body except its facts. */
interface Decision {
  scopes: readonly RecordedScope[]
}

/** A body with at most so many facts and scopes always fits, so most bodies are not measured. */
const few = { facts: 100, scopes: 10 }

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value))

const factsIn = (facts: Readonly<Record<string, Json>>): number =>
  Object.values(facts).reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0)

/** The bytes of a list for each number of first elements kept; each element is serialized once. */
function sizesOf(list: readonly Json[]): readonly number[] {
  const brackets = 2
  const sizes = [brackets]
  let elements = 0
  for (const [at, element] of list.entries()) {
    elements += sizeOf(element)
    sizes.push(brackets + elements + at) // with the commas between the elements
  }
  return sizes
}

/**
 * Keeps the first `most` facts of each list. Earlier cards are never cut, so that nobody can push out the reason for
 * hiding a card.
 */
const withFirst = (facts: Readonly<Record<string, Json>>, most: number): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      Array.isArray(value) && name !== 'earlier' ? value.slice(0, most) : value,
    ]),
  )

/** Finds how many facts of every list fit into `room` bytes, by halving. */
function fittingLength(facts: Readonly<Record<string, Json>>, room: number): number {
  const sizes = Object.entries(facts).flatMap(([name, value]) =>
    Array.isArray(value) && name !== 'earlier' ? [sizesOf(value as readonly Json[])] : [],
  )
  const beside = sizeOf(withFirst(facts, 0)) - 2 * sizes.length
  const bytesOf = (most: number): number =>
    sizes.reduce((sum, ofList) => sum + (ofList[Math.min(most, ofList.length - 1)] ?? 0), beside)
  if (bytesOf(Infinity) <= room) return Infinity
  let most: number = budgets.facts.most
  while (most > 0 && bytesOf(most) > room) most = Math.floor(most / 2)
  return most
}

/** Keeps the first facts of every list, as many as fit. */
function fittingFacts(facts: Readonly<Record<string, Json>>, room: number): FittingFacts {
  const kept = withFirst(facts, fittingLength(facts, room))
  const factsCut = factsIn(facts) - factsIn(kept)
  return factsCut === 0 ? { facts } : { facts: kept, factsCut }
}

/**
 * Makes a body that fits into a record: the whole decision, and as many facts as fit beside the decision.
 *
 * Shape: the same call is always cut in the same way.
 * Edge:  when the decision takes more than half of the record, its resources are counted and not named. Names, reasons
 *        and cards remain, for at most as many scopes as there are drafts and breasts.
 */
export function fittingBody<Rest extends Decision>(
  facts: Readonly<Record<string, Json>>,
  rest: Rest,
): Rest & FittingFacts {
  if (factsIn(facts) <= few.facts && rest.scopes.length <= few.scopes) return { ...rest, facts }
  const { most } = budgets.recordBytes
  const size = sizeOf(rest)
  if (size <= most / 2) return { ...rest, ...fittingFacts(facts, most - size - brackets) }
  const counted = { ...rest, scopes: countsOnly(rest.scopes) }
  return { ...counted, ...fittingFacts(facts, most - sizeOf(counted) - brackets) }
}

/** The bytes of the member names and punctuation around the facts of a body. */
const brackets = JSON.stringify({ facts: 0, factsCut: 100_000 }).length

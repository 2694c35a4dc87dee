import type { Reading, TextReading } from '../../src/terminology/text/reading.js'
import { accepts, fault, sameSides, spread, type Fault, type Label, type LabelledLine } from './labels.js'

const presentOf = ({ readings }: TextReading, term: string): readonly Reading[] =>
  readings.filter((reading) => reading.term === term && reading.state === 'present')

/** Faults of a line of kind medicine. */
export function judgeMedicine(line: LabelledLine, read: TextReading): readonly Fault[] {
  const covers = presentOf(read, 'cover').map(({ value }) => value)
  const counts = covers.includes('systemic')
  const names = presentOf(read, 'ingredient').map(({ value }) => String(value))
  if (counts && names.length === 0) names.push('a medicine without a name')
  const told =
    read.unread.length > 0 ||
    covers.includes('unknown') ||
    read.readings.some(({ state }) => state === 'unreadable')
  const caution = presentOf(read, 'contraindicated').length > 0
  const faults: Fault[] = []
  for (const { term, or = [], state } of line.expect) {
    if (term === 'contraindicated') {
      if (!caution) faults.push(fault('missed', 'medicine that speaks against the milk not read'))
    } else if (state === 'systemic') {
      if (!counts) faults.push(fault(told ? 'other' : 'missed', `${term} not read as cover`))
      else if (!names.some((name) => [term, ...or].some((wanted) => sameParts(wanted, name))))
        faults.push(fault('other', `${names.join(', ')} for ${term}`))
    }
    if ((state !== 'systemic' || term === 'contraindicated') && counts)
      faults.push(fault('false alarm', `${names.join(', ')} counts as cover`))
  }
  if (caution && !line.expect.some(({ term }) => term === 'contraindicated'))
    faults.push(fault('false alarm', 'read as a medicine that speaks against the milk'))
  return faults
}

/** The parts of a combination may stand in any order. */
const sameParts = (one: string, other: string): boolean =>
  one.split('-').sort().join('-') === other.split('-').sort().join('-')

/** Faults of a line of kind order. */
export function judgeOrder(line: LabelledLine, read: TextReading): readonly Fault[] {
  const stops = presentOf(read, 'stops-feeding').length > 0
  const needs = new Set(presentOf(read, 'need').map(({ value }) => String(value)))
  const wanted = line.expect.flatMap(({ term, state }) =>
    term === 'need' && state !== 'none' ? [state] : [],
  )
  const faults: Fault[] = []
  for (const { term, state } of line.expect) {
    if (term !== 'stops-feeding') continue
    if (state === 'yes' && !stops) faults.push(fault('missed', 'order to stop feeding not read'))
    if (state === 'no' && stops) faults.push(fault('false alarm', 'read as an order to stop feeding'))
  }
  for (const need of wanted) if (!needs.has(need)) faults.push(fault('missed', `${need} not read`))
  for (const need of needs)
    if (!wanted.includes(need) && !line.free?.includes(need))
      faults.push(fault('false alarm', `read as ${need}`))
  return faults
}

/** Faults of a line of kind condition. */
export function judgeCondition(line: LabelledLine, read: TextReading): readonly Fault[] {
  const sets = new Map<string, Set<string>>()
  for (const { value, side = 'unspecified' } of presentOf(read, 'set'))
    sets.set(String(value), (sets.get(String(value)) ?? new Set()).add(side))
  const named = new Set([...(line.free ?? []), ...line.expect.flatMap(({ term, or = [] }) => [term, ...or])])
  const faults: Fault[] = []
  for (const label of line.expect) {
    if (label.term === 'any') continue
    const { near, faults: mine } = judgeSet(label, sets)
    if (near !== undefined) named.add(near)
    faults.push(...mine)
  }
  for (const set of sets.keys()) if (!named.has(set)) faults.push(fault('false alarm', set))
  return faults
}

const familyOf = (set: string): string => set.split('-')[0] ?? set

function judgeSet(
  label: Label,
  sets: ReadonlyMap<string, ReadonlySet<string>>,
): { near?: string; faults: Fault[] } {
  const found = [label.term, ...(label.or ?? [])].filter((set) => sets.has(set))
  if (found.length === 0) {
    if (accepts(label, 'nothing') && sets.size === 0) return { faults: [] }
    const near = [...sets.keys()].find((set) => familyOf(set) === familyOf(label.term))
    return near === undefined
      ? { faults: [fault('missed', `${label.term} not read`)] }
      : { near, faults: [fault('other', `${near} for ${label.term}`)] }
  }
  const { side } = label
  if (side && !found.some((set) => sameSides(spread(sets.get(set) ?? []), spread([side]))))
    return { faults: [fault('side', `${found.join()} not ${side}`)] }
  return { faults: [] }
}

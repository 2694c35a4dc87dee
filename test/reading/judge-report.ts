import type { TextReading } from '../../src/terminology/text/reading.js'
import { fault, sameSides, spread, type Fault, type Label, type LabelledLine } from './labels.js'

/** Results that make a card. */
const alarms = new Set(['abscess', 'phlegmon', 'collection', 'suspicious'])

interface Result {
  value: string
  side: string
}

/** Faults of a line of kind report. */
export function judgeReport(line: LabelledLine, read: TextReading): readonly Fault[] {
  const all = read.readings.filter(({ term }) => term === 'result')
  const isUnread = ({ state, value }: (typeof all)[number]): boolean =>
    state === 'unreadable' || (state === 'present' && value === 'unreadable')
  const results = all
    .filter((reading) => reading.state === 'present' && !isUnread(reading))
    .map(({ value, side = 'unspecified' }) => ({ value: String(value), side }))
  const told = read.unread.length > 0 || all.some(isUnread)
  const birads = read.readings
    .filter(({ term, state }) => term === 'birads' && state === 'present')
    .map(({ value }) => Number(String(value)[0]))
  const faults = line.expect.flatMap((label) =>
    label.term === 'birads' ? judgeBirads(label, birads) : judgeResult(label, { results, told, line }),
  )
  const high = birads.some((category) => category >= 4)
  const named = line.expect.some(({ term, value }) => term === 'birads' || value === 'suspicious')
  return high && !named ? [...faults, fault('false alarm', `BI-RADS ${birads.join()} is not given`)] : faults
}

function judgeBirads({ value }: Label, birads: readonly number[]): Fault[] {
  if (birads.includes(Number(value))) return []
  const low = Number(value) < 4
  const what = `BI-RADS ${birads.join() || 'not read'} for ${String(value)}`
  if (low && birads.some((category) => category >= 4)) return [fault('false alarm', what)]
  return [fault(low ? 'other' : 'missed', what)]
}

interface Found {
  results: readonly Result[]
  told: boolean
  line: LabelledLine
}

function judgeResult(label: Label, { results, told, line }: Found): Fault[] {
  const wanted = String(label.value)
  const allowed = new Set([wanted, ...(label.accept ?? [])])
  if (told && (allowed.has('unreadable') || allowed.has('indeterminate')))
    return results
      .filter(({ value }) => alarms.has(value) && !allowed.has(value))
      .map(({ value }) => fault('false alarm', value))
  if (results.length === 0)
    return [fault([...allowed].some((value) => alarms.has(value)) ? 'missed' : 'other', 'no result')]
  const { side } = label
  const mine = side ? results.filter((result) => spread([result.side]).has(side)) : results
  const considered = mine.length > 0 ? mine : results
  const good = considered.filter(({ value }) => allowed.has(value))
  const bad = considered.filter(({ value }) => !allowed.has(value))
  if (good.length > 0 && !bad.some(({ value }) => alarms.has(value)))
    return sideFaults(label, { good, mine, line })
  return [wrongResult(wanted, allowed, bad)]
}

function sideFaults(
  { side }: Label,
  { good, mine, line }: { good: readonly Result[]; mine: readonly Result[]; line: LabelledLine },
): Fault[] {
  if (!side) return []
  const several = line.expect.filter(({ term }) => term === 'result').length > 1
  const other = good.some((result) => !sameSides(spread([result.side]), spread([side])))
  return mine.length === 0 || (!several && other)
    ? [fault('side', `${good[0]?.value ?? ''} not ${side}`)]
    : []
}

function wrongResult(wanted: string, allowed: ReadonlySet<string>, bad: readonly Result[]): Fault {
  const what = `${bad.map(({ value, side }) => `${value} ${side}`).join(', ')} for ${wanted}`
  const wants =
    alarms.has(wanted) || (wanted === 'unreadable' && [...allowed].some((value) => alarms.has(value)))
  const alarmed = bad.some(({ value }) => alarms.has(value))
  if (!wants && alarmed) return fault('false alarm', what)
  if (wants && (!alarmed || wanted === 'suspicious')) return fault('missed', what)
  if (wanted === 'indeterminate' && !alarmed) return fault('missed', `${what}: false reassurance`)
  return fault('other', what)
}

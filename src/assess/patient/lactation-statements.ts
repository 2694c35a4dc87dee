import type { LactationStatement } from '../../facts/facts.js'
import { daysInMs, type Instant } from '../../units/units.js'
import type { Timeline } from '../timeline.js'
import type { ProblemIndex } from './problem-index.js'
import { instantOf, withinDays, type Dated } from '../dating.js'

/** The facts that the steps of the lactation status read. */
export interface LactationQuestion {
  timeline: Timeline
  problems: ProblemIndex
  delivered: Instant | undefined
  /** Steps 3 and 4 infer lactation; this switches them off above `gate.maxInferAgeYears`. */
  infer: boolean
}

/** The statements of step 1 that still count, oldest first; a "no" at discharge and what a note says in passing do not count. */
export function countingStatements({
  timeline,
  delivered,
}: LactationQuestion): readonly Dated<LactationStatement>[] {
  const { lactation, parameters, now } = timeline
  return lactation.filter(({ fact: { says, discharge, inNote }, at }) => {
    if (says === 'unknown' || inNote || (discharge && says === 'no')) return false
    const limit = parameters[discharge ? 'lactation.dischargeStatusDays' : 'lactation.statusMaxAgeDays']
    return now - at <= daysInMs(limit) && (delivered === undefined || at >= delivered)
  })
}

/** Subjects of unreadable entries that could decide the status where no statement does. */
const otherSubjects: ReadonlySet<string> = new Set([
  'birth',
  'delivery',
  'lactation-condition',
  'weaned',
  'mastitis-lactational',
  'abscess-lactational',
  'engorgement',
])

/**
 * Why an entry that could not be read may matter: a statement newer than the one that decided, or without such a
 * statement any entry of steps 2 to 4.
 */
export function unreadableEntry(
  { timeline }: LactationQuestion,
  newest: Dated<LactationStatement> | undefined,
): string | undefined {
  const { facts, parameters, now } = timeline
  const decided = newest?.at ?? -Infinity
  return facts.unreadable.find(({ subject, when }) => {
    if (subject !== 'lactation') return !newest && otherSubjects.has(subject)
    if (!when) return true
    const counts = withinDays(when, parameters['lactation.statusMaxAgeDays'], now)
    return counts && instantOf(when, now) > decided
  })?.why
}

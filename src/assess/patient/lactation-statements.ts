import type { LactationStatement } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { instantOf, withinDays } from '../evidence.js'
import type { Moment } from '../views.js'
import type { ProblemIndex } from './problem-index.js'

/** What the steps of the lactation status look at. */
export interface Question {
  moment: Moment
  problems: ProblemIndex
  delivered: Instant | undefined
  /** Steps 3 and 4 infer; they are off above `gate.maxInferAgeYears`. */
  infer: boolean
}

/** Step 1: statements that still count; a "no" at discharge means nothing. */
export function countingStatements({ moment, delivered }: Question): readonly LactationStatement[] {
  const { facts, parameters, now } = moment
  return facts.lactation.filter(({ says, discharge, when }) => {
    if (says === 'unknown' || (discharge && says === 'no')) return false
    const limit = parameters[discharge ? 'lactation.dischargeStatusDays' : 'lactation.statusMaxAgeDays']
    if (!withinDays(when, limit, now)) return false
    return delivered === undefined || (instantOf(when, now) ?? delivered) >= delivered
  })
}

/** The newest statement that counts; at the same instant "yes". */
export function newestStatement(question: Question): LactationStatement | undefined {
  const { now } = question.moment
  let newest: LactationStatement | undefined
  for (const statement of countingStatements(question)) {
    const later =
      (instantOf(statement.when, now) ?? 0) - (newest ? (instantOf(newest.when, now) ?? 0) : -Infinity)
    if (later > 0 || (later === 0 && statement.says === 'yes')) newest = statement
  }
  return newest
}

/** Unreadable entries that could speak for or against lactation where no statement decides. */
const otherSubjects: ReadonlySet<string> = new Set([
  'birth',
  'delivery',
  'lactation-condition',
  'weaned',
  'mastitis-lactational',
  'abscess-lactational',
  'engorgement',
])

/** A statement that could not be read and is newer than the one that decided; without one, any entry of steps 2 to 4. */
export function unreadableEntry(
  { moment }: Question,
  newest: LactationStatement | undefined,
): string | undefined {
  const { facts, parameters, now } = moment
  const decided = instantOf(newest?.when, now) ?? -Infinity
  return facts.unreadable.find(({ subject, when }) => {
    if (subject !== 'lactation') return !newest && otherSubjects.has(subject)
    if (!when) return true
    const counts = withinDays(when, parameters['lactation.statusMaxAgeDays'], now)
    return counts && Math.min(when.latest, now) > decided
  })?.why
}

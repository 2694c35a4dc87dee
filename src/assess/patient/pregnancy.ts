import type { PregnancyFact, Provenance } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { evidenceOf, instantOf, withinDays } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../views.js'
import type { ProblemIndex } from './problem-index.js'
import { activeIn } from './problem-index.js'

/** A pregnancy is not believed for longer than this. Days. */
const pregnancyDays = 300

/**
 * Is she pregnant, by the newest pregnancy status or a breast diagnosis of pregnancy?
 *
 * Edge:    exactly 300 days counts; what is not newer than the last delivery speaks of that pregnancy.
 * Missing: `cannot-tell` when the status or conditions could not be read and what was read does not say so.
 * Source:  clinical 1.2.
 */
export function pregnant(
  { facts, now }: Moment,
  problems: ProblemIndex,
  delivered: Instant | undefined,
): Finding {
  const current = ({ when }: Provenance): boolean =>
    withinDays(when, pregnancyDays, now) &&
    (delivered === undefined || (instantOf(when, now) ?? delivered) > delivered)

  const status = newest(facts.pregnancy.filter(current), now)
  if (status?.pregnant)
    return present('recorded as pregnant', evidenceOf(status, 'pregnancy status: pregnant'))
  const diagnosis = activeIn(problems, 'mastitis-pregnancy', 'abscess-pregnancy').find(current)
  if (diagnosis) {
    const evidence = evidenceOf(diagnosis, 'breast diagnosis of pregnancy')
    return present('a breast diagnosis of pregnancy is on record', evidence)
  }
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  if (facts.reads.lactationStatus.state === 'unreadable')
    return cannotTell('pregnancy status could not be read')
  if (facts.unreadable.some(({ subject }) => subject === 'pregnancy')) {
    return cannotTell('the pregnancy status has a value that could not be read')
  }
  return absent('no current pregnancy is on record')
}

function newest(statements: readonly PregnancyFact[], now: Instant): PregnancyFact | undefined {
  let best: PregnancyFact | undefined
  for (const statement of statements) {
    const later =
      (instantOf(statement.when, now) ?? 0) - (best ? (instantOf(best.when, now) ?? 0) : -Infinity)
    if (later > 0 || (later === 0 && statement.pregnant)) best = statement
  }
  return best
}

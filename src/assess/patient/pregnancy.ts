import type { Provenance } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { evidenceOf } from '../evidence.js'
import { inputs, unreadInputs, type FindingDefinition, type Inputs } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Timeline } from '../timeline.js'
import type { ProblemIndex } from './problem-index.js'
import { activeIn } from './problem-index.js'
import { instantOf, withinDays } from '../dating.js'

/** The inputs of pregnancy. */
export const pregnancyInputs: Inputs = {
  facts: ['pregnancy', 'problems', 'births'],
  sets: ['pregnancy-status', 'pregnant', 'not-pregnant', 'mastitis-pregnancy', 'abscess-pregnancy'],
  parameters: [],
}

/** The most days for which a record of pregnancy counts. */
const pregnancyDays = 300

/**
 * Is the patient pregnant, by the newest pregnancy status or by a breast diagnosis of pregnancy?
 *
 * Edge:    exactly 300 days counts; a record that is not newer than the last delivery is about the pregnancy before
 *          that delivery.
 * Missing: `cannot-tell` when the status or conditions could not be read and no fact on record says pregnant.
 * Source:  clinical 1.2
 */
export function pregnant(
  { facts, pregnancy, now }: Timeline,
  problems: ProblemIndex,
  delivered: Instant | undefined,
): Finding {
  const current = ({ when }: Provenance): boolean =>
    withinDays(when, pregnancyDays, now) &&
    (delivered === undefined || (instantOf(when, now) ?? delivered) > delivered)

  const status = pregnancy.findLast(({ fact }) => current(fact))?.fact
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

/** The finding that the patient is pregnant now (clinical 1.2). */
export const pregnantNow = {
  name: 'pregnant',
  scope: 'patient',
  means: 'Is she pregnant now?',
  ...inputs(pregnancyInputs, unreadInputs),
  edge: 'The newest status counts for 300 days, that day included, and only if it is newer than the last delivery.',
  missing:
    'Cannot be told when pregnancy status or conditions could not be read and nothing read says pregnant.',
  find: ({ patient }) => patient.pregnant,
} as const satisfies FindingDefinition<{ patient: { pregnant: Finding } }>

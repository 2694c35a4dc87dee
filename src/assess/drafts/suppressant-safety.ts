import type { DraftOrder, Measure, Problem } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import type { DraftContext } from '../context.js'
import { inputs, unreadInputs, type FindingDefinition } from '../definition.js'
import { measureEvidence, problemEvidence } from '../evidence.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { lactationStatusInputs } from '../patient/lactation-status.js'
import { lossInputs } from '../patient/loss.js'
import type { PatientView } from '../views.js'
import type { Moment } from '../moment.js'
import { measuresOf, type Timeline } from '../timeline.js'
import { conditionWords, measureNumber } from '../words.js'
import { newestSince, withinDays } from '../dating.js'

/** The days for which a hypertensive disorder counts, and a blood pressure; fixed in clinical 7 rule 1b. */
const hypertensionDays = 180
const pressureDays = 7

/** One reason against bromocriptine or cabergoline just after birth: the words of {reason}, and the fact. */
export interface SafetyReason {
  words: string
  evidence: Evidence
}

const history = (
  { problems }: PatientView,
  set: 'cardiac' | 'psychosis' | 'hypertension-puerperium',
): readonly Problem[] => problems.get(set) ?? []

/**
 * Lists the reasons on record against a dopamine agonist just after birth.
 *
 * Units:  blood pressure in mm[Hg].
 * Edge:   a pressure at `suppressant.sbp` counts, as does one exactly 7 days old. Resolved disorders count, because
 *         the danger remains.
 * Source: clinical 7 rule 1b
 */
export function safetyReasons(timeline: Timeline, patient: PatientView): readonly SafetyReason[] {
  const { parameters, now } = timeline
  const hypertension = history(patient, 'hypertension-puerperium')
    .filter(({ when }) => withinDays(when, hypertensionDays, now))
    .map((problem) => reasonOf(problem, 'hypertension-puerperium'))
  const pressure = newestSince(measuresOf(timeline, 'systolic'), now - daysInMs(pressureDays))?.fact
  const high =
    pressure && pressure.value >= parameters['suppressant.sbp']
      ? [{ words: `SBP ${measureNumber(pressure)}`, evidence: measureEvidence(pressure) }]
      : []
  return [
    ...hypertension,
    ...high,
    ...history(patient, 'cardiac').map((problem) => reasonOf(problem, 'cardiac')),
    ...history(patient, 'psychosis').map((problem) => reasonOf(problem, 'psychosis')),
  ]
}

const reasonOf = (
  problem: Problem,
  set: 'hypertension-puerperium' | 'cardiac' | 'psychosis',
): SafetyReason => ({
  words: conditionWords[set],
  evidence: problemEvidence(problem, set),
})

/**
 * Is bromocriptine or cabergoline drafted just after birth, against a reason on record?
 *
 * Edge:    exactly `suppressant.safetyDays` after the delivery counts. A patient without a delivery date counts as
 *          just delivered when lactating, probably lactating, recently weaned or after a loss.
 * Missing: `cannot-tell` when conditions or vital signs could not be read and no fact on record speaks against the
 *          draft.
 * Source:  clinical 7 rule 1b
 */
function suppressantUnsafe(timeline: Timeline, patient: PatientView, draft: DraftOrder): Finding {
  const sets = draft.medicine?.sets ?? []
  if (!sets.includes('bromocriptine') && !sets.includes('cabergoline')) {
    return absent('neither bromocriptine nor cabergoline is drafted')
  }
  const soon = justDelivered(timeline, patient)
  if (soon.verdict === 'absent') return soon
  const reasons = safetyReasons(timeline, patient)
  if (reasons.length > 0) {
    if (soon.verdict === 'cannot-tell') return soon
    const words = [...new Set(reasons.map((reason) => reason.words))].join(', ')
    return present(`on record: ${words}`, ...reasons.map(({ evidence }) => evidence))
  }
  const { reads } = timeline.facts
  if (reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  if (reads.vitalSigns.state === 'unreadable') return cannotTell('blood pressure could not be read')
  const unread = timeline.facts.unreadable.find(({ subject, when }) => isSafetyFact(timeline, subject, when))
  if (unread) return cannotTell(unread.why)
  const undated = history(patient, 'hypertension-puerperium').find(({ when }) => !when)
  if (undated) {
    const evidence = problemEvidence(undated, 'hypertension-puerperium')
    return cannotTell('a hypertensive disorder is on record without a date', evidence)
  }
  return absent('no reason against it is on record')
}

const isSafetyFact = ({ now }: Moment, subject: string, when: Measure['when']): boolean =>
  ['hypertension-puerperium', 'cardiac', 'psychosis'].includes(subject) ||
  (subject === 'systolic' && (when === undefined || withinDays(when, pressureDays, now)))

function justDelivered({ parameters, now }: Moment, { deliveredAt, lactation, loss }: PatientView): Finding {
  const limit = parameters['suppressant.safetyDays']
  if (deliveredAt !== undefined) {
    return now - deliveredAt <= daysInMs(limit)
      ? present(`delivered within ${limit} days`)
      : absent(`delivered more than ${limit} days ago`)
  }
  if (loss.verdict === 'present') return present(loss.because)
  if (['lactating', 'probable', 'recently-weaned'].includes(lactation.status))
    return present(lactation.because)
  if (loss.verdict === 'cannot-tell') return cannotTell(loss.because)
  return lactation.unsettled === undefined ? absent(lactation.because) : cannotTell(lactation.unsettled)
}

/** The finding that a suppressant is drafted against a reason on record (clinical 7 rule 1b). */
export const draftSuppressantUnsafe = {
  name: 'draft-suppressant-unsafe',
  scope: 'draft',
  means: 'Is bromocriptine or cabergoline drafted just after birth, against a reason on record?',
  ...inputs(lactationStatusInputs, lossInputs, unreadInputs, {
    facts: ['drafts', 'measures'],
    sets: ['bromocriptine', 'cabergoline', 'hypertension-puerperium', 'cardiac', 'psychosis', 'systolic'],
    parameters: ['suppressant.safetyDays', 'suppressant.sbp'],
  }),
  edge: 'Up to `suppressant.safetyDays` after the delivery, that day included; a hypertensive disorder of the last 180 days, a systolic pressure of the last 7 days at or above `suppressant.sbp`, heart disease or a severe psychiatric disorder, resolved ones too.',
  missing:
    'Without a delivery date she counts as just delivered when lactating, probably lactating, recently weaned or after a loss. Cannot be told when conditions or blood pressure could not be read and nothing read speaks against it.',
  find: ({ timeline, patient, draft }) => suppressantUnsafe(timeline, patient, draft),
} as const satisfies FindingDefinition<DraftContext>

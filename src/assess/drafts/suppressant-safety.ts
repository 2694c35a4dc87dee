import type { DraftOrder, Measure, Problem } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import { instantOf, measureEvidence, problemEvidence, withinDays } from '../evidence.js'
import type { Evidence, Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment, PatientView } from '../views.js'
import { conditionWords, measureNumber } from '../words.js'

/** A hypertensive disorder counts for so long, and a blood pressure. Days, fixed in clinical 7 rule 1b. */
const hypertensionDays = 180
const pressureDays = 7

/** One reason against bromocriptine or cabergoline just after birth: the words of {reason} and its fact. */
export interface SafetyReason {
  words: string
  evidence: Evidence
}

const history = (
  { problems }: PatientView,
  set: 'cardiac' | 'psychosis' | 'hypertension-puerperium',
): readonly Problem[] => problems.get(set) ?? []

/**
 * Reasons on record against a dopamine agonist just after birth.
 *
 * Units:   blood pressure in mm[Hg].
 * Edge:    a pressure at `suppressant.sbp` counts, also exactly 7 days old; resolved disorders count, since the danger is
 *          in having had them.
 * Source:  clinical 7 rule 1b.
 */
export function safetyReasons(
  { facts, parameters, now }: Moment,
  patient: PatientView,
): readonly SafetyReason[] {
  const hypertension = history(patient, 'hypertension-puerperium')
    .filter(({ when }) => withinDays(when, hypertensionDays, now))
    .map((problem) => reasonOf(problem, 'hypertension-puerperium'))
  const pressure = newestSystolic(facts.measures, now)
  const high =
    pressure &&
    withinDays(pressure.when, pressureDays, now) &&
    pressure.value >= parameters['suppressant.sbp']
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

function newestSystolic(measures: readonly Measure[], now: number): Measure | undefined {
  let newest: Measure | undefined
  for (const measure of measures) {
    if (measure.kind !== 'systolic' || !measure.when) continue
    const later =
      (instantOf(measure.when, now) ?? 0) - (newest ? (instantOf(newest.when, now) ?? 0) : -Infinity)
    if (later > 0 || (later === 0 && newest && measure.value > newest.value)) newest = measure
  }
  return newest
}

/**
 * Is bromocriptine or cabergoline drafted just after birth, against a reason on record?
 *
 * Edge:    exactly `suppressant.safetyDays` after the delivery counts; without a delivery date she counts as just
 *          delivered when lactating, probably lactating, recently weaned or after a loss.
 * Missing: `cannot-tell` when conditions or vital signs could not be read and nothing read speaks against it.
 * Source:  clinical 7 rule 1b.
 */
export function suppressantUnsafe(
  moment: Moment,
  patient: PatientView,
  draft: DraftOrder | undefined,
): Finding {
  const sets = draft?.medicine?.sets ?? []
  if (!sets.includes('bromocriptine') && !sets.includes('cabergoline')) {
    return absent('neither bromocriptine nor cabergoline is drafted')
  }
  const soon = justDelivered(moment, patient)
  if (soon.verdict === 'absent') return soon
  const reasons = safetyReasons(moment, patient)
  if (reasons.length > 0) {
    if (soon.verdict === 'cannot-tell') return soon
    const words = [...new Set(reasons.map((reason) => reason.words))].join(', ')
    return present(`on record: ${words}`, ...reasons.map(({ evidence }) => evidence))
  }
  const { reads } = moment.facts
  if (reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  if (reads.vitalSigns.state === 'unreadable') return cannotTell('blood pressure could not be read')
  const unread = moment.facts.unreadable.find(({ subject, when }) => isSafetyFact(moment, subject, when))
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

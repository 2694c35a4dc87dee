import type { Problem } from '../../facts/facts.js'
import { otherInfectionSets, type ConditionSet } from '../../terminology/concepts.js'
import { isBreastDiagnosis } from '../breast/diagnosis-sets.js'
import type { PatientContext } from '../context.js'
import { withinDays } from '../dating.js'
import type { FindingDefinition } from '../definition.js'
import { problemEvidence } from '../evidence.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../moment.js'
import { activeIn, type ProblemIndex } from '../patient/problem-index.js'

/** An infection that is not of the breast, and its kind. */
export interface OtherInfection {
  set: ConditionSet
  problem: Problem
}

/**
 * The active infections that are not of the breast, newest first.
 *
 * Edge:    exactly `otherInfection.days` old still counts. A cellulitis with a diagnosis or side of the breast is of the breast.
 * Missing: an infection without a date is none of them.
 * Source:  clinical 2.4, VS-OTHER-INFECTION
 */
export function otherInfections(
  { parameters, now }: Moment,
  problems: ProblemIndex,
): readonly OtherInfection[] {
  return otherInfectionSets
    .flatMap((set) => activeIn(problems, set).map((problem) => ({ set, problem })))
    .filter(({ set, problem: { onset, when, side, ...problem } }) => {
      const ofBreast =
        set === 'skin-infection' && (side !== 'unspecified' || isBreastDiagnosis({ ...problem, side }))
      return !ofBreast && withinDays(onset ?? when, parameters['otherInfection.days'], now)
    })
    .sort((one, other) => (other.problem.when?.latest ?? 0) - (one.problem.when?.latest ?? 0))
}

/** The finding of another infection on record (clinical 5.4). */
export const otherInfection = {
  name: 'other-infection',
  scope: 'patient',
  means: 'Is an active infection on record that is not of the breast?',
  facts: ['problems', 'reads'],
  sets: [...otherInfectionSets],
  parameters: ['otherInfection.days'],
  edge: 'Begun up to `otherInfection.days` ago, that day included.',
  missing: 'Cannot be told when conditions could not be read. One without a date is not counted.',
  find: ({ timeline, patient: { problems } }) => {
    const found = otherInfections(timeline, problems)
    if (found.length > 0)
      return present(
        'another infection is on record',
        ...found.map(({ set, problem }) => problemEvidence(problem, set)),
      )
    if (timeline.facts.reads.conditions.state === 'unreadable')
      return cannotTell('conditions could not be read')
    return absent('no other infection on record')
  },
} as const satisfies FindingDefinition<PatientContext>

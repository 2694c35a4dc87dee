import type { Problem } from '../../facts/facts.js'
import { otherInfectionSets, type ConditionSet } from '../../terminology/concepts.js'
import { daysInMs, type Instant } from '../../units/units.js'
import { isBreastDiagnosis } from '../breast/diagnosis-sets.js'
import { instantOf, withinDays } from '../dating.js'
import { inputs, type FindingDefinition, type Inputs } from '../definition.js'
import { problemEvidence } from '../evidence.js'
import { absent, cannotTell, present, type Finding } from '../finding.js'
import type { Moment } from '../moment.js'
import type { OfProblems } from './chart-problem.js'
import { activeIn, type ProblemIndex } from './problem-index.js'

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

/** An infection recorded so many days before or after a moment is about the illness of that moment (clinical 4.2). */
const [daysBefore, daysAfter] = [7, 2]

/**
 * Was one of these infections recorded, or did one begin, from 7 days before to 2 days after a moment?
 *
 * Edge:   exactly 7 days before and exactly 2 days after count.
 * Source: clinical 4.2
 */
export const hadInfectionAround = (
  infections: readonly OtherInfection[],
  moment: Instant,
  now: Instant,
): boolean =>
  infections.some(({ problem: { onset, recorded, when } }) =>
    [onset, recorded, when].some((span) => {
      const later = span && instantOf(span, now) - moment
      return later !== undefined && later >= -daysInMs(daysBefore) && later <= daysInMs(daysAfter)
    }),
  )

/** The inputs of another infection, before what could not be read. */
export const otherInfectionInputs: Inputs = {
  facts: ['problems'],
  sets: [...otherInfectionSets],
  parameters: ['otherInfection.days'],
}

/**
 * Is an infection on record that is not of the breast?
 *
 * Missing: `cannot-tell` when conditions could not be read.
 */
export function otherInfectionFinding(moment: Moment, problems: ProblemIndex): Finding {
  const found = otherInfections(moment, problems)
  if (found.length > 0)
    return present(
      'another infection is on record',
      ...found.map(({ set, problem }) => problemEvidence(problem, set)),
    )
  if (moment.facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return absent('no other infection on record')
}

/** The finding of another infection on record (clinical 5.4). */
export const otherInfection = {
  name: 'other-infection',
  scope: 'patient',
  means: 'Is an active infection on record that is not of the breast?',
  ...inputs(otherInfectionInputs, { facts: ['reads'], sets: [], parameters: [] }),
  edge: 'Begun up to `otherInfection.days` ago, that day included.',
  missing: 'Cannot be told when conditions could not be read. One without a date is not counted.',
  find: ({ timeline, patient: { problems } }) => otherInfectionFinding(timeline, problems),
} as const satisfies FindingDefinition<OfProblems>

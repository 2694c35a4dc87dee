import { daysInMs, type Instant } from '../../units/units.js'
import type { Problem } from '../../facts/facts.js'
import { absent, cannotTell, present, type Evidence, type Finding } from '../finding.js'
import type { Breast } from './breasts.js'
import { ofMedicine, ofProblem } from './describe.js'
import { abscessSets, isIn, mastitisSets } from './diagnosis-sets.js'
import { episodeInputs, type Episode } from './episode.js'
import type { Exposures } from './antibiotics/exposures.js'
import type { Timeline } from '../timeline.js'
import { inputOf, inputs, unreadInputs, type FindingDefinition } from '../definition.js'
import { instantOf } from '../dating.js'

interface EarlierEnd {
  at: Instant
  evidence?: Evidence
}

/**
 * RECUR: did an earlier episode of this breast end more than `episode.gapDays` and at most `recurrence.days` before
 * this episode began? (clinical 4.1)
 *
 * Edge:    exactly `recurrence.days` is a recurrence, exactly `episode.gapDays` is not. An episode of the other breast
 *          never is.
 * Missing: absent when this episode has no start; cannot-tell when conditions could not be read, since they may hold
 *          the earlier episode.
 */
export function recurrence(
  timeline: Timeline,
  breast: Breast,
  current: Episode,
  { list, doubt }: Exposures,
): Finding {
  const { start } = current
  if (start === undefined) return absent('no present episode')
  const { parameters, facts } = timeline
  const newest = start - daysInMs(parameters['episode.gapDays'])
  const oldest = start - daysInMs(parameters['recurrence.days'])
  const ends: EarlierEnd[] = [
    ...current.earlierEnds.map((at) => ({ at })),
    ...earlierCover(current, list),
    ...resolvedDiagnoses(timeline, breast),
  ]
  const earlier = ends.filter(({ at }) => at < newest && at >= oldest)
  if (earlier.length > 0) {
    return present(
      'an earlier episode of the same breast on record',
      ...earlier.flatMap(({ evidence }) => evidence ?? []),
    )
  }
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  return doubt ? cannotTell(doubt.why) : absent('no earlier episode on record')
}

/** The ends of antibiotics for this breast outside this episode. */
function earlierCover(current: Episode, list: Exposures['list']): EarlierEnd[] {
  const kept = new Set(current.exposures)
  return list
    .filter((exposure) => !kept.has(exposure))
    .map(({ medicine, to }) => ({ at: to, evidence: ofMedicine(medicine) }))
}

/** The ends of resolved mastitis and abscesses: the abatement, or without it the date of the diagnosis. */
function resolvedDiagnoses({ facts, now }: Timeline, breast: Breast): EarlierEnd[] {
  const resolved = facts.problems.filter(
    (problem: Problem) =>
      !problem.active &&
      breast.includesUnspecifiedSide(problem.side) &&
      isIn(problem, [...mastitisSets, ...abscessSets]),
  )
  return resolved.flatMap((problem) => {
    const ended = problem.abated ?? problem.when
    return ended ? [{ at: instantOf(ended, now), evidence: ofProblem(problem) }] : []
  })
}

/** The inputs of RECUR. */
export const recurrenceInputs = inputs(episodeInputs, inputOf('recurrence.days'))

/** RECUR of clinical 4.1: an earlier episode of the breast ended shortly before this one. */
export const recurrenceOnRecord = {
  name: 'recurrence',
  scope: 'side',
  means:
    'Did an earlier episode of this breast end shortly before this one: earlier cover behind a gap, an earlier antibiotic ' +
    'for the breast or begun near a sign or diagnosis of it, or a resolved mastitis or abscess?',
  ...inputs(recurrenceInputs, unreadInputs),
  edge: 'More than the gap and at most the limit before this episode; exactly the limit counts. The other breast never does.',
  missing:
    'Without a start of this episode absent. Cannot be told when conditions or medicines could not be read.',
  find: ({ breast }) => breast.recurred,
} as const satisfies FindingDefinition<{ breast: { recurred: Finding } }>

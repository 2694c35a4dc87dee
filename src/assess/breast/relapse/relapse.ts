import { daysInMs, hoursInMs, type Instant } from '../../../units/units.js'
import type { Inputs } from '../../definition.js'
import { inputs } from '../../definition.js'
import { instantOf } from '../../dating.js'
import { measuresOf, type Timeline } from '../../timeline.js'
import { union } from '../../stretches.js'
import type { Exposure } from '../antibiotics/exposure.js'
import { forThisBreast } from '../antibiotics/of-breast.js'
import { exposureInputs } from '../antibiotics/exposures.js'
import type { Breast } from '../breasts.js'
import { infectionSets, isIn } from '../diagnosis-sets.js'
import { currentSignInputs } from '../signs/signs.js'
import { breastSigns, skinSigns } from '../signs/signs-of-breast.js'
import type { SignName } from '../../../terminology/concepts.js'
import { isThere, recoveries } from './recovery.js'

/** The inputs of recovery and relapse. */
export const relapseInputs = inputs(currentSignInputs, exposureInputs, {
  facts: ['problems', 'course'],
  sets: [...infectionSets, 'temperature', 'pain', 'no-response'],
  parameters: ['response.evaluateFromHours', 'fever.threshold', 'antibiotic.gapHours', 'episode.gapDays'],
} satisfies Inputs)

/** An illness that came back after a course of antibiotics. */
export interface Relapse {
  /** The end of the course. */
  courseEnd: Instant
  /** The first moment of the new illness. */
  ill: Instant
}

/** A sign and another sign, or a sign and fever, so many hours apart are one illness. */
const oneIllnessHours = 72

/**
 * The newest relapse of this breast: recovery from a course on, the end of the course, and a new illness at most `episode.gapDays` after
 * that end.
 *
 * Edge:    a gap in cover of at most `antibiotic.gapHours` is no end of a course. An illness exactly `episode.gapDays` after the end
 *          counts. Illness between the recovery and the end is no relapse.
 * Missing: undefined without a recovery on record.
 * Source:  clinical changes C18
 */
export function relapseOf(
  timeline: Timeline,
  breast: Breast,
  list: readonly Exposure[],
): Relapse | undefined {
  const { now, parameters } = timeline
  const courses = union(
    forThisBreast(timeline, breast, list),
    now,
    hoursInMs(parameters['antibiotic.gapHours']),
  )
  const longest = daysInMs(parameters['episode.gapDays'])
  for (const course of courses.toReversed()) {
    if (course.to >= now) continue
    for (const recovered of recoveries(timeline, breast, course.from).toReversed()) {
      const ill = firstIllness(timeline, breast, recovered)
      if (ill !== undefined && ill >= course.to && ill - course.to <= longest)
        return { courseEnd: course.to, ill }
    }
  }
  return undefined
}

/** The first moment after a recovery at which a diagnosis begins, the breast is inflamed, or there is fever with a breast sign. */
function firstIllness(timeline: Timeline, breast: Breast, recovered: Instant): Instant | undefined {
  const { now, parameters, facts } = timeline
  const later = (names: readonly SignName[]): readonly Instant[] =>
    names.flatMap((name) =>
      (timeline.signs.get(name) ?? [])
        .filter(
          ({ fact, at }) =>
            at > recovered &&
            isThere(fact) &&
            fact.generic !== true &&
            breast.includesUnspecifiedSide(fact.side),
        )
        .map(({ at }) => at),
    )
  const near = (dates: readonly Instant[], at: Instant): boolean =>
    dates.some((date) => Math.abs(date - at) <= hoursInMs(oneIllnessHours))
  const onsets = facts.problems.flatMap((problem) =>
    problem.when && isIn(problem, infectionSets) && breast.includesUnspecifiedSide(problem.side)
      ? [instantOf(problem.when, now)]
      : [],
  )
  const signs = later(breastSigns)
  const fevers = measuresOf(timeline, 'temperature')
    .filter(({ fact, at }) => fact.value >= parameters['fever.threshold'] && near(signs, at))
    .map(({ at }) => at)
  const pains = later(['breast-pain'])
  const inflamed = later([...skinSigns, 'swelling']).filter((at) => near(pains, at))
  const moments = [...onsets, ...fevers, ...inflamed].filter((at) => at > recovered)
  return moments.length > 0 ? Math.min(...moments) : undefined
}

import { daysInMs, hoursInMs, type Instant } from '../../../units/units.js'
import type { Inputs } from '../../definition.js'
import { inputs } from '../../definition.js'
import { instantOf, type Dated } from '../../dating.js'
import { measuresOf, type Timeline } from '../../timeline.js'
import { union } from '../../stretches.js'
import type { Exposure } from '../antibiotics/exposure.js'
import { hadInfectionAround, type OtherInfection } from '../../patient/other-infection.js'
import { breastAntibioticInputs } from '../antibiotics/of-breast.js'
import type { SignRecord } from '../../pain-score.js'
import { isOnOther, type Breast } from '../breasts.js'
import { infectionSets, isIn } from '../diagnosis-sets.js'
import { currentSignInputs } from '../signs/signs.js'
import { breastSigns, skinSigns, unspecificSigns } from '../signs/signs-of-breast.js'
import type { SignName } from '../../../terminology/concepts.js'
import { isThere, recoveries } from './recovery.js'

/** The inputs of recovery and relapse. */
export const relapseInputs = inputs(currentSignInputs, breastAntibioticInputs, {
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
  infections: readonly OtherInfection[],
): Relapse | undefined {
  const { now, parameters } = timeline
  const courses = union(list, now, hoursInMs(parameters['antibiotic.gapHours']))
  const longest = daysInMs(parameters['episode.gapDays'])
  for (const course of courses.toReversed()) {
    if (course.to >= now) continue
    for (const recovered of recoveries(timeline, breast, course.from).toReversed()) {
      const ill = firstIllness(timeline, breast, recovered, infections)
      if (ill !== undefined && ill >= course.to && ill - course.to <= longest)
        return { courseEnd: course.to, ill }
    }
  }
  return undefined
}

/** A sign that is recorded of a breast, or without a side. */
type SignAt = Dated<SignRecord>

/**
 * The first moment after a recovery at which a diagnosis begins, the breast is inflamed, or there is fever with a breast sign.
 *
 * Edge: while another infection explains fever, only a sign of this breast's own shows that the breast is ill.
 */
function firstIllness(
  timeline: Timeline,
  breast: Breast,
  recovered: Instant,
  infections: readonly OtherInfection[],
): Instant | undefined {
  const { now, parameters, facts } = timeline
  const signs = breastSigns.flatMap((name) => signsAfter(timeline, breast, name, recovered))
  const own = signs.filter((sign) => isOwn(timeline, breast, sign))
  const showing = (at: Instant): readonly SignAt[] => (hadInfectionAround(infections, at, now) ? own : signs)
  const onsets = facts.problems.flatMap((problem) =>
    problem.when && isIn(problem, infectionSets) && breast.includesUnspecifiedSide(problem.side)
      ? [instantOf(problem.when, now)]
      : [],
  )
  const fevers = measuresOf(timeline, 'temperature')
    .filter(({ fact, at }) => fact.value >= parameters['fever.threshold'] && isNear(showing(at), at))
    .map(({ at }) => at)
  const pains = signs.filter(({ fact }) => fact.sign === 'breast-pain')
  const inflamed = signs
    .filter(({ fact }) => skinSigns.includes(fact.sign) || fact.sign === 'swelling')
    .map(({ at }) => at)
    .filter((at) => isNear(pains, at) && isNear(showing(at), at))
  const moments = [...onsets, ...fevers, ...inflamed].filter((at) => at > recovered)
  return moments.length > 0 ? Math.min(...moments) : undefined
}

const isNear = (signs: readonly SignAt[], moment: Instant): boolean =>
  signs.some(({ at }) => Math.abs(at - moment) <= hoursInMs(oneIllnessHours))

/** The records after a moment that this sign is there, on this breast or without a side. */
const signsAfter = (
  { signs }: Timeline,
  breast: Breast,
  name: SignName,
  moment: Instant,
): readonly SignAt[] =>
  (signs.get(name) ?? []).filter(
    ({ fact, at }) =>
      at > moment && isThere(fact) && fact.generic !== true && breast.includesUnspecifiedSide(fact.side),
  )

/** Is the sign one that no infection elsewhere explains? Pain and swelling are, if they are of this breast alone. */
function isOwn({ signs }: Timeline, breast: Breast, { fact, at }: SignAt): boolean {
  if (!unspecificSigns.has(fact.sign)) return true
  if (fact.sign === 'nipple-fissure' || fact.side === 'unspecified') return false
  const onOther = (signs.get(fact.sign) ?? []).filter(
    (other) => isThere(other.fact) && isOnOther(breast, other.fact.side),
  )
  return !isNear(onOther, at)
}

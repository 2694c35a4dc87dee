import type { Measure } from '../../../facts/facts.js'
import type { SignName } from '../../../terminology/concepts.js'
import { hoursInMs, type Instant } from '../../../units/units.js'
import { instantOf, type Dated } from '../../dating.js'
import { measuresOf, type Timeline } from '../../timeline.js'
import { isEasyPain } from '../antibiotics/readings.js'
import type { Breast } from '../breasts.js'
import { infectionSets, isIn } from '../diagnosis-sets.js'
import { skinSigns } from '../signs/signs-of-breast.js'
import type { SignRecord } from '../../pain-score.js'

/** A temperature and a pain score, or a statement and a temperature, so many hours apart are about the same state. */
const togetherHours = 24

/** Signs that are gone after recovery. */
const signsOfIllness: readonly SignName[] = [...skinSigns, 'breast-pain', 'swelling', 'lump', 'fluctuance']

/**
 * The moments of recovery of one breast in a course of antibiotics that began at `start`, oldest first.
 *
 * Shape:   words that the illness got better; a temperature below fever after fever, with a pain score of 3 or less; every sign recorded
 *          absent that was there; the end of a diagnosis of mastitis or abscess.
 * Edge:    exactly `response.evaluateFromHours` after the start counts; an earlier dip is no recovery.
 * Source:  clinical changes C18
 */
export function recoveries(timeline: Timeline, breast: Breast, start: Instant): readonly Instant[] {
  const from = start + hoursInMs(timeline.parameters['response.evaluateFromHours'])
  return [
    ...saidBetter(timeline, breast),
    ...coolAndEasy(timeline, breast, start),
    ...signsGone(timeline, breast),
    ...diagnosisOver(timeline, breast),
  ]
    .filter((at) => at >= from)
    .sort((one, other) => one - other)
}

/** A statement does not count beside fever: measured in the 24 h before it, or without that in the 24 h after it. */
function saidBetter(timeline: Timeline, breast: Breast): readonly Instant[] {
  const temperatures = measuresOf(timeline, 'temperature')
  const isFever = ({ fact }: Dated<Measure>): boolean => fact.value >= timeline.parameters['fever.threshold']
  const near = hoursInMs(togetherHours)
  const isFebrile = (said: Instant): boolean => {
    const before = temperatures.findLast(({ at }) => at <= said && at >= said - near)
    return before
      ? isFever(before)
      : temperatures.some((one) => one.at > said && one.at <= said + near && isFever(one))
  }
  return timeline.course
    .filter(
      ({ fact, at }) =>
        fact.says === 'improved' &&
        fact.of !== 'pain' &&
        fact.of !== 'fever' &&
        breast.includesUnspecifiedSide(fact.side) &&
        !isFebrile(at),
    )
    .map(({ at }) => at)
}

/** A temperature below fever, after fever in this illness, with the nearest pain score low and no fever between the two. */
function coolAndEasy(timeline: Timeline, breast: Breast, start: Instant): readonly Instant[] {
  const limit = timeline.parameters['fever.threshold']
  const temperatures = measuresOf(timeline, 'temperature').filter(({ at }) => at >= start - hoursInMs(72))
  const firstFever = temperatures.find(({ fact }) => fact.value >= limit)
  if (!firstFever) return []
  const pains = measuresOf(timeline, 'pain').filter(({ fact }) => breast.includesUnspecifiedSide(fact.side))
  return temperatures.flatMap(({ fact, at }) => {
    if (at <= firstFever.at || fact.value >= limit) return []
    const pain = nearest(pains, at)
    if (!pain || !isEasyPain(pain.fact.value)) return []
    const moment = Math.max(at, pain.at)
    const fever = temperatures.some((one) => one.at > at && one.at <= moment && one.fact.value >= limit)
    return fever ? [] : [moment]
  })
}

/** The pain score nearest to a moment, at most 24 h away; of two equally near ones the later. */
function nearest(pains: readonly Dated<Measure>[], at: Instant): Dated<Measure> | undefined {
  const distance = (pain: Dated<Measure>): number => Math.abs(pain.at - at)
  return pains
    .filter((pain) => distance(pain) <= hoursInMs(togetherHours))
    .reduce<Dated<Measure> | undefined>(
      (best, pain) => (best && distance(best) < distance(pain) ? best : pain),
      undefined,
    )
}

/** The moments at which a sign that was there is recorded absent, and then none is there. */
function signsGone(timeline: Timeline, breast: Breast): readonly Instant[] {
  const records = signsOfIllness
    .flatMap((name) => timeline.signs.get(name) ?? [])
    .filter(({ fact }) => fact.generic !== true && breast.includesUnspecifiedSide(fact.side))
    .sort((one, other) => one.at - other.at)
  const open = new Set<SignName>()
  const gone: Instant[] = []
  let isOver = false
  for (const [index, { fact, at }] of records.entries()) {
    if (isThere(fact)) open.add(fact.sign)
    else if (fact.state !== 'unknown') isOver = (open.delete(fact.sign) && fact.state === 'absent') || isOver
    if (records[index + 1]?.at === at) continue
    if (isOver && open.size === 0) gone.push(at)
    isOver = false
  }
  return gone
}

/** Is the sign present, and no pain score so low that it counts as none? */
export const isThere = ({ state, score }: SignRecord): boolean =>
  state === 'present' && !(score !== undefined && isEasyPain(score))

function diagnosisOver({ facts, now }: Timeline, breast: Breast): readonly Instant[] {
  return facts.problems.flatMap((problem) =>
    problem.abated && isIn(problem, infectionSets) && breast.includesUnspecifiedSide(problem.side)
      ? [instantOf(problem.abated, now)]
      : [],
  )
}

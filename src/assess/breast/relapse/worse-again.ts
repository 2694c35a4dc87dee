import type { Measure } from '../../../facts/facts.js'
import { hoursInMs, type Instant } from '../../../units/units.js'
import { measureEvidence } from '../../evidence.js'
import type { Dated } from '../../dating.js'
import { inputOf, inputs, unreadInputs, type FindingDefinition } from '../../definition.js'
import { verdict, type Evidence } from '../../finding.js'
import { measuresOf, type Timeline } from '../../timeline.js'
import { isEasyPain, comparedSigns } from '../antibiotics/readings.js'
import type { ResponseCourse } from '../antibiotics/response.js'
import { signReading } from '../antibiotics/sign-reading.js'
import type { Breast } from '../breasts.js'
import { ofCourse, ofSign } from '../describe.js'
import { episodeInputs } from '../episode.js'
import { recoveries } from './recovery.js'
import { relapseInputs } from './relapse.js'

/** A breast that got worse inside a course of antibiotics, after it had recovered. */
export interface WorseAgain {
  /** The first value that is worse after a recovery of this episode. */
  first: Instant
  /** The newest values that are worse than at the newest recovery; none when nothing is worse now. */
  worseNow: readonly Evidence[]
  /** The newest moment among them. */
  worseAt: Instant
}

interface Worsening {
  at: Instant
  evidence: Evidence
  /** It is the newest value of its measure, and no older than a temperature may be. */
  holds: boolean
}

/**
 * Did the breast recover in the course that began at `start`, and get worse again?
 *
 * Edge:    a temperature of fever, words that the illness is worse, a pain score 2 points higher and over 3, and a sign that is worse by
 *          the steps of clinical 4.3. A temperature over 24 h old says nothing of now.
 * Missing: undefined without a recovery on record.
 * Source:  clinical changes C18
 */
export function worseAgain(
  timeline: Timeline,
  breast: Breast,
  start: Instant | undefined,
): WorseAgain | undefined {
  if (start === undefined) return undefined
  const recovered = recoveries(timeline, breast, start)
  const since = (at: Instant): readonly Worsening[] => [
    ...fevers(timeline, at),
    ...saidWorse(timeline, breast, at),
    ...morePain(timeline, breast, at),
    ...worseSigns(timeline, breast, at),
  ]
  const all = recovered.flatMap(since).map(({ at }) => at)
  const newest = recovered.at(-1)
  if (all.length === 0 || newest === undefined) return undefined
  const holding = since(newest).filter(({ holds }) => holds)
  return {
    first: Math.min(...all),
    worseNow: holding.map(({ evidence }) => evidence),
    worseAt: Math.max(...holding.map(({ at }) => at)),
  }
}

/**
 * The response, or `worse` when the breast is worse again after recovery.
 *
 * Edge: the evidence of a response that is worse by itself is kept.
 */
export function orWorseAgain(course: ResponseCourse, again: WorseAgain | undefined): ResponseCourse {
  if (!again || again.worseNow.length === 0 || course.response === 'none') return course
  const kept = course.response === 'worse' ? course.evidence : []
  return {
    ...course,
    response: 'worse',
    evidence: [...kept, ...again.worseNow],
    worseAt: Math.max(again.worseAt, course.worseAt ?? -Infinity),
  }
}

const after = <F>(list: readonly Dated<F>[], recovered: Instant): readonly Dated<F>[] =>
  list.filter(({ at }) => at > recovered)

/** A temperature says how ill the patient is now for this long. */
const temperatureHours = 24

function fevers(timeline: Timeline, recovered: Instant): readonly Worsening[] {
  const { now, parameters } = timeline
  const list = measuresOf(timeline, 'temperature')
  return after(list, recovered)
    .filter(({ fact }) => fact.value >= parameters['fever.threshold'])
    .map((one) => ({
      at: one.at,
      evidence: measureEvidence(one.fact),
      holds: one === list.at(-1) && now - one.at <= hoursInMs(temperatureHours),
    }))
}

function saidWorse({ course }: Timeline, breast: Breast, recovered: Instant): readonly Worsening[] {
  const list = course.filter(
    ({ fact }) => fact.of !== 'pain' && fact.of !== 'fever' && breast.includesUnspecifiedSide(fact.side),
  )
  return after(list, recovered)
    .filter(({ fact }) => fact.says === 'worse')
    .map((one) => ({ at: one.at, evidence: ofCourse(one.fact), holds: one === list.at(-1) }))
}

function morePain(timeline: Timeline, breast: Breast, recovered: Instant): readonly Worsening[] {
  const list = measuresOf(timeline, 'pain').filter(({ fact }) => breast.includesUnspecifiedSide(fact.side))
  const before = list.findLast(({ at }) => at <= recovered)
  if (!before) return []
  const isWorse = ({ fact }: Dated<Measure>): boolean =>
    !isEasyPain(fact.value) && fact.value >= before.fact.value + 2
  return after(list, recovered)
    .filter(isWorse)
    .map((one) => ({ at: one.at, evidence: measureEvidence(one.fact), holds: one === list.at(-1) }))
}

function worseSigns({ signs }: Timeline, breast: Breast, recovered: Instant): readonly Worsening[] {
  return comparedSigns.flatMap((name) => {
    const list = (signs.get(name) ?? []).filter(
      ({ fact }) => fact.state !== 'unknown' && breast.includesUnspecifiedSide(fact.side),
    )
    const baseline = list.findLast(({ at }) => at <= recovered)
    return after(list, recovered)
      .filter(
        (newest) => signReading({ newest, evaluates: false, ...(baseline && { baseline }) }) === 'worse',
      )
      .map((one) => ({ at: one.at, evidence: ofSign(one.fact), holds: one === list.at(-1) }))
  })
}

/** The finding that the breast got worse in its course after recovery (clinical 4.3). */
export const worseAfterBetter = {
  name: 'worse-after-better',
  scope: 'side',
  means: 'Is this breast worse on antibiotics, after it had recovered in the same course?',
  ...inputs(relapseInputs, episodeInputs, unreadInputs, inputOf('response.evaluateFromHours')),
  edge: 'The recovery counts from the hours at which a response is evaluated. A temperature over 24 hours old says nothing of now.',
  missing: 'A recovery that is not charted is none: then absent.',
  find: ({ breast: { worseAgain: again } }) =>
    verdict(
      again !== undefined && again.worseNow.length > 0,
      'worse again after recovery',
      'not worse after a recovery',
      again?.worseNow,
    ),
} as const satisfies FindingDefinition<{ breast: { worseAgain?: WorseAgain } }>

import type { SignName } from '../../facts/concepts.js'
import type { Problem, Side } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import type { BreastSide } from '../assessment.js'
import type { Finding } from '../finding.js'
import { latestBy } from '../views.js'
import { isBreastDiagnosis } from './diagnosis-sets.js'
import { breastSigns, currentSince, redFlagSigns } from './signs-of-breast.js'
import { signCourse, type SignCourse } from './sign-course.js'
import { bySource, type Timeline } from './timeline.js'

/** One breast and the facts that are its own (clinical 2.8). */
export interface Breast {
  side: BreastSide
  /** Is a fact of this side the breast's own? Both counts as left and right; without a side only if it joined here. */
  owns: (side: Side) => boolean
  /** As `owns`, and facts without a side in any case: values of the course (clinical 4.3). */
  hears: (side: Side) => boolean
  /** Facts without a side belong here. */
  joined: boolean
  courses: ReadonlyMap<SignName, SignCourse>
  /** Courses of signs without a side that joined no breast; the same for every breast. */
  sideless: ReadonlyMap<SignName, SignCourse>
  problems: readonly Problem[]
  /** Findings on single signs already made, because many rules ask about the same sign. */
  made: Map<SignName, Finding>
}

/** How well a side is evidenced: current evidence outranks a diagnosis that is only still on the list. */
type Weight = 0 | 1 | 2
type Weights = Record<'left' | 'right' | 'unspecified', Weight>

/**
 * The breasts to judge: every side with evidence; facts without a side join the one side that has other evidence,
 * else they stand alone as `unspecified`.
 *
 * Edge:    with no evidence at all one unspecified breast is given.
 * Source:  clinical 2.8.
 */
export function breasts(timeline: Timeline): readonly Breast[] {
  const weights = evidenceBySide(timeline)
  const host = hostOf(weights)
  const sides: BreastSide[] = []
  if (weights.left > 0) sides.push('left')
  if (weights.right > 0) sides.push('right')
  const alone = host === undefined
  if (sides.length === 0 || (alone && weights.unspecified > 0)) sides.push('unspecified')
  const sideless = alone ? coursesOf(timeline, (side) => side === 'unspecified') : new Map()
  return sides.map((side) => breast(timeline, side, side === host || side === 'unspecified', sideless))
}

/** The one side that facts without a side join; undefined when there is none or two are equally evidenced. */
function hostOf({ left, right }: Weights): BreastSide | undefined {
  if (left === right) return undefined
  return left > right ? 'left' : 'right'
}

function breast(
  timeline: Timeline,
  side: BreastSide,
  joined: boolean,
  sideless: ReadonlyMap<SignName, SignCourse>,
): Breast {
  const owns = (of: Side): boolean =>
    of === side || (of === 'both' && side !== 'unspecified') || (of === 'unspecified' && joined)
  return {
    side,
    owns,
    hears: (of) => owns(of) || of === 'unspecified',
    joined,
    courses: side === 'unspecified' && sideless.size > 0 ? sideless : coursesOf(timeline, owns),
    sideless,
    problems: timeline.facts.problems.filter((problem) => owns(problem.side)).sort(bySource),
    made: new Map(),
  }
}

function coursesOf(timeline: Timeline, owns: (side: Side) => boolean): ReadonlyMap<SignName, SignCourse> {
  const courses = new Map<SignName, SignCourse>()
  for (const [name, records] of timeline.signs) courses.set(name, signCourse(records, owns))
  return courses
}

function evidenceBySide(timeline: Timeline): Weights {
  const weights: Weights = { left: 0, right: 0, unspecified: 0 }
  const mark = (side: Side, weight: Weight): void => {
    const marked = side === 'both' ? (['left', 'right'] as const) : ([side] as const)
    for (const each of marked) if (weights[each] < weight) weights[each] = weight
  }
  markSigns(timeline, mark)
  markDiagnoses(timeline, mark)
  markResults(timeline, mark)
  return weights
}

type Mark = (side: Side, weight: Weight) => void

/** A sign counts by its newest record on each side; one charted as unknown still asks for its side to be judged. */
function markSigns({ signs, undatedSigns, parameters, now }: Timeline, mark: Mark): void {
  for (const name of breastSigns) {
    const since = currentSince(name, parameters, now)
    const seen = new Set<Side>()
    for (const { fact, at } of (signs.get(name) ?? []).toReversed()) {
      if (at < since) break
      if (fact.generic === true) continue
      if (fact.state === 'unknown') mark(fact.side, 1)
      else if (!seen.has(fact.side)) {
        seen.add(fact.side)
        if (fact.state === 'present') mark(fact.side, 2)
      }
    }
  }
  for (const sign of undatedSigns) if (redFlagSigns.has(sign.sign)) mark(sign.side, 1)
}

function markDiagnoses({ facts, parameters, now }: Timeline, mark: Mark): void {
  const recent = now - daysInMs(parameters['dx.currentDays'])
  for (const problem of facts.problems) {
    if (!problem.active || !isBreastDiagnosis(problem)) continue
    mark(problem.side, problem.when && latestBy(problem.when, now) >= recent ? 2 : 1)
  }
}

/** An empty scan or a negative culture is no evidence of illness on its side. */
function markResults({ imaging, cultures, care, parameters, now }: Timeline, mark: Mark): void {
  const current = now - daysInMs(parameters['currency.resultDays'])
  const open = now - daysInMs(parameters['ibc.imagingOpenDays'])
  for (const { fact, at } of imaging) {
    if (fact.reading === 'normal' || fact.reading === 'indeterminate') continue
    if (at >= open) mark(fact.side, at >= current ? 2 : 1)
  }
  for (const { fact, at } of cultures) if (fact.positive && at >= current) mark(fact.side, 1)
  const episode = now - daysInMs(parameters['episode.maxDays'])
  for (const { fact, at } of care) {
    const drained = fact.kind === 'procedure' && (fact.need === 'drainage' || fact.need === 'incision')
    if (drained && at >= episode) mark(fact.side, 1)
  }
}

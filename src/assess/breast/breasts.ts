import type { Side, SignName } from '../../terminology/concepts.js'
import type { ImagingReading, Problem } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import type { BreastSide } from '../views.js'
import type { Finding } from '../finding.js'
import { isBreastDiagnosis } from './diagnosis-sets.js'
import { breastSigns, currentSince, redFlagSigns } from './signs/signs-of-breast.js'
import { signCourse, type SignCourse } from './signs/sign-course.js'
import type { Timeline } from '../timeline.js'
import { bySource, instantOf } from '../dating.js'

/** One breast and the facts that belong to it (clinical 2.8). */
export interface Breast {
  side: BreastSide
  /**
   * Does a fact of this side belong to the breast? A fact of both sides belongs to left and right; a fact without a
   * side belongs to the breast that such facts joined.
   */
  owns: (side: Side) => boolean
  /**
   * Does `owns` hold, or has the fact no side? The course of the illness counts values without a side for every breast
   * (clinical 4.3).
   */
  includesUnspecifiedSide: (side: Side) => boolean
  /** Facts without a side belong to this breast. */
  joined: boolean
  courses: ReadonlyMap<SignName, SignCourse>
  /** The courses of signs without a side that joined no breast; the same for every breast. */
  sideless: ReadonlyMap<SignName, SignCourse>
  problems: readonly Problem[]
  /** The findings on single signs so far, kept because many rules ask about the same sign. */
  made: Map<SignName, Finding>
}

/** Is a fact of this side about the other breast too, or about that one alone? A fact without a side is not. */
export const isOnOther = ({ owns }: Pick<Breast, 'owns'>, side: Side): boolean =>
  side === 'both' || (side !== 'unspecified' && !owns(side))

/** The weight of the evidence for one side: current evidence outweighs a diagnosis that is only still listed. */
type Weight = 0 | 1 | 2
type Weights = Record<'left' | 'right' | 'unspecified', Weight>

/**
 * Lists the breasts to judge: every side with evidence. Facts without a side join the one side that has other
 * evidence, or else stand alone as `unspecified`.
 *
 * Edge:   without any evidence the list has one unspecified breast.
 * Source: clinical 2.8
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

/** The side that facts without a side join; undefined when neither side has evidence or both have equal evidence. */
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
    includesUnspecifiedSide: (of) => owns(of) || of === 'unspecified',
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

/** Weighs signs by their newest record on each side; a sign charted as unknown still makes its side one to judge. */
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
    mark(problem.side, problem.when && instantOf(problem.when, now) >= recent ? 2 : 1)
  }
}

const saysNothing: ReadonlySet<ImagingReading> = new Set(['normal', 'indeterminate', 'unclassified'])

/** Weighs results; a normal scan or a negative culture is no evidence of illness on its side. */
function markResults({ imaging, cultures, care, parameters, now }: Timeline, mark: Mark): void {
  const current = now - daysInMs(parameters['currency.resultDays'])
  const open = now - daysInMs(parameters['ibc.imagingOpenDays'])
  for (const { fact, at } of imaging) {
    if (saysNothing.has(fact.reading)) continue
    if (at >= open) mark(fact.side, at >= current ? 2 : 1)
  }
  for (const { fact, at } of cultures) if (fact.positive && at >= current) mark(fact.side, 1)
  const episode = now - daysInMs(parameters['episode.maxDays'])
  for (const { fact, at } of care) {
    const drained = fact.kind === 'procedure' && (fact.need === 'drainage' || fact.need === 'incision')
    if (drained && at >= episode) mark(fact.side, 1)
  }
}

import type { SignName } from '../../facts/concepts.js'
import type { Measure } from '../../facts/facts.js'
import type { Evidence } from '../finding.js'
import type { Breast } from './breasts.js'
import { pairIn, type CourseWindow, type Pair } from './course-window.js'
import { measureEvidence } from '../evidence.js'
import { ofCourse, ofSign } from './describe.js'
import { signReading } from './sign-reading.js'
import type { Timeline } from './timeline.js'

export type Trend = 'improved' | 'worse' | 'not-improved'

/** What one measure says of the course, and the values it was read from. */
export interface Reading {
  measure: 'temperature' | 'pain' | 'sign' | 'statement'
  trend: Trend
  evidence: readonly Evidence[]
  /** Time of the judged value. */
  at: number
}

const comparedSigns: readonly SignName[] = ['erythema', 'colour-change', 'swelling', 'lump']

/** Every measure that says something about the course of one breast (clinical 4.3). */
export function readings(timeline: Timeline, breast: Breast, window: CourseWindow): readonly Reading[] {
  const all: (Reading | undefined)[] = [
    temperatureReading(timeline, window),
    painReading(timeline, breast, window),
    statement(timeline, breast, window),
  ]
  for (const name of comparedSigns) {
    const records = timeline.signs
      .get(name)
      ?.filter(({ fact }) => fact.state !== 'unknown' && breast.hears(fact.side))
    const pair = records && pairIn(records, window)
    const trend = pair && signReading(pair)
    if (pair && trend) all.push(read('sign', trend, pair, ofSign))
  }
  return all.filter((reading) => reading !== undefined)
}

function read<F>(
  measure: Reading['measure'],
  trend: Trend,
  { baseline, newest }: Pair<F>,
  words: (fact: F) => Evidence,
): Reading {
  const evidence = [...(baseline ? [words(baseline.fact)] : []), words(newest.fact)]
  return { measure, trend, evidence, at: newest.at }
}

/** Tenths of a degree, so that 38.6 and 0.5 make 39.1 exactly. */
const tenths = (celsius: number): number => Math.round(celsius * 10)

/**
 * Edge: exactly 0.5 °C above the baseline, at fever, is worse. The newest temperature must be at most 24 h old; below
 *       fever it says improved only after fever.
 */
function temperatureReading(
  { temperatures, parameters }: Timeline,
  window: CourseWindow,
): Reading | undefined {
  const pair = pairIn(temperatures, window)
  if (!pair || pair.newest.at < window.temperatureFrom) return undefined
  const fever = tenths(parameters['fever.threshold'])
  const now = tenths(pair.newest.fact.value)
  const before = pair.baseline && tenths(pair.baseline.fact.value)
  const trend = ((): Trend | undefined => {
    if (pair.evaluates && before !== undefined && before >= fever && now < fever) return 'improved'
    if (before !== undefined && now >= before + 5 && now >= fever) return 'worse'
    return pair.evaluates && now >= fever ? 'not-improved' : undefined
  })()
  return trend && read('temperature', trend, pair, measureEvidence)
}

/** Edge: 3 or less is improved whatever it was; 4 without a baseline says nothing. */
function painReading(timeline: Timeline, breast: Breast, window: CourseWindow): Reading | undefined {
  const pair = pairIn(
    timeline.pains.filter(({ fact }) => breast.hears(fact.side)),
    window,
  )
  const trend = pair && painTrend(pair)
  return pair && trend && read('pain', trend, pair, measureEvidence)
}

function painTrend({ baseline, newest, evaluates }: Pair<Measure>): Trend | undefined {
  const now = newest.fact.value
  const before = baseline?.fact.value
  if (evaluates && (now <= 3 || (before !== undefined && now <= before - 2))) return 'improved'
  if (before !== undefined && now >= before + 2) return 'worse'
  return evaluates && (before !== undefined || now >= 5) ? 'not-improved' : undefined
}

/** The clinician's own word: the newest wins; before the evaluation only "worse" counts. */
function statement(timeline: Timeline, breast: Breast, window: CourseWindow): Reading | undefined {
  const newest = timeline.course.findLast(({ fact }) => breast.hears(fact.side))
  if (!newest || newest.at < window.worseFrom) return undefined
  const { says } = newest.fact
  if (says !== 'worse' && newest.at < window.evaluateFrom) return undefined
  return { measure: 'statement', trend: says, evidence: [ofCourse(newest.fact)], at: newest.at }
}

import type { SignName } from '../../../terminology/concepts.js'
import type { Measure } from '../../../facts/facts.js'
import type { Inputs } from '../../definition.js'
import type { Evidence } from '../../finding.js'
import type { Breast } from '../breasts.js'
import { pairIn, type CourseWindow, type Pair, type Trend, type TrendReading } from './course-window.js'
import { measureEvidence } from '../../evidence.js'
import { ofSign } from '../describe.js'
import { signReading } from './sign-reading.js'
import { statedTrends } from './stated-course.js'
import { measuresOf, type Timeline } from '../../timeline.js'
import type { Dated } from '../../dating.js'

/** The signs whose size or grade is compared. */
export const comparedSigns = [
  'erythema',
  'colour-change',
  'swelling',
  'lump',
] as const satisfies readonly SignName[]

/** The inputs of the trends: the measures, and what was said of the course. */
export const readingInputs: Inputs = {
  facts: ['measures', 'signs', 'course'],
  sets: ['temperature', 'pain', ...comparedSigns, 'no-response'],
  parameters: ['fever.threshold'],
}

/** The trend by every measure that can be judged, for one breast (clinical 4.3). */
export function readings(timeline: Timeline, breast: Breast, window: CourseWindow): readonly TrendReading[] {
  const stated = statedTrends(timeline, breast, window)
  const ofMeasure = (measure: TrendReading['measure']): TrendReading | undefined =>
    stated.find((trend) => trend.measure === measure)
  const all: (TrendReading | undefined)[] = [
    newer(temperatureReading(timeline, window), ofMeasure('temperature')),
    newer(painReading(timeline, breast, window), ofMeasure('pain')),
    ofMeasure('statement'),
  ]
  for (const name of comparedSigns) {
    const records = timeline.signs
      .get(name)
      ?.filter(({ fact }) => fact.state !== 'unknown' && breast.includesUnspecifiedSide(fact.side))
    const pair = records && pairIn(records, window)
    const trend = pair && signReading(pair)
    if (pair && trend) all.push(read('sign', trend, pair, ofSign))
  }
  return all.filter((reading) => reading !== undefined)
}

/** Of a measured and a stated trend the newer one; at the same time the measured. */
const newer = (
  measured: TrendReading | undefined,
  stated: TrendReading | undefined,
): TrendReading | undefined =>
  measured && stated ? (stated.at > measured.at ? stated : measured) : (measured ?? stated)

function read<F>(
  measure: TrendReading['measure'],
  trend: Trend,
  { baseline, newest }: Pair<F>,
  words: (fact: F) => Evidence,
): TrendReading {
  const evidence = [...(baseline ? [words(baseline.fact)] : []), words(newest.fact)]
  return { measure, trend, evidence, at: newest.at }
}

/** The highest of several temperatures; of equal ones the newest. */
const highest = (values: readonly Dated<Measure>[]): Dated<Measure> | undefined =>
  values.reduce<Dated<Measure> | undefined>(
    (best, each) => (best && best.fact.value > each.fact.value ? best : each),
    undefined,
  )

/** Whole tenths of a degree, so that 38.6 and 0.5 add up to exactly 39.1. */
const tenths = (celsius: number): number => Math.round(celsius * 10)

/**
 * The trend of the temperature.
 *
 * Edge: exactly 0.5 °C above the baseline, at fever, is worse. The newest temperature must be at most 24 h old. A
 *       temperature below fever is improved only if the baseline was fever. The baseline is the highest value, so that an early
 *       dip is none.
 */
function temperatureReading(timeline: Timeline, window: CourseWindow): TrendReading | undefined {
  const pair = pairIn(measuresOf(timeline, 'temperature'), window, highest)
  if (!pair || pair.newest.at < window.temperatureFrom) return undefined
  const fever = tenths(timeline.parameters['fever.threshold'])
  const now = tenths(pair.newest.fact.value)
  const before = pair.baseline && tenths(pair.baseline.fact.value)
  const trend = ((): Trend | undefined => {
    if (pair.evaluates && before !== undefined && before >= fever && now < fever) return 'improved'
    if (before !== undefined && now >= before + 5 && now >= fever) return 'worse'
    return pair.evaluates && now >= fever ? 'not-improved' : undefined
  })()
  return trend && read('temperature', trend, pair, measureEvidence)
}

/**
 * The trend of the pain score.
 *
 * Edge: a score of 3 or less is improved whatever the baseline; a score of 4 without a baseline gives no trend.
 */
function painReading(timeline: Timeline, breast: Breast, window: CourseWindow): TrendReading | undefined {
  const pair = pairIn(
    measuresOf(timeline, 'pain').filter(({ fact }) => breast.includesUnspecifiedSide(fact.side)),
    window,
  )
  const trend = pair && painTrend(pair)
  return pair && trend && read('pain', trend, pair, measureEvidence)
}

/** A pain score at or below which the pain is over, whatever it was. */
const easyPain = 3

/** Is this pain score so low that it counts as better without a baseline? */
export const isEasyPain = (score: number): boolean => score <= easyPain

function painTrend({ baseline, newest, evaluates }: Pair<Measure>): Trend | undefined {
  const now = newest.fact.value
  const before = baseline?.fact.value
  if (evaluates && (isEasyPain(now) || (before !== undefined && now <= before - 2))) return 'improved'
  if (before !== undefined && now >= before + 2) return 'worse'
  return evaluates && (before !== undefined || now >= 5) ? 'not-improved' : undefined
}

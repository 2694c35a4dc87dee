import type { CourseStatement } from '../../../facts/facts.js'
import { hoursInMs } from '../../../units/units.js'
import { measuresOf, type Timeline } from '../../timeline.js'
import type { Dated } from '../../dating.js'
import type { Breast } from '../breasts.js'
import { ofCourse } from '../describe.js'
import type { CourseWindow, TrendReading } from './course-window.js'

/**
 * The trend by what was said of the course: by the newest statement on the illness, and by the newest ones that speak for the pain or
 * the fever alone.
 *
 * Edge:   before values can be evaluated only "worse" counts. "Better" does not count when fever was measured after it or at most
 *         24 h before it.
 * Source: clinical 2.9, 4.3
 */
export function statedTrends(
  timeline: Timeline,
  breast: Breast,
  window: CourseWindow,
): readonly TrendReading[] {
  const fever = newestFever(timeline, window)
  const standing = timeline.course.filter(
    ({ fact, at }) => breast.includesUnspecifiedSide(fact.side) && !(fact.says === 'improved' && at <= fever),
  )
  const newest = (speaksFor: readonly CourseStatement['of'][]): Dated<CourseStatement> | undefined =>
    standing.findLast(({ fact }) => speaksFor.includes(fact.of))
  return [
    trendOf('statement', newest([undefined, 'general']), window),
    trendOf('pain', newest(['pain']), window),
    trendOf('temperature', newest(['fever']), window),
  ].filter((reading) => reading !== undefined)
}

/** A statement of better so many hours after fever does not count. */
const outrankedHours = 24

/** Up to when the newest temperature, if it is fever and not older than a day, outranks a statement that the breast got better. */
function newestFever(timeline: Timeline, { temperatureFrom }: CourseWindow): number {
  const newest = measuresOf(timeline, 'temperature').at(-1)
  if (!newest || newest.at < temperatureFrom || newest.fact.value < timeline.parameters['fever.threshold'])
    return -Infinity
  return newest.at + hoursInMs(outrankedHours)
}

function trendOf(
  measure: TrendReading['measure'],
  said: Dated<CourseStatement> | undefined,
  window: CourseWindow,
): TrendReading | undefined {
  if (!said || said.at < window.worseFrom) return undefined
  const { says, of } = said.fact
  if (says !== 'worse' && said.at < window.evaluateFrom) return undefined
  return {
    measure,
    trend: says,
    evidence: [ofCourse(said.fact)],
    at: said.at,
    ...(of === 'general' && { general: true }),
  }
}

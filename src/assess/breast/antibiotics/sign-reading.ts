import type { Grade } from '../../../terminology/concepts.js'
import type { Pair, Trend } from './course-window.js'
import type { SignRecord } from '../../pain-score.js'

const rank: Record<Grade, number> = { mild: 1, moderate: 2, severe: 3 }

/**
 * The trend of redness, colour change, swelling or a lump against its baseline (clinical 4.3).
 *
 * Edge:    at most 75 % of the size or share is improved, at least 125 % is worse.
 * Missing: a present sign without size or grade, or without a baseline, gives no trend; a sign recorded as new or
 *          spreading is worse.
 */
export function signReading({ baseline, newest, evaluates }: Pair<SignRecord>): Trend | undefined {
  const [before, now] = [baseline?.fact, newest.fact]
  const steps = before?.state === 'present' && now.state === 'present' ? comparisons(before, now) : []
  const improved = (before?.state === 'present' && now.state === 'absent') || steps.includes('improved')
  if (evaluates && improved) return 'improved'
  if (now.state !== 'present') return undefined
  if (now.spreading || before?.state === 'absent' || steps.includes('worse')) return 'worse'
  return evaluates && steps.includes('not-improved') ? 'not-improved' : undefined
}

/** The change of each quantity that both records have. */
function comparisons(before: SignRecord, now: SignRecord): Trend[] {
  const trends: Trend[] = []
  if (before.size && now.size && before.size.unit === now.size.unit) {
    trends.push(bySize(before.size.value, now.size.value))
  }
  if (before.share !== undefined && now.share !== undefined) trends.push(bySize(before.share, now.share))
  if (before.grade && now.grade) {
    const step = rank[now.grade] - rank[before.grade]
    trends.push(step < 0 ? 'improved' : step > 0 ? 'worse' : 'not-improved')
  }
  return trends
}

/** The trend of a size; sizes are compared in hundredths, so that 0.3 of 0.4 is exactly 75 %. */
function bySize(before: number, now: number): Trend {
  const percent = Math.round((now / before) * 10_000) / 100
  if (percent <= 75) return 'improved'
  return percent >= 125 ? 'worse' : 'not-improved'
}

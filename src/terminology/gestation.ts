/** How far the pregnancy had come that a text tells of. */
export interface Gestation {
  /** The most whole weeks that the text tells. */
  weeks?: number
  /** The text names the second or third trimester, or an anomaly of the fetus. */
  late?: true
  /** The text names the first trimester. */
  early?: true
}

/**
 * Whether a loss in pregnancy was a late or an early one.
 *
 * Edge:    exactly `fromWeek` is late; words for a late one outrank a number of weeks.
 * Missing: undefined when nothing is told of it.
 * Source:  clinical changes C13, `loss.minWeeks`
 */
export function lossByWeeks(
  { weeks, late, early }: Gestation,
  fromWeek: number,
): 'late' | 'early' | undefined {
  if (late) return 'late'
  if (weeks !== undefined) return weeks >= fromWeek ? 'late' : 'early'
  return early && 'early'
}

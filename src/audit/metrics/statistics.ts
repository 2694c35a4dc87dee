/** A 95 % interval of a share. */
export interface Interval {
  low: number
  high: number
}

const z = 1.959963984540054

/**
 * The Wilson score interval of a share, which stays between 0 and 1 and is accurate for few cases.
 *
 * Missing: undefined when nothing was counted.
 * Source:  Wilson EB, JASA 1927; 22: 209-212
 */
export function wilson(hits: number, of: number): Interval | undefined {
  if (of === 0) return undefined
  const share = hits / of
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const centre = share + (z * z) / (2 * of)
  const scale = 1 + (z * z) / of
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) }
}

/**
 * The ISO week of a moment, such as "2026-W09": weeks begin on Monday, in UTC.
 *
 * Source: ISO 8601
 */
export function isoWeek(moment: number): string {
  const day = new Date(moment)
  const weekday = (day.getUTCDay() + 6) % 7
  const thursday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() - weekday + 3))
  const year = thursday.getUTCFullYear()
  const days = (thursday.getTime() - Date.UTC(year, 0, 1)) / 86_400_000
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, '0')}`
}

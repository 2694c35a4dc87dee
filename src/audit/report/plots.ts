/** One bar: its name, its length, and the words at its end. */
export interface Bar {
  name: string
  value: number
  words: string
  interval?: { low: number; high: number }
}

const rowHeight = 22
const nameWidth = 190
const barWidth = 300
const wordsWidth = 210

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/**
 * Draws horizontal bars as a self-contained SVG, with the interval as a thin line over each bar.
 *
 * Shape: `most` is the value of a full bar. Screen readers read the title; the words at each bar give the number, so
 *        that neither length nor colour alone carries information.
 */
export function barPlot(title: string, bars: readonly Bar[], most: number): string {
  const scale = (value: number): number => Math.round((barWidth * Math.min(value, most)) / (most || 1))
  const rows = bars.map(({ name, value, words, interval }, at) => {
    const y = at * rowHeight
    const whisker = interval
      ? `<line x1="${nameWidth + scale(interval.low)}" x2="${nameWidth + scale(interval.high)}" y1="${y + 10}" y2="${y + 10}" stroke="#1a1a1a"/>`
      : ''
    return [
      `<text x="${nameWidth - 8}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${nameWidth}" y="${y + 4}" width="${scale(value)}" height="12" fill="#5b8db8"/>`,
      whisker,
      `<text x="${nameWidth + barWidth + 8}" y="${y + 14}">${escaped(words)}</text>`,
    ].join('')
  })
  const height = Math.max(1, bars.length) * rowHeight
  const width = nameWidth + barWidth + wordsWidth
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" font-family="sans-serif" font-size="12"><title>${escaped(title)}</title>${rows.join('')}</svg>`
  )
}

export { escaped }

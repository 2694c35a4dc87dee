import { escaped } from '../src/audit/report/plots.js'

/** One measured point. */
export interface Point {
  x: number
  y: number
}

/** What stands at the axes; the title is read aloud. */
export interface Labels {
  title: string
  x: string
  y: string
}

const left = 64
const top = 16
const plotWidth = 540
const plotHeight = 280

/** The straight line that fits the points best: least squares. */
export function straightLine(points: readonly Point[]): { slope: number; at0: number } {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, each) => sum + each, 0) / values.length
  const meanX = mean(points.map(({ x }) => x))
  const meanY = mean(points.map(({ y }) => y))
  const slope =
    mean(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / mean(points.map(({ x }) => (x - meanX) ** 2))
  return { slope, at0: meanY - slope * meanX }
}

/** A round step that divides an axis into four to eight parts. */
function stepFor(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  const step = [0.2, 0.5, 1, 2].find((part) => most / (part * power) <= 8) ?? 2
  return step * power
}

const ticksTo = (most: number): readonly number[] => {
  const step = stepFor(most)
  return Array.from({ length: Math.floor(most / step) + 1 }, (_item, at) =>
    Number((at * step).toPrecision(6)),
  )
}

/** Points over linear axes from zero, with the straight line that fits them best, as an SVG that needs nothing else. */
export function linePlot({ title, x, y }: Labels, points: readonly Point[]): string {
  const mostX = Math.max(...points.map((point) => point.x))
  const mostY = Math.max(...points.map((point) => point.y)) * 1.05
  const atX = (value: number): string => (left + (value / mostX) * plotWidth).toFixed(1)
  const atY = (value: number): string => (top + plotHeight - (value / mostY) * plotHeight).toFixed(1)
  const { slope, at0 } = straightLine(points)
  const marks = [
    ...ticksTo(mostX).map(
      (tick) =>
        `<text x="${atX(tick)}" y="${top + plotHeight + 18}" text-anchor="middle">${tick.toLocaleString('en')}</text>`,
    ),
    ...ticksTo(mostY).map(
      (tick) =>
        `<line x1="${left}" x2="${left + plotWidth}" y1="${atY(tick)}" y2="${atY(tick)}" stroke="#dddddd"/>` +
        `<text x="${left - 8}" y="${atY(tick)}" dy="4" text-anchor="end">${tick}</text>`,
    ),
  ]
  const fit = `<line x1="${atX(0)}" y1="${atY(at0)}" x2="${atX(mostX)}" y2="${atY(at0 + slope * mostX)}" stroke="#c77700" stroke-dasharray="6 4"/>`
  const dots = points.map(
    (point) => `<circle cx="${atX(point.x)}" cy="${atY(point.y)}" r="4" fill="#2f6690"/>`,
  )
  const words = [
    `<text x="${left + plotWidth / 2}" y="${top + plotHeight + 40}" text-anchor="middle">${escaped(x)}</text>`,
    `<text transform="translate(16 ${top + plotHeight / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
  ]
  const [width, height] = [left + plotWidth + 36, top + plotHeight + 52]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `role="img" font-family="sans-serif" font-size="12"><title>${escaped(title)}</title>` +
    `<rect width="${width}" height="${height}" fill="#ffffff"/>${[...marks, fit, ...dots, ...words].join('\n')}</svg>\n`
  )
}

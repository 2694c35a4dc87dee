import { useEffect, useRef } from 'preact/hooks'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { PointView, TimelineView } from '../../../src/workbench/views.js'
import type { Range } from './timeline-scale.js'

const height = 190

/** The right side, in uPlot's numbers; its enum exists in types alone. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- there is no such value at run time to name
const uPlotRight: uPlot.Axis.Side = 1

/** The columns uPlot wants: every time once, and each curve's value there or nothing. */
function columns(temperatures: readonly PointView[], pains: readonly PointView[]): uPlot.AlignedData {
  const times = [...new Set([...temperatures, ...pains].map(({ at }) => at))].sort(
    (one, other) => one - other,
  )
  const values = (points: readonly PointView[]): (number | null)[] => {
    const known = new Map(points.map(({ at, value }) => [at, value]))
    return times.map((at) => known.get(at) ?? null)
  }
  return [times.map((at) => at / 1000), values(temperatures), values(pains)]
}

const ink = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

function options(view: TimelineView, range: Range, width: number, gutter: number): uPlot.Options {
  const temperatures = view.temperatures.map(({ value }) => value)
  const low = Math.min(36, ...temperatures) - 0.3
  const high = Math.max(39.5, ...temperatures) + 0.3
  const axis = {
    stroke: ink('--soft'),
    grid: { stroke: ink('--line'), width: 1 },
    ticks: { stroke: ink('--line') },
  }
  const curve = { spanGaps: true, width: 2, points: { show: true, size: 7 } }
  const narrow = width < 560
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    padding: [14, 0, 0, 0],
    scales: {
      x: { time: true, range: () => [range.from / 1000, range.to / 1000] },
      y: { range: () => [low, high] },
      pain: { range: () => [0, 10.5] },
    },
    axes: [
      { ...axis, size: 40, space: narrow ? 60 : 80, values: (_, splits) => splits.map(timeLabel) },
      {
        ...axis,
        size: gutter,
        space: 28,
        values: (_, splits) => splits.map((value) => `${value} °C`.replace(narrow ? ' °C' : '', '')),
      },
      { ...axis, scale: 'pain', side: uPlotRight, size: 36, grid: { show: false }, space: 34 },
    ],
    series: [
      {},
      { ...curve, scale: 'y', stroke: ink('--fever') },
      { ...curve, scale: 'pain', stroke: ink('--pain'), dash: [6, 4] },
    ],
    hooks: { drawAxes: [(plot) => feverLine(plot, view.feverAt)] },
  }
}

function timeLabel(seconds: number): string {
  const [day = '', time = ''] = new Date(seconds * 1000).toISOString().split('T')
  return time.startsWith('00:00') ? day.slice(5) : time.slice(0, 5)
}

/** The line above which a temperature is a fever, named in the plot. */
function feverLine(plot: uPlot, feverAt: number): void {
  const { ctx, bbox } = plot
  const y = plot.valToPos(feverAt, 'y', true)
  ctx.save()
  ctx.strokeStyle = ink('--fever')
  ctx.fillStyle = ink('--fever')
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`
  ctx.textAlign = 'right'
  ctx.fillText(`fever ${feverAt} °C`, bbox.left + bbox.width - 4 * devicePixelRatio, y - 4 * devicePixelRatio)
  ctx.restore()
}

/** How far the lanes below begin from the left, so that both share one axis of time. */
function gutterOf(element: HTMLElement): number {
  const track = element.parentElement?.querySelector('.track')
  return track ? track.getBoundingClientRect().left - element.getBoundingClientRect().left : 44
}

/** Temperature and pain over time, drawn again when the room or the theme changes. */
export function Curve({ view, range }: { view: TimelineView; range: Range }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = place.current
    if (!element) return undefined
    let plot: uPlot | undefined
    const draw = (): void => {
      plot?.destroy()
      const gutter = gutterOf(element)
      plot = new uPlot(
        options(view, range, element.clientWidth, gutter),
        columns(view.temperatures, view.pains),
        element,
      )
    }
    draw()
    let width = element.clientWidth
    const resized = new ResizeObserver(() => {
      if (element.clientWidth === width) return
      width = element.clientWidth
      draw()
    })
    resized.observe(element)
    const theme = matchMedia('(prefers-color-scheme: dark)')
    theme.addEventListener('change', draw)
    return () => {
      resized.disconnect()
      theme.removeEventListener('change', draw)
      plot?.destroy()
    }
  }, [view, range.from, range.to])
  return <div class="curve" ref={place} />
}

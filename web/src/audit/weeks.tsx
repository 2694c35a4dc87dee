import type { MetricLine } from './metric-lines.js'

const [width, height, left, foot] = [360, 120, 34, 18] as const

/** One metric week by week: points with their intervals; the table under it says the same. */
export function Weeks({ name, lines }: { name: string; lines: readonly MetricLine[] }) {
  const known = lines.filter(({ value }) => value !== undefined)
  if (known.length === 0) return <p class="soft small">No week has enough cases.</p>
  const share = known[0]?.unit === 'share'
  const top = share ? 1 : Math.max(1, ...known.map(({ value = 0, interval }) => interval?.high ?? value))
  const x = (index: number): number => left + ((index + 0.5) / known.length) * (width - left)
  const y = (value: number): number => 6 + (1 - Math.min(1, value / top)) * (height - foot - 6)
  const points = known.map(({ value = 0 }, index) => `${x(index)},${y(value)}`).join(' ')
  const topWords = share ? '100 %' : String(Number(top.toFixed(1)))
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${name} by week; the table says the same`}
      class="weeks"
    >
      <path d={`M${left} 6V${height - foot}H${width}`} class="axis" />
      <text x={left - 4} y={12} text-anchor="end">
        {topWords}
      </text>
      <text x={left - 4} y={height - foot} text-anchor="end">
        0
      </text>
      <polyline points={points} class="run" />
      {known.map(({ value = 0, interval, group }, index) => (
        <g key={group.week}>
          {interval && <path d={`M${x(index)} ${y(interval.low)}V${y(interval.high)}`} class="whisker" />}
          <circle cx={x(index)} cy={y(value)} r={3.5} />
          {(known.length < 9 || index % 4 === 0) && (
            <text x={x(index)} y={height - 4} text-anchor="middle">
              {group.week?.slice(5)}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

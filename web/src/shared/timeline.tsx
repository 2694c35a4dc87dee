import { useMemo, useState } from 'preact/hooks'
import type { BarView, MarkView, TimelineView } from '../../../src/workbench/views.js'
import { Curve } from './curve.js'
import { isWithin, lanesOf, percentOf, rangeOf, type Range, type Stretch } from './timeline-scale.js'
import { hoursFrom, spanWords, timeWords } from './words.js'

interface Props {
  view: TimelineView
  /** Shows the resource behind a mark. */
  show: (source: string) => void
}

const stretches: Readonly<Record<Stretch, string>> = { episode: '6 days', fortnight: '14 days', all: 'All' }

/** The course of the illness: curves, lanes under them, and the same as a table. */
export function Timeline({ view, show }: Props) {
  const [stretch, setStretch] = useState<Stretch>('episode')
  const range = useMemo(() => rangeOf(view, stretch), [view, stretch])
  return (
    <section class="panel" aria-labelledby="course-head">
      <div class="apart">
        <h2 id="course-head">Course</h2>
        <div class="row-of-buttons" role="group" aria-label="How far back">
          {(Object.keys(stretches) as Stretch[]).map((each) => (
            <button key={each} type="button" aria-pressed={stretch === each} onClick={() => setStretch(each)}>
              {stretches[each]}
            </button>
          ))}
        </div>
      </div>
      <div class="course" role="img" aria-label={`${summaryOf(view)} The table below says the same.`}>
        <Curve view={view} range={range} />
        <Lanes view={view} range={range} show={show} />
        <div class="over">
          {view.lines
            .filter(({ at }) => isWithin(at, undefined, range))
            .map(({ at, what, kind }, index) => (
              <div
                key={`${kind}${index}`}
                class={`moment ${kind} ${percentOf(at, range) > 80 ? 'left' : ''}`}
                data-kind={kind}
                data-at={at}
                style={{ left: `${percentOf(at, range)}%` }}
              >
                <span style={{ top: kind === 'episode' || kind === 'now' ? '0' : '1.15em' }}>
                  {shortName(what)}
                </span>
              </div>
            ))}
        </div>
      </div>
      <div class="legend" aria-hidden="true">
        <span>
          <i class="swatch fever" />
          temperature
        </span>
        <span>
          <i class="swatch pain" />
          pain 0–10
        </span>
        <span>● present ○ recorded absent ◆ imaging, orders</span>
        <span>striped: does not count</span>
      </div>
      <details class="small">
        <summary>The course as a table</summary>
        <CourseTable view={view} show={show} />
      </details>
    </section>
  )
}

const shortName = (what: string): string =>
  what.replace('antibiotic cover begins', 'antibiotic').replace(' of cover', '').replace(' begins', '')

function summaryOf({ temperatures, bars, lines, now }: TimelineView): string {
  const newest = temperatures.at(-1)
  const cover = lines.find(({ kind }) => kind === 'cover')
  return [
    newest ? `Newest temperature ${newest.value} °C.` : 'No temperature on record.',
    `${bars.length} antibiotic records.`,
    cover
      ? `Antibiotic cover began ${Math.floor((now - cover.at) / 3_600_000)} h ago.`
      : 'No antibiotic cover.',
  ].join(' ')
}

function Lanes({ view, range, show }: Props & { range: Range }) {
  const bars = view.bars.filter(({ from, to }) => isWithin(from, to, range))
  const marks = view.marks.filter(({ at, until }) => isWithin(at, until, range))
  return (
    <>
      <div class="lane">
        <span class="name">antibiotics</span>
        <span class="track">
          {bars.map((bar) => (
            <Bar key={bar.source} bar={bar} range={range} show={show} />
          ))}
        </span>
      </div>
      {lanesOf(marks).map((lane) => (
        <div class="lane" key={lane.name}>
          <span class="name">{lane.name}</span>
          <span class="track">
            {lane.marks.map((mark, index) => (
              <Mark key={index} mark={mark} range={range} show={show} />
            ))}
          </span>
        </div>
      ))}
    </>
  )
}

const clamp = (percent: number): number => Math.min(100, Math.max(0, percent))

function Bar({ bar, range, show }: { bar: BarView; range: Range; show: Props['show'] }) {
  const [left, right] = [
    clamp(percentOf(bar.from, range)),
    clamp(percentOf(Math.min(bar.to, range.to), range)),
  ]
  return (
    <span
      class={`bar ${bar.open ? 'open' : ''} ${bar.counts ? '' : 'idle'}`}
      data-from={bar.from}
      style={{ left: `${left}%`, width: `${Math.max(0, right - left)}%` }}
      title={`${bar.what}, ${spanWords(bar.from, bar.open ? undefined : bar.to)}`}
      onClick={() => show(bar.source)}
    />
  )
}

function Mark({ mark, range, show }: { mark: MarkView; range: Range; show: Props['show'] }) {
  const { at, until, what, side, state, lane, source } = mark
  const left = clamp(percentOf(at, range))
  const width = until === undefined ? undefined : clamp(percentOf(until, range)) - left
  return (
    <span
      class={`mark ${state} ${lane} ${width === undefined ? '' : 'span'}`}
      data-at={at}
      style={{ left: `${left}%`, ...(width !== undefined && { width: `${width}%` }) }}
      title={`${what}, ${side}, ${spanWords(at, until)}`}
      onClick={() => show(source)}
    />
  )
}

interface Line {
  at: number
  until?: number
  what: string
  side: string
  source?: string
}

function linesOf(view: TimelineView): readonly Line[] {
  const curve = (points: TimelineView['pains'], words: (value: number) => string): Line[] =>
    points.map(({ at, value, source }) => ({ at, what: words(value), side: '', source }))
  return [
    ...curve(view.temperatures, (value) => `temperature ${value} °C`),
    ...curve(view.pains, (value) => `pain ${value} of 10`),
    ...view.bars.map(({ from, to, open, what, why, source }) => ({
      at: from,
      ...(!open && { until: to }),
      what: `antibiotic: ${what}${open ? ', goes on' : ''}${why === undefined ? '' : ` (does not count: ${why})`}`,
      side: '',
      source,
    })),
    ...view.marks,
    ...view.lines.map(({ at, what }) => ({ at, what, side: '' })),
  ].sort((one, other) => one.at - other.at)
}

function CourseTable({ view, show }: Props) {
  return (
    <div class="wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <th scope="col">To now</th>
            <th scope="col">What</th>
            <th scope="col">Side</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(view).map(({ at, until, what, side, source }, index) => (
            <tr key={index}>
              <td>{until === undefined ? timeWords(at) : spanWords(at, until)}</td>
              <td>{hoursFrom(at, view.now)}</td>
              <td>{what}</td>
              <td>{side === 'unspecified' ? '' : side}</td>
              <td>
                {source !== undefined && (
                  <button type="button" class="plain" onClick={() => show(source)}>
                    {source}
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {view.undated > 0 && <p>{view.undated} records have no time and are not drawn.</p>}
    </div>
  )
}

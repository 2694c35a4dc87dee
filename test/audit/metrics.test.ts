import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { exampleCalls } from '../../src/audit/metrics/example-calls.js'
import { metricsPage } from '../../src/audit/metrics/metrics-page.js'
import { metricTable, metrics } from '../../src/audit/metrics/metric-table.js'
import type { MetricLine } from '../../src/audit/metrics/metric-table.js'
import { KeyCounts, keyOf } from '../../src/audit/metrics/key-counts.js'
import { Spread } from '../../src/audit/metrics/spread.js'
import { isoWeek, wilson } from '../../src/audit/metrics/statistics.js'
import { suppressSmall } from '../../src/audit/metrics/suppress.js'

const calls = exampleCalls

const table = metricTable(calls, ['card'])

const find = (metric: string, part?: string, kind?: string): MetricLine => {
  const line = table.find((one) => one.metric === metric && one.part === part && one.group.card === kind)
  if (!line) throw new Error(`no ${metric}`)
  return line
}

describe('AUD-050 every metric equals the count by hand', () => {
  test.each<[string, string | undefined, string | undefined, number, number, number]>([
    // metric                  part                       card          numerator, of, value
    ['fire-rate-of-all-calls', undefined, undefined, 5, 10, 0.5],
    ['fire-rate-of-all-calls', undefined, 'ultrasound', 4, 10, 0.4],
    ['fire-rate', undefined, undefined, 5, 10, 0.5],
    ['fire-rate', undefined, 'ultrasound', 4, 8, 0.5],
    ['fire-rate', undefined, 'sepsis', 1, 9, 1 / 9],
    ['encounter-fire-rate', undefined, undefined, 4, 5, 0.8],
    ['encounter-fire-rate', undefined, 'ultrasound', 3, 5, 0.6],
    ['alert-burden', undefined, undefined, 4, 5, 80],
    ['alert-burden', undefined, 'sepsis', 1, 5, 20],
    ['repeat-ratio', undefined, undefined, 1, 5, 0.2],
    ['repeat-ratio', undefined, 'ultrasound', 1, 4, 0.25],
    ['feedback-coverage', undefined, undefined, 4, 5, 0.8],
    ['acceptance-of-answered', undefined, undefined, 2, 4, 0.5],
    ['acceptance-of-answered', undefined, 'ultrasound', 2, 3, 2 / 3],
    ['acceptance-of-shown', undefined, undefined, 2, 5, 0.4],
    ['override-by-reason', 'improving-clinically', undefined, 1, 2, 0.5],
    ['override-by-reason', 'patient-declines', undefined, 1, 2, 0.5],
    ['override-by-category', 'cds-not-applicable', undefined, 1, 2, 0.5],
    ['override-by-category', 'patient-refuses', undefined, 1, 2, 0.5],
    ['not-applicable-share', undefined, undefined, 1, 4, 0.25],
    ['ppv-proxy', undefined, undefined, 3, 4, 0.75],
    ['number-needed-to-remind', undefined, undefined, 5, 2, 2.5],
    ['insufficient-data-rate', undefined, undefined, 2, 10, 0.2],
    ['insufficient-data-rate', undefined, 'sepsis', 1, 10, 0.1],
    ['insufficient-data-rate', 'vital signs', undefined, 2, 10, 0.2],
    ['insufficient-data-rate', 'conditions', undefined, 1, 10, 0.1],
    ['not-answered-rate', undefined, undefined, 1, 10, 0.1],
    ['slow-calls', undefined, undefined, 1, 10, 0.1],
  ])('%s %s %s', (metric, part, kind, numerator, denominator, value) => {
    const line = find(metric, part, kind)

    expect([line.numerator, line.denominator]).toEqual([numerator, denominator])
    expect(line.value).toBeCloseTo(value, 10)
  })

  test.each<[string, string | undefined, number]>([
    ['calls', undefined, 10],
    ['cards', undefined, 5],
    ['cards-per-user-day', 'p50', 2], // u1 saw 3, u2 saw 2
    ['cards-per-user-day', 'p95', 3],
    ['time-to-feedback', 'median', 120], // of 60, 120 and 300 s
    ['time-to-feedback', 'p90', 300],
    ['time-to-feedback', 'before the card (clock skew, left out)', 1],
    ['latency', 'p50', 13],
    ['latency', 'p95', 600],
    ['latency', 'p99', 600],
    ['latency', 'gather p95', 580],
    ['latency', 'facts p95', 5],
    ['latency', 'assess p95', 5],
    ['latency', 'cards p95', 10],
  ])('%s %s', (metric, part, value) => {
    expect(find(metric, part).value).toBe(value)
  })

  test('each metric that can be computed has a row above', () => {
    const rows = new Set(table.filter(({ value }) => value !== undefined).map(({ metric }) => metric))
    const notFromRecords = metrics.filter(({ name }) => !rows.has(name)).map(({ name }) => name)

    expect(notFromRecords).toEqual([
      'error-shed-auth-rates',
      'shadow-agreement',
      'ppv-adjudicated',
      'appropriate-override-rate',
      'missed-fire-rate',
      'action-rate',
    ])
  })
})

test('AUD-052 a metric without a denominator is not computable, and never 0 or 100 %', () => {
  const nothing = metricTable([])
  const numbers = nothing.filter(({ value }) => value !== undefined).map(({ metric, part }) => [metric, part])

  expect(numbers).toEqual([
    ['calls', undefined],
    ['cards', undefined],
    ['time-to-feedback', 'before the card (clock skew, left out)'],
  ])
})

test('number needed to remind without an acceptance says that no card was accepted', () => {
  const [line] = metricTable(calls.slice(2, 3)).filter(({ metric }) => metric === 'number-needed-to-remind')

  expect(line).toMatchObject({ note: 'none accepted', numerator: 1, denominator: 0 })
  expect(line?.value).toBeUndefined()
})

test.each([
  [8, 10, 0.4902, 0.9433],
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [1, 4, 0.0456, 0.6994],
])('the Wilson interval of %i in %i', (hits, of, low, high) => {
  const interval = wilson(hits, of)

  expect(interval?.low).toBeCloseTo(low, 4)
  expect(interval?.high).toBeCloseTo(high, 4)
})

test.each([
  ['2026-01-01T00:00:00Z', '2026-W01'],
  ['2027-01-01T00:00:00Z', '2026-W53'],
  ['2026-03-01T23:59:59Z', '2026-W09'],
  ['2026-03-02T00:00:00Z', '2026-W10'],
])('%s is in week %s', (moment, week) => {
  expect(isoWeek(Date.parse(moment))).toBe(week)
})

test('a percentile is a measured value', () => {
  const spread = (...values: number[]): Spread => {
    const measured = new Spread()
    for (const value of values) measured.add(value)
    return measured
  }
  expect(spread(4, 1, 3, 2).percentile(0.5)).toBe(2)
  expect(spread(4, 1, 3, 2).percentile(0.95)).toBe(4)
  expect(spread(4, 4, 4, 10).percentile(0.75)).toBe(4)
  expect(spread(4, 4, 4, 10).percentile(0.76)).toBe(10)
  expect(spread().percentile(0.5)).toBeUndefined()
})

test('the number of distinct keys and the number of times each was added are exact, also when read meanwhile', () => {
  const counts = new KeyCounts()
  for (let number = 0; number < 1_000; number += 1) counts.add(keyOf(`encounter ${number % 300}`))
  expect(counts.distinct()).toBe(300)
  counts.add(keyOf('another encounter'))

  expect(counts.distinct()).toBe(301)
  expect([...counts.timesEach()].sort((one, other) => one - other).slice(0, 2)).toEqual([1, 3])
  expect([...counts.timesEach()].reduce((sum, times) => sum + times, 0)).toBe(1_001)
  expect(new KeyCounts().distinct()).toBe(0)
})

describe('AUD-051 few cases', () => {
  const line = (kind: string | undefined, numerator: number, denominator: number): MetricLine => ({
    metric: 'fire-rate',
    unit: 'share',
    group: kind === undefined ? {} : { card: kind },
    numerator,
    denominator,
    value: numerator / denominator,
  })
  const shownKinds = (lines: readonly MetricLine[]) =>
    suppressSmall(lines)
      .filter(({ value }) => value !== undefined)
      .map(({ group }) => group.card ?? 'all')

  test.each<[string, number, boolean]>([
    ['ten', 10, false],
    ['eleven', 11, true],
    ['none', 0, true],
    ['all but ten', 90, false],
    ['all but eleven', 89, true],
  ])('%s of 100: shown is %s', (_, numerator, isShown) => {
    expect(shownKinds([line(undefined, numerator, 100)])).toEqual(isShown ? ['all'] : [])
  })

  test('one small cell suppresses the next smallest, so that nobody can compute it from the whole', () => {
    const lines = [
      line(undefined, 165, 400),
      line('a', 5, 100),
      line('b', 40, 100),
      line('c', 60, 100),
      line('d', 60, 100),
    ]

    expect(shownKinds(lines)).toEqual(['all', 'c', 'd'])
  })

  test('two small cells that add up to few cases suppress a third', () => {
    const lines = [
      line(undefined, 127, 400),
      line('a', 3, 100),
      line('b', 4, 100),
      line('c', 60, 100),
      line('d', 61, 100),
    ]

    expect(shownKinds(lines)).toEqual(['all', 'd'])
  })

  test('a suppressed line holds no number', () => {
    const [hidden] = suppressSmall([line('a', 5, 100)])

    expect(hidden).toEqual({
      metric: 'fire-rate',
      unit: 'share',
      group: { card: 'a' },
      note: 'suppressed: few cases',
    })
  })
})

test('AUD-050 docs/generated/metrics.md matches the metrics', () => {
  expect(readFileSync('docs/generated/metrics.md', 'utf8')).toBe(metricsPage())
})

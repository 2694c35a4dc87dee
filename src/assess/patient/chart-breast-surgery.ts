import type { BiopsyResult, CareItem, Provenance, Span } from '../../facts/facts.js'
import type { Side } from '../../terminology/concepts.js'
import { daysInMs, type Instant } from '../../units/units.js'
import { dated, withinDays, type Dated } from '../dating.js'
import type { FindingDefinition } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../moment.js'

/** The days for which surgery or a biopsy of the breast matters, fixed in clinical 1.5. */
const recentDays = 90

/** One operation or biopsy of the breast. */
interface Done extends Provenance {
  what: string
}

const sideOf: Readonly<Record<Side, string>> = {
  left: 'left breast',
  right: 'right breast',
  both: 'bilateral breast',
  unspecified: 'breast',
}

const kindOf = new Map<CareItem['need'], string>([
  ['breast-surgery', 'surgery'],
  ['breast-biopsy', 'biopsy'],
  ['skin-biopsy', 'skin biopsy'],
])

const biopsyOf: Readonly<Record<BiopsyResult['tissue'], string>> = { breast: 'biopsy', skin: 'skin biopsy' }

/** The operations and biopsies that are recorded as procedures. */
const procedures = ({ facts: { care } }: Moment): readonly Done[] =>
  care.flatMap((item) => {
    const kind = kindOf.get(item.need)
    const isDone = item.kind === 'procedure' && (item.status === 'completed' || item.status === 'in-progress')
    return kind !== undefined && isDone ? [{ ...item, what: `${sideOf[item.side]} ${kind}` }] : []
  })

/** The biopsies whose report is on record. */
const reports = ({ facts: { results } }: Moment): readonly Done[] =>
  results.flatMap((result) =>
    result.result === 'biopsy'
      ? [{ ...result, what: `${sideOf[result.side]} ${biopsyOf[result.tissue]}` }]
      : [],
  )

const dayOf = (instant: Instant): number => Math.floor(instant / daysInMs(1))

/** How many days of the calendar ago: "28 d ago", or "today". */
function agoWords({ earliest, latest }: Span, now: Instant): string {
  const days = dayOf(now) - dayOf(Math.min((earliest + latest) / 2, now))
  return days === 0 ? 'today' : `${days} d ago`
}

/**
 * Was the breast operated on or biopsied within `recentDays`? The newest procedure names it, or without one the newest
 * report of a biopsy.
 */
function operatedOn({ timeline }: { timeline: Moment }): Finding {
  const { facts, now } = timeline
  const found = [procedures(timeline), reports(timeline)]
  const recent = found.map((list) =>
    dated(
      list.filter(({ when }) => withinDays(when, recentDays, now)),
      now,
    ),
  )
  const newest = recent.flatMap((list): readonly Dated<Done>[] => list.slice(-1))[0]?.fact
  if (newest?.when) {
    const evidence = recent.flat().map(({ fact }) => evidenceOf(fact, fact.what))
    return present(`${newest.what} ${agoWords(newest.when, now)}`, ...evidence)
  }
  const undated = found.flat().find(({ when }) => !when)
  if (undated) return cannotTell(`${undated.what} recorded without a date`, evidenceOf(undated, undated.what))
  if (facts.reads.procedures.state === 'unreadable') return cannotTell('procedures could not be read')
  if (facts.reads.reports.state === 'unreadable') return cannotTell('reports could not be read')
  return absent(`no surgery or biopsy of a breast in the last ${recentDays} days`)
}

/** The finding that a breast was operated on or biopsied recently (clinical 1.5). */
export const chartBreastSurgery = {
  name: 'chart-breast-surgery',
  scope: 'patient',
  means: 'Was a breast operated on or biopsied within 90 days?',
  facts: ['care', 'results', 'reads'],
  sets: ['breast-surgery', 'breast-biopsy', 'skin-biopsy'],
  parameters: [],
  edge: 'The 90th day counts. Orders do not count, nor do drainage and incision of an abscess, which other findings judge.',
  missing: 'Cannot be told when such a procedure has no date, or procedures or reports could not be read.',
  find: operatedOn,
} as const satisfies FindingDefinition<{ timeline: Moment }>

import { currentFacts } from '../assess/current.js'
import { whyNoCover } from '../assess/breast/antibiotics/no-cover.js'
import { patientView } from '../assess/patient/patient-view.js'
import { ofProblem, ofSign } from '../assess/breast/describe.js'
import { sideViews } from '../assess/breast/side-views.js'
import { instantOf } from '../assess/dating.js'
import { measuresOf, timelineOf, type Timeline } from '../assess/timeline.js'
import type { SideView } from '../assess/views.js'
import type { Trace } from '../audit/trace.js'
import type { CareItem, Facts, Measure, Medicine, Provenance, Result, Span } from '../facts/facts.js'
import type { Library } from '../service/library.js'
import { daysInMs, hoursInMs } from '../units/units.js'
import { otherTime } from './medicine-views.js'
import type { BarView, LineView, MarkView, PointView, TimelineView } from './views.js'

const careWords: Readonly<Record<CareItem['need'], string>> = {
  ultrasound: 'breast ultrasound',
  mammogram: 'mammography',
  'skin-biopsy': 'skin biopsy',
  'breast-biopsy': 'breast biopsy',
  'breast-surgery': 'breast surgery',
  referral: 'referral to a breast clinic',
  drainage: 'drainage',
  incision: 'incision',
  culture: 'culture',
  review: 'review',
  'lactation-support': 'lactation support',
}

/**
 * Makes the picture of the illness over time from the facts of one decision.
 *
 * Shape:   the lines of antibiotic cover come from the rules themselves, for the leading breast with cover.
 * Missing: facts without a time are counted, not drawn.
 */
export function timelineView({ facts, now }: Trace, { parameters }: Library): TimelineView {
  const timeline = timelineOf({ facts: currentFacts(facts, parameters, now), parameters, now })
  const patient = patientView(timeline)
  const sides = patient.gate.verdict === 'absent' ? [] : sideViews(timeline, patient)
  const marks = marksOf(timeline.facts)
  return {
    now,
    feverAt: parameters['fever.threshold'],
    temperatures: curveOf(timeline, 'temperature'),
    pains: curveOf(timeline, 'pain'),
    marks,
    bars: barsOf(timeline.facts.medicines, sides, now, parameters['antibiotic.completedDays']),
    lines: linesOf(sides, now, parameters['response.dueHours'], parameters['response.lateHours']),
    undated: undatedIn(timeline.facts),
  }
}

const byTime = <Thing extends { at: number }>(things: readonly Thing[]): readonly Thing[] =>
  [...things].sort((one, other) => one.at - other.at)

const curveOf = (timeline: Timeline, kind: Measure['kind']): readonly PointView[] =>
  measuresOf(timeline, kind).map(({ fact: { value, source }, at }) => ({ at, value, source }))

type MarkOf = Omit<MarkView, 'at' | 'until' | 'source' | 'fromText'>

function mark(fact: Provenance, rest: MarkOf, when: Span | undefined = fact.when): readonly MarkView[] {
  if (!when) return []
  const { earliest, latest } = when
  const until = latest > earliest ? { until: latest } : {}
  return [{ ...rest, at: earliest, ...until, source: fact.source, fromText: fact.fromText }]
}

function marksOf({ signs, problems, care, results, course, births }: Facts): readonly MarkView[] {
  return byTime([
    ...signs.flatMap((sign) =>
      mark(sign, { lane: 'signs', what: ofSign(sign).what, side: sign.side, state: sign.state }),
    ),
    ...course.flatMap((said) =>
      mark(said, {
        lane: 'signs',
        what: `course recorded as ${said.says.replace('-', ' ')}`,
        side: said.side,
        state: said.says === 'improved' ? 'absent' : 'present',
      }),
    ),
    ...problems.flatMap((problem) =>
      mark(problem, {
        lane: 'diagnoses',
        what: ofProblem(problem).what,
        side: problem.side,
        state: problem.active ? 'present' : 'absent',
      }),
    ),
    ...births
      .filter(({ kind }) => kind === 'delivery')
      .flatMap((birth) =>
        mark(birth, { lane: 'diagnoses', what: 'delivery', side: 'unspecified', state: 'present' }),
      ),
    ...care.flatMap((item) =>
      mark(item, {
        lane: 'care',
        what: `${careWords[item.need]} ${item.kind === 'order' ? 'ordered' : 'done'} (${item.status})`,
        side: item.side,
        state: 'present',
      }),
    ),
    ...results.flatMap((result) =>
      mark(result, { lane: 'care', what: resultWords(result), side: result.side, state: 'present' }),
    ),
  ])
}

function resultWords(result: Result): string {
  if (result.result === 'culture') return `culture ${result.positive ? 'positive' : 'negative'}`
  if (result.result === 'biopsy') return `${result.tissue} biopsy: ${result.reading}`
  const size = result.small === true ? 'small ' : ''
  const doubt = result.doubt === true ? ', with a doubt' : ''
  return `${result.modality}: ${size}${result.reading}${doubt}`
}

/** The antibiotics as bars; `counts` marks those that count for the cover of a breast. */
function barsOf(
  medicines: readonly Medicine[],
  sides: readonly SideView[],
  now: number,
  completedDays: number,
): readonly BarView[] {
  const counted = new Set(sides.flatMap(({ cover }) => cover.counted.map(({ source }) => source)))
  return medicines
    .filter(({ cover }) => cover !== 'none')
    .flatMap((medicine): readonly BarView[] => {
      const { start, ingredients, source, kind, status } = medicine
      if (!start) return []
      const from = Math.max(start.earliest, instantOf(start, now)) // a planned order begins when it is planned for
      const to = endOf(medicine, from, now, completedDays)
      const what = `${ingredients.join(' and ') || 'antibiotic'}, ${kind}, ${status}`
      const counts = counted.has(source)
      const why = counts ? {} : { why: whyNoCover(medicine) ?? otherTime }
      return [{ what, from, to, open: to >= now, counts, ...why, source }]
    })
    .sort((one, other) => one.from - other.from)
}

function endOf(medicine: Medicine, from: number, now: number, completedDays: number): number {
  const { end, supplyDays, singleInstant, status } = medicine
  if (singleInstant) return from + hoursInMs(24)
  if (end) return end.latest
  if (supplyDays !== undefined) return from + daysInMs(supplyDays)
  return status === 'completed' ? from + daysInMs(completedDays) : now
}

function linesOf(sides: readonly SideView[], now: number, due: number, late: number): readonly LineView[] {
  const covered = sides.find(({ cover }) => cover.firstAny !== undefined)
  const begun = sides.find(({ episodeStart }) => episodeStart !== undefined)
  const start = covered?.cover.firstAny
  return byTime<LineView>([
    ...(begun?.episodeStart === undefined
      ? []
      : [{ at: begun.episodeStart, what: 'episode begins', kind: 'episode' as const }]),
    ...(start === undefined
      ? []
      : [
          { at: start, what: 'antibiotic cover begins', kind: 'cover' as const },
          { at: start + hoursInMs(due), what: `${due} h of cover`, kind: 'due' as const },
          { at: start + hoursInMs(late), what: `${late} h of cover`, kind: 'late' as const },
        ]),
    { at: now, what: 'now', kind: 'now' },
  ])
}

function undatedIn({ measures, signs, problems, care, results }: Facts): number {
  const all: readonly Provenance[] = [...measures, ...signs, ...problems, ...care, ...results]
  return all.filter(({ when }) => when === undefined).length
}

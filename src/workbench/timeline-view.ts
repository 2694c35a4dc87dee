import { currentFacts } from '../assess/current.js'
import { patientView } from '../assess/patient/patient-view.js'
import { ofProblem, ofSign } from '../assess/side/describe.js'
import { sideViews } from '../assess/side/side-views.js'
import type { SideView } from '../assess/views.js'
import type { Trace } from '../audit/trace.js'
import type { CareItem, Facts, Measure, Medicine, Provenance, Result, Span } from '../facts/facts.js'
import type { Library } from '../library.js'
import { daysInMs, hoursInMs } from '../units/units.js'
import type { BarView, LineView, MarkView, PointView, TimelineView } from './views.js'

const careWords: Readonly<Record<CareItem['need'], string>> = {
  ultrasound: 'breast ultrasound',
  mammogram: 'mammography',
  'skin-biopsy': 'skin biopsy',
  'breast-biopsy': 'breast biopsy',
  referral: 'referral to a breast clinic',
  drainage: 'drainage',
  incision: 'incision',
  culture: 'culture',
  review: 'review',
  'lactation-support': 'lactation support',
}

/**
 * The course of the illness, made from the facts of one decision.
 *
 * Shape:   the lines of the antibiotic clock come from the rules themselves, for the leading breast that has cover.
 * Missing: facts without a time are counted, not drawn.
 */
export function timelineView({ facts, now }: Trace, { parameters }: Library): TimelineView {
  const moment = { facts: currentFacts(facts, parameters, now), parameters, now }
  const patient = patientView(moment)
  const sides = patient.gate.verdict === 'absent' ? [] : sideViews(moment, patient)
  const { temperatures, pains } = curves(moment.facts)
  const marks = marksOf(moment.facts)
  return {
    now,
    feverAt: parameters['fever.threshold'],
    temperatures,
    pains,
    marks,
    bars: barsOf(moment.facts.medicines, sides, now, parameters['antibiotic.completedDays']),
    lines: linesOf(sides, now, parameters['response.dueHours'], parameters['response.lateHours']),
    undated: undatedIn(moment.facts),
  }
}

const byTime = <Thing extends { at: number }>(things: readonly Thing[]): readonly Thing[] =>
  [...things].sort((one, other) => one.at - other.at)

function curves({ measures }: Facts): { temperatures: readonly PointView[]; pains: readonly PointView[] } {
  const of = (kind: Measure['kind']): readonly PointView[] =>
    byTime(
      measures.flatMap((measure) =>
        measure.kind === kind && measure.when
          ? [{ at: measure.when.latest, value: measure.value, source: measure.source }]
          : [],
      ),
    )
  return { temperatures: of('temperature'), pains: of('pain') }
}

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
  return `${result.modality}: ${result.reading}`
}

/** Antibiotics as bars; the counted ones run a clock of the leading breast. */
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
      const from = Math.min(start.latest, Math.max(start.earliest, now))
      const to = endOf(medicine, from, now, completedDays)
      const what = `${ingredients.join(' and ') || 'antibiotic'}, ${kind}, ${status}`
      return [{ what, from, to, open: to >= now, counts: counted.has(source), source }]
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

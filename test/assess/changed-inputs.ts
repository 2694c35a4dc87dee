import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { assess } from '../../src/assess/assess.js'
import type { Assessment, Scope } from '../../src/assess/assessment.js'
import { breasts } from '../../src/assess/breast/breasts.js'
import { currentFacts } from '../../src/assess/current.js'
import type { FindingName } from '../../src/assess/finding-names.js'
import type { ParameterName, Parameters } from '../../src/assess/parameters.js'
import { timelineOf } from '../../src/assess/timeline.js'
import type { Facts, Unreadable } from '../../src/facts/facts.js'
import type { ReadKey } from '../../src/gather/chart.js'
import { conditionSets, signNames, type MeasureKind } from '../../src/terminology/concepts.js'
import type { Instant } from '../../src/units/units.js'
import { parameterNudges } from '../cases/parameter-nudges.js'
import { at } from './facts-of.js'

/** Facts and the moment at which they are judged. */
export interface Chart {
  what: string
  facts: Facts
  now: Instant
}

/** A list of facts or a parameter. */
export type Input = keyof Facts | ParameterName

/** What is judged, with one input changed. */
interface Change {
  input: Input
  facts: Facts
  parameters: Parameters
}

/** The findings that a change of each input moves to another verdict. */
export type Moved = ReadonlyMap<Input, ReadonlySet<FindingName>>

/** Changes each input of a chart alone, and tells which findings move. */
export function movedIn(chart: Chart, parameters: Parameters): Moved {
  const before = assess(chart.facts, parameters, chart.now)
  const breastsBefore = breastsOf(chart.facts, parameters, chart.now)
  const moved = new Map<Input, Set<FindingName>>()
  for (const { input, ...changed } of changesOf(chart, parameters)) {
    const names = movedTo(before, assess(changed.facts, changed.parameters, chart.now))
    if (names.length === 0) continue
    if (breastsOf(changed.facts, changed.parameters, chart.now) !== breastsBefore) continue
    const known = moved.get(input) ?? new Set()
    for (const name of names) known.add(name)
    moved.set(input, known)
  }
  return moved
}

/** The breasts that are judged, and which of them the facts without a side join: a change of these is another question. */
function breastsOf(facts: Facts, parameters: Parameters, now: Instant): string {
  const timeline = timelineOf({ facts: currentFacts(facts, parameters, now), parameters, now })
  return breasts(timeline)
    .map(({ side, joined }) => `${side} ${String(joined)}`)
    .sort()
    .join()
}

/** The findings with another verdict, on the same breast and the same draft, if there still is one. */
function movedTo(before: Assessment, after: Assessment): readonly FindingName[] {
  return before.scopes.flatMap((scope) => {
    const twin = after.scopes.find((other) => isTwin(scope, other))
    return twin
      ? [...scope.findings].flatMap(([name, { verdict }]) =>
          twin.findings.get(name)?.verdict === verdict ? [] : [name],
        )
      : []
  })
}

const isTwin = (scope: Scope, other: Scope): boolean =>
  other.side === scope.side && (other.draft === undefined || other.draft.source === scope.draft?.source)

const changesOf = ({ facts, now }: Chart, parameters: Parameters): readonly Change[] => [
  ...changedFacts(facts, now).map((changed) => ({ ...changed, parameters })),
  ...changedParameters(parameters).map((changed) => ({ ...changed, facts })),
]

type ChangedFacts = Omit<Change, 'parameters'>

/** Every list left out, every fact left out, every list that was read unread and the other way, every value unreadable. */
const changedFacts = (facts: Facts, now: Instant): readonly ChangedFacts[] => [
  ...withoutFacts(facts),
  ...withoutBirthDate(facts),
  ...otherwiseRead(facts),
  { input: 'unreadable', facts: { ...facts, unreadable: everythingUnreadable(now) } },
]

const withoutFacts = (facts: Facts): readonly ChangedFacts[] =>
  Object.entries(facts).flatMap(([name, list]) => {
    const input = name as keyof Facts
    const without = (shorter: readonly unknown[]): ChangedFacts => ({
      input,
      facts: { ...facts, [input]: shorter },
    })
    if (!Array.isArray(list) || list.length === 0) return []
    const single = list.length > 1 ? list.map((fact) => without(list.filter((each) => each !== fact))) : []
    return [without([]), ...single]
  })

function withoutBirthDate({ patient, ...facts }: Facts): readonly ChangedFacts[] {
  if (!patient?.birth) return []
  const { birth: _, ...rest } = patient
  return [{ input: 'patient', facts: { ...facts, patient: rest } }]
}

const otherwiseRead = (facts: Facts): readonly ChangedFacts[] =>
  (Object.keys(facts.reads) as ReadKey[]).map((key) => {
    const other = facts.reads[key].state === 'read' ? 'unreadable' : 'read'
    return { input: 'reads', facts: { ...facts, reads: { ...facts.reads, [key]: { state: other } } } }
  })

const measured: readonly MeasureKind[] = [
  'temperature',
  'pain',
  'heart-rate',
  'respiratory-rate',
  'white-cells',
  'systolic',
  'lactate',
]

const subjects: readonly Unreadable['subject'][] = [
  ...signNames,
  ...measured,
  ...conditionSets,
  'lactation',
  'medicine',
  'result',
  'ultrasound',
  'birth',
  'pregnancy',
  'condition',
]

const everythingUnreadable = (now: Instant): readonly Unreadable[] =>
  subjects.map((subject) => ({
    source: `Observation/${subject}`,
    fromText: false,
    subject,
    why: `${subject} could not be read`,
    when: at(now),
  }))

const defaults = parse(readFileSync('cards/parameters.yaml', 'utf8')) as Record<
  ParameterName,
  { value: unknown }
>

type ChangedParameters = Omit<Change, 'facts'>

/**
 * Every number a step up and a step down, nothing, half, twice and ten times as much; every switch the other way.
 *
 * Edge: `time.futureSkewMinutes` decides which facts there are, whatever is asked of them.
 */
const changedParameters = (parameters: Parameters): readonly ChangedParameters[] =>
  [
    ...parameterNudges(parameters).map((nudge) => ({ input: nudge.parameter, parameters: nudge.parameters })),
    ...Object.entries(defaults).flatMap(([name, { value }]) =>
      typeof value === 'number'
        ? [0, value / 2, value * 2, value * 10].map((other) => ({
            input: name as ParameterName,
            parameters: { ...parameters, [name]: other },
          }))
        : [],
    ),
  ].filter(({ input }) => input !== 'time.futureSkewMinutes')

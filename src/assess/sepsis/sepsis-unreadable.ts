import type { Unreadable } from '../../facts/facts.js'
import type { MeasureKind } from '../../terminology/concepts.js'
import type { ReadKey } from '../../gather/chart.js'
import type { ProblemIndex } from '../patient/problem-index.js'
import { activeIn } from '../patient/problem-index.js'
import { categoryWords } from '../words.js'
import type { FirstStep } from './first-step.js'
import { firstStepKinds } from './first-step.js'
import { organKinds } from './organ-values.js'
import type { Timeline } from '../timeline.js'
import { vitalsOf } from './vitals.js'
import { instantOf, withinHours } from '../dating.js'

/** The measures of the first step in each category; vital signs and laboratory also hold organ values. */
const firstStepIn: readonly { key: ReadKey; kinds: readonly MeasureKind[]; organs: boolean }[] = [
  { key: 'temperatures', kinds: ['temperature'], organs: false },
  { key: 'vitalSigns', kinds: ['heart-rate', 'respiratory-rate'], organs: true },
  { key: 'laboratory', kinds: ['white-cells'], organs: true },
]

/**
 * The unread category or value that could raise the level; undefined when none could.
 *
 * Edge:    an unread temperature alone cannot make two criteria, so it matters only beside another criterion.
 * Missing: an unread value outside the window, or older than a readable value of its kind, does not matter.
 * Source:  clinical 5.4; product decision 2b
 */
export function sepsisUnreadable(
  timeline: Timeline,
  problems: ProblemIndex,
  { met }: FirstStep,
): string | undefined {
  const { facts } = timeline
  const categories = firstStepIn.filter(({ key }) => facts.reads[key].state === 'unreadable')
  const values = facts.unreadable.filter((value) => matters(timeline, value))
  const organ =
    categories.find(({ organs }) => organs) ?? values.find(({ subject }) => organSubjects.has(subject))
  const possible = new Set<string>(met.map(({ kind }) => kind))
  for (const { kinds } of categories) for (const kind of kinds) possible.add(kind)
  for (const { subject } of values) if (firstStepSubjects.has(subject)) possible.add(subject)

  const unread = organ ?? (possible.size >= 2 ? (categories[0] ?? values[0]) : undefined)
  if (unread) return 'key' in unread ? `${categoryWords[unread.key]} could not be read` : unread.why
  if (facts.reads.conditions.state === 'unreadable') return 'conditions could not be read'
  const undated = activeIn(problems, 'sepsis', 'septic-shock').some(({ onset, when }) => !onset && !when)
  return undated ? 'sepsis is on record without a date' : undefined
}

const firstStepSubjects: ReadonlySet<string> = new Set(firstStepKinds)
const organSubjects: ReadonlySet<string> = new Set([
  ...organKinds,
  'altered-mental-state',
  'oxygen-need',
  'low-urine-output',
  'sepsis',
])

/**
 * Could this unread value raise the level: in the window or without a time, and no readable value of its kind is
 * newer?
 */
function matters(timeline: Timeline, { subject, when }: Unreadable): boolean {
  const { parameters, now } = timeline
  if (!firstStepSubjects.has(subject) && !organSubjects.has(subject)) return false
  if (subject === 'sepsis') return true
  if (when && !withinHours(when, parameters['sepsis.windowHours'], now)) return false
  const newestReadable = vitalsOf(timeline, subject as MeasureKind).at(-1)?.at ?? -Infinity
  return (instantOf(when, now) ?? Infinity) > newestReadable
}

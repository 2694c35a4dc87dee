import type { MeasureKind, Unreadable } from '../../facts/facts.js'
import type { ReadKey } from '../../gather/chart.js'
import { instantOf, withinHours } from '../evidence.js'
import type { ProblemIndex } from '../patient/problem-index.js'
import { activeIn } from '../patient/problem-index.js'
import type { Moment } from '../views.js'
import { categoryWords } from '../words.js'
import type { FirstStep } from './first-step.js'
import { firstStepKinds } from './first-step.js'
import { organKinds } from './organ-values.js'
import type { VitalHistory } from './vital-history.js'
import { readingsOf } from './vital-history.js'

/** What each category holds of the first step; vital signs and laboratory also hold organ values. */
const firstStepIn: readonly { key: ReadKey; kinds: readonly MeasureKind[]; organs: boolean }[] = [
  { key: 'temperatures', kinds: ['temperature'], organs: false },
  { key: 'vitalSigns', kinds: ['heart-rate', 'respiratory-rate'], organs: true },
  { key: 'laboratory', kinds: ['white-cells'], organs: true },
]

/**
 * What could not be read and could raise the level; nothing when it could change nothing.
 *
 * Edge:    an unreadable temperature alone cannot make two criteria, so it matters only beside another one.
 * Missing: a value older than a readable one of its kind, or outside the window, matters no more.
 * Source:  clinical 5.4; product decision 2b.
 */
export function sepsisUnreadable(
  moment: Moment,
  problems: ProblemIndex,
  history: VitalHistory,
  { met }: FirstStep,
): string | undefined {
  const { facts } = moment
  const categories = firstStepIn.filter(({ key }) => facts.reads[key].state === 'unreadable')
  const values = facts.unreadable.filter((value) => matters(moment, history, value))
  const organ =
    categories.find(({ organs }) => organs) ?? values.find(({ subject }) => organSubjects.has(subject))
  const possible = new Set<string>(met.map(({ kind }) => kind))
  for (const { kinds } of categories) for (const kind of kinds) possible.add(kind)
  for (const { subject } of values) if (firstStepSubjects.has(subject)) possible.add(subject)

  const unread = organ ?? (possible.size >= 2 ? (categories[0] ?? values[0]) : undefined)
  if (unread) return 'key' in unread ? `${categoryWords[unread.key]} could not be read` : unread.why
  if (facts.reads.conditions.state === 'unreadable') return 'conditions could not be read'
  const undated = activeIn(problems, 'sepsis').some(({ onset, when }) => !onset && !when)
  return undated ? 'sepsis is on record without a date' : undefined
}

const firstStepSubjects: ReadonlySet<string> = new Set(firstStepKinds)
const organSubjects: ReadonlySet<string> = new Set([
  ...organKinds,
  'altered-mental-state',
  'oxygen-need',
  'sepsis',
])

/** In the window, or without a time, and not overtaken by a readable value of its kind. */
function matters({ parameters, now }: Moment, history: VitalHistory, { subject, when }: Unreadable): boolean {
  if (!firstStepSubjects.has(subject) && !organSubjects.has(subject)) return false
  if (subject === 'sepsis') return true
  if (when && !withinHours(when, parameters['sepsis.windowHours'], now)) return false
  const newestReadable = readingsOf(history, subject as MeasureKind).at(-1)?.at ?? -Infinity
  return (instantOf(when, now) ?? Infinity) > newestReadable
}

import type { ConditionSet } from '../../terminology/concepts.js'
import type { Unreadable } from '../../facts/facts.js'
import type { Moment } from '../moment.js'
import type { MilkQuestion } from './milk-hits.js'
import { limits } from './milk-hits.js'
import { activeIn } from './problem-index.js'

/** The unreadable subjects that could be a row of clinical 1.4. */
const conditionSets: ReadonlySet<string> = new Set<ConditionSet | 'condition'>([
  'htlv',
  'ebola',
  'brucellosis',
  'mpox',
  'herpes-simplex-breast',
  'shingles-breast',
  'hepatitis-c',
  'substance-opioid',
  'substance-other',
  'tuberculosis',
  'varicella',
  'hiv',
  'infant-at-risk',
  'condition',
])

/**
 * The categories of clinical 1.4 with an unread list, an unread value, or an active limited condition without a date.
 *
 * Source: clinical 1.4; product decision 2c
 */
export function milkUnread({ timeline, problems }: MilkQuestion): readonly ('conditions' | 'medicines')[] {
  const { reads, unreadable } = timeline.facts
  const undated = (Object.keys(limits) as (keyof typeof limits)[]).some((set) =>
    activeIn(problems, set).some(({ when }) => !when),
  )
  const conditions =
    reads.conditions.state === 'unreadable' ||
    undated ||
    unreadable.some(({ subject }) => conditionSets.has(subject))
  const medicines =
    reads.medicationRequests.state === 'unreadable' ||
    unreadable.some((value) => value.subject === 'medicine' && couldBeARow(timeline, value))
  return [...(conditions ? (['conditions'] as const) : []), ...(medicines ? (['medicines'] as const) : [])]
}

/**
 * Could an unread medicine be a row of clinical 1.4? A medicine that was recognised as harmless for the milk could
 * not.
 */
function couldBeARow({ facts }: Moment, { source }: Unreadable): boolean {
  const known = facts.medicines.filter((medicine) => medicine.source === source)
  return known.length === 0 || known.some(({ sets }) => sets.includes('contraindicated'))
}

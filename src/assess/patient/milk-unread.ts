import type { ConditionSet } from '../../facts/concepts.js'
import type { Unreadable } from '../../facts/facts.js'
import type { Moment } from '../views.js'
import type { MilkQuestion } from './milk-hits.js'
import { limits } from './milk-hits.js'
import { activeIn } from './problem-index.js'

/** Unreadable subjects that could be a row of clinical 1.4. */
const conditionSets: ReadonlySet<string> = new Set<ConditionSet | 'condition'>([
  'htlv',
  'ebola',
  'brucellosis',
  'mpox',
  'herpes-simplex-breast',
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
 * What of clinical 1.4 could not be read: a category, a value, or an active limited condition without a date.
 *
 * Source: clinical 1.4; product decision 2c.
 */
export function milkUnread({ moment, problems }: MilkQuestion): readonly ('conditions' | 'medicines')[] {
  const { reads, unreadable } = moment.facts
  const undated = (Object.keys(limits) as (keyof typeof limits)[]).some((set) =>
    activeIn(problems, set).some(({ when }) => !when),
  )
  const conditions =
    reads.conditions.state === 'unreadable' ||
    undated ||
    unreadable.some(({ subject }) => conditionSets.has(subject))
  const medicines =
    reads.medicationRequests.state === 'unreadable' ||
    unreadable.some((value) => value.subject === 'medicine' && couldBeARow(moment, value))
  return [...(conditions ? (['conditions'] as const) : []), ...(medicines ? (['medicines'] as const) : [])]
}

/** A medicine that was recognised as something harmless for the milk is no doubt, whatever else of it was unreadable. */
function couldBeARow({ facts }: Moment, { source }: Unreadable): boolean {
  const known = facts.medicines.filter((medicine) => medicine.source === source)
  return known.length === 0 || known.some(({ sets }) => sets.includes('contraindicated'))
}

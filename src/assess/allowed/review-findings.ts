import type { FindingDefinition, Subject } from '../definition.js'
import { evidenceOf, withinDays } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'

const counts: ReadonlySet<string> = new Set(['active', 'on-hold', 'completed'])

function reviewOrdered({ moment: { facts, parameters, now } }: Subject): Finding {
  const ordered = facts.care.filter(
    ({ need, kind, status, when }) =>
      need === 'review' &&
      kind === 'order' &&
      counts.has(status) &&
      withinDays(when, parameters['orders.suppressDays'], now),
  )
  return ordered.length > 0
    ? present('a review is ordered', ...ordered.map((item) => evidenceOf(item, 'review ordered')))
    : absent('no review is ordered')
}

function reviewDrafted({ moment: { facts } }: Subject): Finding {
  const drafts = facts.drafts.filter(({ needs }) => needs.includes('review'))
  return drafts.length > 0
    ? present(
        'a review is among the drafts',
        ...drafts.map(({ source }) => ({
          what: 'draft order: review',
          source,
          fromText: false,
          draft: true as const,
        })),
      )
    : absent('no review is among the drafts')
}

/** Whether the review that antibiotic-ordered proposes is already arranged (clinical 8). */
export const reviewFindings: readonly FindingDefinition[] = [
  {
    name: 'review-ordered',
    means: 'Is a review of the breast ordered already?',
    facts: ['care'],
    sets: [],
    parameters: ['orders.suppressDays'],
    edge: 'Active, on hold or completed, up to `orders.suppressDays` old, that day included; one planned for later counts.',
    missing: 'An order without a date, or orders that could not be read, leave it absent.',
    find: reviewOrdered,
  },
  {
    name: 'review-drafted',
    means: 'Is a review of the breast among the drafts, evaluated or not?',
    facts: ['drafts'],
    sets: [],
    parameters: [],
    edge: 'Any draft counts, since it will be signed beside the others.',
    missing: 'Without drafts, as on patient-view, absent.',
    find: reviewDrafted,
  },
]

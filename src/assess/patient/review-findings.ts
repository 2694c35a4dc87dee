import type { FindingDefinition } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'
import type { Timeline } from '../timeline.js'
import { withinDays } from '../dating.js'

/** The part of the context that these findings read. */
interface OfTimeline {
  timeline: Timeline
}

const counts: ReadonlySet<string> = new Set(['active', 'on-hold', 'completed'])

function isOrdered({ timeline: { facts, parameters, now } }: OfTimeline): Finding {
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

function isDrafted({ timeline: { facts } }: OfTimeline): Finding {
  const drafts = facts.drafts.filter(({ needs }) => needs.includes('review'))
  return drafts.length > 0
    ? present(
        'a review is among the drafts',
        ...drafts.map(({ source }) => ({
          what: 'review selected now',
          source,
          fromText: false,
          draft: true as const,
        })),
      )
    : absent('no review is among the drafts')
}

/** The finding that a review of the breast is ordered (clinical 8). */
export const reviewOrdered = {
  name: 'review-ordered',
  scope: 'patient',
  means: 'Is a review of the breast ordered already?',
  facts: ['care'],
  sets: [],
  parameters: ['orders.suppressDays'],
  edge: 'Active, on hold or completed, up to `orders.suppressDays` old, that day included; one planned for later counts.',
  missing: 'An order without a date, or orders that could not be read, leave it absent.',
  find: isOrdered,
} as const satisfies FindingDefinition<OfTimeline>

/** The finding that a review of the breast is among the drafts (clinical 8). */
export const reviewDrafted = {
  name: 'review-drafted',
  scope: 'patient',
  means: 'Is a review of the breast among the drafts, evaluated or not?',
  facts: ['drafts'],
  sets: [],
  parameters: [],
  edge: 'Any draft counts, since it will be signed beside the others.',
  missing: 'Without drafts, as on patient-view, absent.',
  find: isDrafted,
} as const satisfies FindingDefinition<OfTimeline>

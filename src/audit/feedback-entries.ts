import type { Kysely } from 'kysely'
import type { ClientSettings } from '../config/settings.js'
import type { SealComment, SealedComment } from './comments/seal-comment.js'
import { feedbackBody, isLate } from './feedback-body.js'
import type { FeedbackBody, FeedbackMatch } from './feedback-body.js'
import type { KnownReasons } from './known-reasons.js'
import type { Pseudonyms } from './pseudonym.js'
import { countsAs, feedbackRowOf } from './record-rows.js'
import { knownCards } from './store/known-cards.js'
import type { KnownCard } from './store/known-cards.js'
import type { GroupWriter, ToWrite } from './store/group-writer.js'
import type { AuditDatabase } from './store/schema.js'
import { within } from './store/within.js'
import type { FeedbackItem } from './trace.js'

/** The parts that feedback is recorded with. */
export interface FeedbackParts {
  db: Kysely<AuditDatabase>
  writer: Pick<GroupWriter, 'storeWorks'>
  /** The longest time in milliseconds for a query to the store; then the feedback is recorded without the result. */
  stallMs: number
  pseudonyms: Pseudonyms
  knownReason: KnownReasons
  /** Absent: comments are not stored. */
  sealComment?: SealComment
  /** Receives every item, for live metrics. */
  answered: (client: string, body: FeedbackBody) => void
}

/** Builds the entries for the records of one request's items, in their order. */
export type FeedbackEntries = (
  client: ClientSettings,
  serviceId: string,
  items: readonly FeedbackItem[],
  now: number,
) => Promise<readonly ToWrite[]>

/** The match of an item with the records, and its sealed comment when comments are stored. */
interface Met {
  match: FeedbackMatch
  card: KnownCard | undefined
  kept: SealedComment | undefined
}

/**
 * Makes the function that turns feedback into entries for records.
 *
 * Missing: while the store cannot be read, an item is recorded all the same, and is joined to its card later.
 * Privacy: a comment leaves the function only sealed.
 */
export function makeFeedbackEntries(parts: FeedbackParts): FeedbackEntries {
  const { db, writer, stallMs, pseudonyms, knownReason, sealComment, answered } = parts

  /** Seals the items one after another, so that the comments of a thousand items do not delay calls. */
  const meet = async (client: ClientSettings, items: readonly FeedbackItem[], now: number) => {
    const uuids = [...new Set(items.map(({ card }) => card))]
    const known = writer.storeWorks() ? await knownBefore(db, client.id, uuids, stallMs) : undefined
    const met: { item: FeedbackItem; how: Met }[] = []
    for (const item of items) {
      const key = feedbackKey(item.card, item.outcome, item.outcomeTimestamp)
      const card = known?.cards.get(item.card)
      const match = known?.seen.has(key) ? 'duplicate' : known ? matchOf(card, client.id, now) : 'unknown'
      known?.seen.add(key)
      const { comment } = item
      const kept = comment !== undefined && countsAs(match) ? await sealComment?.(comment) : undefined
      met.push({ item, how: { match, card, kept } })
    }
    return met
  }

  return async (client, serviceId, items, now) => {
    const met = await meet(client, items, now)
    return met.map(({ item, how: { match, card, kept } }) => {
      const patientRef = card?.tenant === client.id ? card.patientRef : undefined
      const body = feedbackBody(item, {
        serviceId,
        match,
        receivedAt: now,
        knownReason,
        pseudonym: (kind, text) => pseudonyms(client.id, kind, text),
        ...(kept && { commentCommitment: kept.commitment }),
        ...(patientRef !== undefined && { patientRef }),
      })
      const row = feedbackRowOf(client.id, body)
      answered(client.id, body)
      return {
        type: 'feedback',
        tenant: client.id,
        at: new Date(now).toISOString(),
        body: JSON.stringify(body),
        ...(patientRef !== undefined && { patientRef }),
        rows: (place) => ({
          cards: [],
          feedback: row ? [{ ...row, ...place }] : [],
          ...(kept && {
            comment: { card: item.card, tenant: client.id, received_ms: now, ...place, sealed: kept.sealed },
          }),
        }),
      }
    })
  }
}

const feedbackKey = (card: string, outcome: string, at: string): string => `${card} ${outcome} ${at}`

function matchOf(card: KnownCard | undefined, tenant: string, now: number): FeedbackMatch {
  if (!card) return 'unknown-card'
  if (card.tenant !== tenant) return 'other-tenant'
  return isLate(card.atMs, now) ? 'late' : 'known'
}

/** Reads the known cards and the earlier items on them; nothing while the store cannot be read. */
async function knownBefore(
  db: Kysely<AuditDatabase>,
  tenant: string,
  uuids: readonly string[],
  stallMs: number,
): Promise<{ cards: ReadonlyMap<string, KnownCard>; seen: Set<string> } | undefined> {
  try {
    const asked = Promise.all([knownCards(db, uuids), seenFeedback(db, tenant, uuids)])
    const [cards, seen] = await within(asked, stallMs)
    return { cards, seen }
  } catch {
    return undefined // the store is down; the item is recorded all the same, and joined to its card later
  }
}

/** Finds the items already stored for some cards, so that a repeat counts once (AUD-021). */
async function seenFeedback(
  db: Kysely<AuditDatabase>,
  tenant: string,
  uuids: readonly string[],
): Promise<Set<string>> {
  if (uuids.length === 0) return new Set()
  const rows = await db
    .selectFrom('feedback')
    .select(['card', 'outcome', 'outcome_at'])
    .where('tenant', '=', tenant)
    .where('card', 'in', uuids)
    .execute()
  return new Set(rows.map((row) => feedbackKey(row.card, row.outcome, row.outcome_at)))
}

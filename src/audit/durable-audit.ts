import type { Kysely } from 'kysely'
import type { CardPack } from '../cards/card-pack.js'
import type { ClientSettings } from '../settings.js'
import type { Head } from './checkpoint.js'
import { feedbackBody, isLate } from './feedback-body.js'
import type { FeedbackBody, FeedbackMatch } from './feedback-body.js'
import { invocationBody } from './invocation-body.js'
import type { InvocationBody, Versions } from './invocation-body.js'
import type { Pseudonyms } from './pseudonym.js'
import type { RecordType } from './record.js'
import { knownCards, makeEarlierCards } from './store/card-queries.js'
import type { KnownCard } from './store/card-queries.js'
import type { GroupWriter, ToWrite } from './store/group-writer.js'
import type { AuditDatabase, CardsTable, FeedbackTable } from './store/schema.js'
import { within } from './store/within.js'
import type { Audit, FeedbackItem, Trace } from './trace.js'

/** Told of every record, for live counters. */
export interface RecordMeter {
  called(client: string, body: InvocationBody): void
  answered(client: string, body: FeedbackBody): void
}

/** What the durable audit is built from. */
export interface AuditParts {
  db: Kysely<AuditDatabase>
  writer: GroupWriter
  /** How long a question to the store may take before it is answered without the store. */
  stallMs: number
  pseudonyms: Pseudonyms
  /** What a record says of the pack that decided, which is not the same before and after a reload. */
  versions: (pack: CardPack) => Versions
  /** HL7 category of an override reason code we offer or HL7 publishes. */
  categoryOf: (code: string) => string | undefined
  meter?: RecordMeter
  /** Can a record be kept, in the store or in the spool? */
  works: () => boolean
  /** Releases what the audit holds open, after everything is written. */
  onClose: () => Promise<void>
}

/** The audit with a store behind it, and a way to record what operators do. */
export interface DurableAudit extends Audit {
  /** Records an event that is no call (content-change, config-change, access, purge, repair) and tells its place. */
  event(type: RecordType, tenant: string, body: object, at: number): Promise<Head>
}

const iso = (ms: number): string => new Date(ms).toISOString()

/**
 * Keeps a durable record of every call and every feedback item, and knows what was said before.
 *
 * Throws:  `RecordUnavailable` from `record`, `feedback` and `event`, when neither store nor spool took it.
 * Missing: while the store cannot be read, nothing said earlier is known, so nothing is suppressed by it.
 */
export function makeDurableAudit(parts: AuditParts): DurableAudit {
  const { db, writer, stallMs, pseudonyms, versions, categoryOf, meter, works, onClose } = parts
  const earlier = makeEarlierCards(db)

  const cardRows = (
    trace: Trace,
    patientRef: string,
    userRef: string,
    place: { stream: string; seq: number },
  ) =>
    trace.considered.flatMap(({ kind, wire }): readonly CardsTable[] =>
      wire
        ? [
            {
              uuid: wire.uuid,
              tenant: trace.client.id,
              service_id: trace.request.serviceId,
              kind,
              indicator: wire.indicator,
              patient_ref: patientRef,
              user_ref: userRef,
              stage: trace.assessment.leadingStage,
              sepsis_criteria: trace.assessment.sepsisCriteria.join(','),
              shown: trace.client.rulesMode === 'live' ? 1 : 0,
              at_ms: trace.now,
              ...place,
            },
          ]
        : [],
    )

  const feedbackEntry = (
    item: FeedbackItem,
    client: ClientSettings,
    serviceId: string,
    match: FeedbackMatch,
    card: KnownCard | undefined,
    now: number,
  ): ToWrite => {
    const counts = match !== 'duplicate' && match !== 'other-tenant'
    const body = feedbackBody(item, {
      serviceId,
      match,
      receivedAt: now,
      categoryOf,
      pseudonym: (kind, text) => pseudonyms(client.id, kind, text),
    })
    meter?.answered(client.id, body)
    return {
      type: 'feedback',
      tenant: client.id,
      at: iso(now),
      body: JSON.stringify(body),
      ...(card?.tenant === client.id && { patientRef: card.patientRef }),
      rows: (place) => ({
        cards: [],
        feedback: counts ? [feedbackRow(item, client.id, now, place)] : [],
      }),
    }
  }

  return {
    async record(trace) {
      const body = invocationBody(trace, versions(trace.pack), pseudonyms)
      await writer.write({
        type: 'invocation',
        tenant: trace.client.id,
        at: body.receivedAt,
        body: JSON.stringify(body),
        patientRef: body.patientRef,
        rows: (place) => ({ cards: cardRows(trace, body.patientRef, body.userRef, place), feedback: [] }),
      })
      meter?.called(trace.client.id, body)
    },
    async feedback(client, serviceId, items, now) {
      const uuids = [...new Set(items.map(({ card }) => card))]
      const known = writer.storeWorks() ? await knownBefore(db, client.id, uuids, stallMs) : undefined
      const writes = items.map((item) => {
        const key = feedbackKey(item.card, item.outcome, item.outcomeTimestamp)
        const card = known?.cards.get(item.card)
        const match = known?.seen.has(key) ? 'duplicate' : known ? matchOf(card, client.id, now) : 'unknown'
        known?.seen.add(key)
        return writer.write(feedbackEntry(item, client, serviceId, match, card, now))
      })
      await Promise.all(writes)
    },
    async earlier(client, patientId, userId, now) {
      if (!writer.storeWorks()) return []
      const query = {
        tenant: client.id,
        patientRef: pseudonyms(client.id, 'patient', patientId),
        userRef: pseudonyms(client.id, 'user', userId),
        now,
      }
      try {
        return await within(earlier(query), stallMs)
      } catch {
        return [] // the store is down; showing a card again is safer than hiding it
      }
    },
    event: (type, tenant, body, at) =>
      writer.write({ type, tenant, at: iso(at), body: JSON.stringify(body) }),
    ready: () => Promise.resolve(works()),
    async close() {
      await writer.settled()
      await onClose()
    },
  }
}

const feedbackKey = (card: string, outcome: string, at: string): string => `${card} ${outcome} ${at}`

function matchOf(card: KnownCard | undefined, tenant: string, now: number): FeedbackMatch {
  if (!card) return 'unknown-card'
  if (card.tenant !== tenant) return 'other-tenant'
  return isLate(card.atMs, now) ? 'late' : 'known'
}

const feedbackRow = (
  { card, outcome, outcomeTimestamp }: FeedbackItem,
  tenant: string,
  now: number,
  place: { stream: string; seq: number },
): FeedbackTable => ({ card, tenant, outcome, outcome_at: outcomeTimestamp, received_ms: now, ...place })

/** What the store knows of some cards and of earlier items on them; nothing while it cannot be read. */
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
    return undefined // the store is down; the item is kept all the same, and joined to its card later
  }
}

/** Items already stored for some cards, so that a repeat counts once (AUD-021). */
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

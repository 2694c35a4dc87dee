import type { CardPack } from '../cards/card-pack.js'
import type { FeedbackBody } from './feedback-body.js'
import { makeFeedbackEntries } from './feedback-entries.js'
import type { FeedbackParts } from './feedback-entries.js'
import { invocationBody } from './invocation-body.js'
import type { InvocationBody, Versions } from './invocation-body.js'
import type { RecordType } from './record.js'
import type { Pseudonyms } from './pseudonym.js'
import { cardRowsOf } from './record-rows.js'
import { makeEarlierCards } from './store/earlier-cards.js'
import type { GroupWriter, ToWrite } from './store/group-writer.js'
import type { Head } from './signed-head.js'
import { within } from './store/within.js'
import type { Audit, Trace } from './trace.js'

/** Told of every record, for live counters. */
export interface RecordMeter {
  called(client: string, call: CountedCall): void
  answered(client: string, body: FeedbackBody): void
}

/** What the durable audit is built from. */
export interface AuditParts extends Omit<FeedbackParts, 'answered'> {
  writer: GroupWriter
  event: DurableAudit['event']
  /** What a record says of the pack that decided, which is not the same before and after a reload. */
  versions: (pack: CardPack) => Versions
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

/** What live counters are told of a call. */
export type CountedCall = Pick<InvocationBody, 'cards' | 'rules' | 'mode' | 'dataSources'>

/**
 * What one call brings into the store.
 *
 * Shape: nothing in it leads back to the chart, so a call that waits for its record holds a few kB, not the whole chart.
 */
function entryOf(
  trace: Trace,
  versions: Versions,
  pseudonyms: Pseudonyms,
): { entry: ToWrite; counted: CountedCall } {
  const body = invocationBody(trace, versions, pseudonyms)
  const tenant = trace.client.id
  const given = cardRowsOf(tenant, body)
  const { cards, rules, mode, dataSources } = body
  const entry: ToWrite = {
    type: 'invocation',
    tenant,
    at: body.receivedAt,
    body: JSON.stringify(body),
    patientRef: body.patientRef,
    rows: (place) => ({
      cards: given.map((card) => ({ stream: place.stream, seq: place.seq, ...card })),
      feedback: [],
    }),
  }
  return { entry, counted: { cards, rules, mode, dataSources } }
}

/**
 * Keeps a durable record of every call and every feedback item, and knows what was said before.
 *
 * Throws:  `RecordUnavailable` from `record`, `feedback` and `event`, when neither store nor spool took it.
 * Missing: while the store cannot be read, nothing said earlier is known, so nothing is suppressed by it.
 */
export function makeDurableAudit(parts: AuditParts): DurableAudit {
  const { db, writer, stallMs, pseudonyms, event, versions, meter, works, onClose } = parts
  const earlier = makeEarlierCards(db)
  const entries = makeFeedbackEntries({
    ...parts,
    answered: (client, body) => meter?.answered(client, body),
  })

  return {
    record(trace) {
      const { entry, counted } = entryOf(trace, versions(trace.pack), pseudonyms)
      return writer.write(entry).then(() => meter?.called(entry.tenant, counted))
    },
    async feedback(client, serviceId, items, now) {
      const writes = await entries(client, serviceId, items, now)
      await Promise.all(writes.map((entry) => writer.write(entry)))
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
    event,
    ready: () => Promise.resolve(works()),
    async close() {
      await writer.settled()
      await onClose()
    },
  }
}

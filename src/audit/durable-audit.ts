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

/** Receives every record, for live metrics. */
export interface RecordMeter {
  called(client: string, call: CountedCall): void
  answered(client: string, body: FeedbackBody): void
}

/** The parts that the durable audit is built from. */
export interface AuditParts extends Omit<FeedbackParts, 'answered'> {
  writer: GroupWriter
  event: DurableAudit['event']
  /** The versions that a record names for a pack; a reload changes the pack. */
  versions: (pack: CardPack) => Versions
  meter?: RecordMeter
  /** Can a record be stored, in the store or in the spool? */
  works: () => boolean
  /** Closes the resources of the audit, after everything is written. */
  onClose: () => Promise<void>
}

/** The audit with a store, and with records of operators' actions. */
export interface DurableAudit extends Audit {
  /**
   * Records an event other than a call (content-change, config-change, access, purge, repair) and returns its place.
   */
  event(type: RecordType, tenant: string, body: object, at: number): Promise<Head>
}

/** The members of a call's record that live metrics count. */
export type CountedCall = Pick<InvocationBody, 'cards' | 'rules' | 'mode' | 'dataSources'>

/**
 * Builds the entry of one call for the store.
 *
 * Shape: the entry has no reference to the chart, so a call that waits for its record holds a few kB and not the whole
 *        chart.
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
 * Makes the audit that stores a durable record of every call and every feedback item, and finds earlier cards.
 *
 * Throws:  `RecordUnavailable` from `record`, `feedback` and `event`, when neither store nor spool took the record.
 * Missing: while the store cannot be read, no earlier card is known, so no card is suppressed because of one.
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

import type { EarlierCard } from '../facts/earlier-card.js'
import type { Audit, FeedbackItem, Trace } from './trace.js'

/** What the memory audit keeps of one card. */
interface GivenCard {
  client: string
  patientId: string
  userId: string
  uuid: string
  card: EarlierCard
}

/**
 * An audit that lives in memory, for tests and trials: bounded, and gone with the process.
 *
 * Edge:    knows no override reasons, so an override speaks for its own user only.
 * Shape:   keeps the newest `capacity` feedback items and cards, never the trace of a call, which holds the whole chart.
 * Privacy: holds identifiers in memory; nothing is written anywhere.
 */
export class MemoryAudit implements Audit {
  readonly feedbackItems: { client: string; serviceId: string; item: FeedbackItem }[] = []
  private readonly given: GivenCard[] = []

  constructor(private readonly capacity = 100) {}

  record(trace: Trace): Promise<void> {
    const { client, request, assessment, now, shown } = trace
    for (const { wire, kind } of shown) {
      if (!wire) continue
      this.keep(this.given, {
        client: client.id,
        patientId: request.patientId,
        userId: request.userId,
        uuid: wire.uuid,
        card: {
          kind,
          indicator: wire.indicator,
          at: now,
          outcome: 'shown',
          sameUser: true,
          stage: assessment.leadingStage,
          sepsisCriteria: assessment.sepsisCriteria,
        },
      })
    }
    return Promise.resolve()
  }

  feedback(...[client, serviceId, items, now]: Parameters<Audit['feedback']>): Promise<void> {
    for (const item of items) {
      this.keep(this.feedbackItems, { client: client.id, serviceId, item })
      const about = this.given.find((entry) => entry.uuid === item.card && entry.client === client.id)
      if (!about) continue
      const overridden = item.outcome === 'overridden'
      about.card = {
        ...about.card,
        outcome: overridden ? 'overridden' : 'shown',
        ...(overridden && { at: now }),
      }
    }
    return Promise.resolve()
  }

  earlier(...[client, patientId, userId]: Parameters<Audit['earlier']>): Promise<readonly EarlierCard[]> {
    const hers = this.given.filter((entry) => entry.client === client.id && entry.patientId === patientId)
    return Promise.resolve(hers.map(({ card, userId: user }) => ({ ...card, sameUser: user === userId })))
  }

  ready(): Promise<boolean> {
    return Promise.resolve(true)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }

  private keep<Entry>(list: Entry[], entry: Entry): void {
    list.push(entry)
    if (list.length > this.capacity) list.shift()
  }
}

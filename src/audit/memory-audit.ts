import type { EarlierCard } from '../facts/earlier-card.js'
import type { Audit, FeedbackItem, Trace } from './trace.js'

/** The members of one card that the memory audit keeps. */
interface GivenCard {
  client: string
  patientId: string
  userId: string
  uuid: string
  card: EarlierCard
}

/**
 * An audit in memory, for tests and trials; it is bounded and ends with the process.
 *
 * Shape:   keeps the newest `capacity` feedback items and cards, but not the trace of a call, which would hold the
 *          whole chart.
 * Edge:    knows no override reasons, so an override counts for its own user only.
 * Privacy: holds identifiers in memory, and writes nothing to disk or network.
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

import { LimitError } from './limit-error.js'

/** Gives a place among the calls in progress back; every place must be given back. */
export type Release = () => void

export interface GateLimits {
  /** The most calls in progress in this process. */
  concurrent: number
  /**
   * The most calls in progress of one client, unless the client's settings set another number; absent means
   * `concurrent`.
   */
  perClient?: number
  /** The most calls of all clients that may wait for a place. */
  waiting: number
  waitMs: number
}

interface Waiter {
  admit: (release: Release) => void
  turnAway: () => void
}

/**
 * Bounds the calls in progress: a call over the limit waits for a place, and is refused when the wait ends or too many
 * calls wait already. Waiting clients take turns. When the waiting room is full, the newest call of the client with the
 * most waiting calls makes room for a client with fewer, so that a busy client does not block the others.
 */
export class WorkGate {
  private working = 0
  private waiting = 0
  private readonly workingOf = new Map<string, number>()
  private readonly queues = new Map<string, Waiter[]>()
  private readonly clientLimits = new Map<string, number>()

  constructor(private readonly limits: GateLimits) {}

  private get perClient(): number {
    return this.limits.perClient ?? this.limits.concurrent
  }

  /**
   * Takes a place, and waits when none is free.
   *
   * Throws: `LimitError` (503) when no place became free in time.
   */
  enter(client: string, clientLimit = this.perClient): Release | Promise<Release> {
    if (this.isFree(client, clientLimit)) return this.take(client)
    if (this.waiting >= this.limits.waiting && !this.makeRoomFor(client)) throw overloaded()
    return new Promise((resolve, reject) => {
      const queue = this.queues.get(client) ?? []
      const waiter: Waiter = {
        admit: (release) => {
          clearTimeout(timer)
          resolve(release)
        },
        turnAway: () => {
          clearTimeout(timer)
          queue.splice(queue.indexOf(waiter), 1)
          this.waiting--
          reject(overloaded())
        },
      }
      const timer = setTimeout(waiter.turnAway, this.limits.waitMs)
      queue.push(waiter)
      this.waiting++
      this.queues.set(client, queue)
      this.clientLimits.set(client, clientLimit)
    })
  }

  /** Refuses the newest call of the client with the most waiting calls; `false` when this client would have as many. */
  private makeRoomFor(client: string): boolean {
    const longest = [...this.queues.values()].reduce(
      (one, other) => (other.length > one.length ? other : one),
      [],
    )
    if (longest.length <= (this.queues.get(client)?.length ?? 0) + 1) return false
    longest.at(-1)?.turnAway()
    return true
  }

  private isFree(client: string, clientLimit: number): boolean {
    return this.working < this.limits.concurrent && (this.workingOf.get(client) ?? 0) < clientLimit
  }

  private take(client: string): Release {
    this.working++
    this.workingOf.set(client, (this.workingOf.get(client) ?? 0) + 1)
    let held = true
    return () => {
      if (!held) return
      held = false
      this.working--
      this.workingOf.set(client, (this.workingOf.get(client) ?? 1) - 1)
      this.admitNext()
    }
  }

  /** Gives a free place to the client that was served the longest time ago. */
  private admitNext(): void {
    for (const [client, queue] of this.queues) {
      if (!this.isFree(client, this.clientLimits.get(client) ?? this.perClient)) continue
      const waiter = queue.shift()
      this.queues.delete(client)
      if (!waiter) continue
      if (queue.length > 0) this.queues.set(client, queue)
      this.waiting--
      waiter.admit(this.take(client))
      return
    }
  }
}

const overloaded = (): LimitError => new LimitError('LIMIT_OVERLOAD', 1)

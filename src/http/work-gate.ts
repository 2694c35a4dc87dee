import { LimitError } from './limit-error.js'

/** A place among the calls being evaluated; must be given back. */
export type Release = () => void

export interface GateLimits {
  /** Calls evaluated at once, in this process. */
  concurrent: number
  /** Calls of one client evaluated at once, unless its own settings say another number; absent = `concurrent`. */
  perClient?: number
  /** Calls that may wait for a place, in all. */
  waiting: number
  waitMs: number
}

interface Waiter {
  admit: (release: Release) => void
  turnAway: () => void
}

/**
 * Bounds the work in progress: calls over the limit wait a moment for a place, and are turned away when the wait is over
 * or too many wait already. Waiting clients take turns, and in a full waiting room the newest call of the client with
 * the most calls makes room for a client with fewer; so a busy client starves no other.
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
   * Waits for a place, at once if one is free.
   *
   * Throws: `LimitError` (503) when none became free in time.
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

  /** Turns away the newest call of the client with the most waiting calls; `false` when that would be no fairer. */
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

  /** Gives a free place to the client that was served longest ago. */
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

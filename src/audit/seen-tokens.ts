import { hash } from 'node:crypto'

/** One token, after its signature was verified. */
export interface UsedToken {
  client: string
  jti: string
  /** Milliseconds since 1970. */
  issuedAt: number
  /** The moment from which the token is refused as expired; milliseconds since 1970. */
  expiresAt: number
}

/** The result of remembering a token; `full`: there is no room for another token, so this token must be refused. */
export type Remembered = 'fresh' | 'seen' | 'full'

/** The remembered tokens of one client: their keys, and the keys that expire in each minute. */
interface OfClient {
  keys: Set<string>
  byMinute: Map<number, string[]>
}

const minuteMs = 60_000

/** The hash of a `jti` for memory and store, which has one length whatever the length of the `jti`. */
export const tokenKey = (jti: string): string => hash('sha256', jti, 'base64')

const keyShape = /^[A-Za-z0-9+/]{43}=$/

/** The key of a stored token; older versions stored the `jti` itself. */
export const storedKey = (stored: string): string => (keyShape.test(stored) ? stored : tokenKey(stored))

/**
 * The tokens that this process has seen, even while the store is down.
 *
 * Shape: synchronous, so that one of two simultaneous requests with the same token is refused. A client that fills its
 *        share leaves room for the others; 250,000 tokens are 68 a second with a lifetime of an hour, or 690 with five
 *        minutes.
 * Edge:  a token is kept to the end of the minute in which it expires.
 */
export class SeenTokens {
  private readonly clients = new Map<string, OfClient>()
  private size = 0
  private sweptTo = 0

  constructor(private readonly most = { ofClient: 250_000, ofAll: 1_000_000 }) {}

  /** Was this token used? */
  has(client: string, jti: string, now: number): boolean {
    this.forgetExpired(now)
    return this.clients.get(client)?.keys.has(tokenKey(jti)) === true
  }

  /** Remembers a token, if it is fresh and there is room. */
  remember({ client, jti, expiresAt }: Omit<UsedToken, 'issuedAt'>, now: number): Remembered {
    return this.learn(client, tokenKey(jti), { expiresAt, now })
  }

  /** Remembers a token by its key, as read from the store. */
  learn(client: string, key: string, { expiresAt, now }: { expiresAt: number; now: number }): Remembered {
    this.forgetExpired(now)
    const { keys, byMinute } = this.ofClient(client)
    if (keys.has(key)) return 'seen'
    if (keys.size >= this.most.ofClient || this.size >= this.most.ofAll) return 'full'
    keys.add(key)
    this.size += 1
    const minute = Math.floor(expiresAt / minuteMs)
    const together = byMinute.get(minute)
    if (together) together.push(key)
    else byMinute.set(minute, [key])
    return 'fresh'
  }

  private ofClient(client: string): OfClient {
    const known = this.clients.get(client) ?? {
      keys: new Set<string>(),
      byMinute: new Map<number, string[]>(),
    }
    this.clients.set(client, known)
    return known
  }

  /** Drops expired minutes, at most once a minute. */
  private forgetExpired(now: number): void {
    const current = Math.floor(now / minuteMs)
    if (current <= this.sweptTo) return
    this.sweptTo = current
    for (const { keys, byMinute } of this.clients.values())
      for (const [minute, together] of byMinute) {
        if (minute >= current) continue
        for (const key of together) keys.delete(key)
        this.size -= together.length
        byMinute.delete(minute)
      }
  }
}

import { hash } from 'node:crypto'

/** One token, after its signature was verified. */
export interface UsedToken {
  client: string
  jti: string
  /** Milliseconds since 1970. */
  issuedAt: number
  /** From this moment on it is refused whether or not anybody remembers it; milliseconds since 1970. */
  expiresAt: number
}

/** `full`: no further token can be remembered, so it must be refused. */
export type Remembered = 'fresh' | 'seen' | 'full'

/** What is remembered of one client: the keys of its tokens, and which of them expire in which minute. */
interface OfClient {
  keys: Set<string>
  byMinute: Map<number, string[]>
}

const minuteMs = 60_000

/** What stands for a `jti` in memory and store: of one length, however long a client makes it. */
export const tokenKey = (jti: string): string => hash('sha256', jti, 'base64')

const keyShape = /^[A-Za-z0-9+/]{43}=$/

/** The key of a stored token: older versions stored the `jti` itself. */
export const storedKey = (stored: string): string => (keyShape.test(stored) ? stored : tokenKey(stored))

/**
 * The tokens that this process has seen, whatever becomes of the store.
 *
 * Shape: synchronous, so that of one token sent twice at once one is taken. A client that fills its share leaves room for
 *        the others; 250,000 are 68 tokens a second that live an hour each, or 690 that live five minutes.
 * Edge:  kept to the end of the minute in which they expire.
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

  /** Remembers a token by its key, as the store has it. */
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

  /** Drops whole minutes that have passed; looks at most once a minute. */
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

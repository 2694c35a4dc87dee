import type { LookupAddress } from 'node:dns'
import { Refusal } from './refusal.js'

/** Finds all addresses of a host name, by the resolver of the system or by a replacement in tests. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses?: readonly LookupAddress[]) => void,
) => void

type Done = Parameters<Resolve>[1]

/** The time for which the addresses of a name are cached. */
const keptMs = 30_000
/** The longest wait for a lookup, equal to the time in which a connection must open. */
const patienceMs = 5_000
/** The most names that are cached; a client that lists its servers has a few. */
const maxNames = 100

/**
 * Makes the lookups of one client: one lookup at a time, shared by all requests for the same name, and cached for half
 * a minute.
 *
 * Edge:   a lookup by the system's resolver cannot be cancelled and keeps a thread while a name server is silent, so a
 *         client has one lookup at most. After five seconds all waiting requests are refused, and requests for further
 *         names fail at once until the resolver returns. Failures are not cached.
 * Throws: nothing; `done` receives the resolver's error or a `Refusal` with code `timeout`.
 */
export function makeLookups(resolve: Resolve): Resolve {
  const known = new Map<string, readonly LookupAddress[]>()
  const waiting = new Map<string, Done[]>()
  let state: 'idle' | 'asking' | 'stuck' = 'idle'

  function keep(name: string, addresses: readonly LookupAddress[]): void {
    const [oldest] = known.keys()
    if (known.size >= maxNames && oldest !== undefined) known.delete(oldest)
    known.set(name, addresses)
    setTimeout(() => known.delete(name), keptMs).unref()
  }

  function tell(name: string, ...answer: Parameters<Done>): void {
    const all = waiting.get(name) ?? []
    waiting.delete(name)
    for (const done of all) done(...answer)
  }

  function giveUp(): void {
    state = 'stuck'
    for (const name of [...waiting.keys()]) tell(name, new Refusal('timeout'))
  }

  function askNext(): void {
    const [name] = waiting.keys()
    if (state !== 'idle' || name === undefined) return
    state = 'asking'
    const timer = setTimeout(giveUp, patienceMs).unref()
    resolve(name, (error, addresses = []) => {
      clearTimeout(timer)
      state = 'idle'
      if (!error && addresses.length > 0) keep(name, addresses)
      tell(name, error, addresses)
      askNext()
    })
  }

  return (name, done) => {
    const addresses = known.get(name)
    if (addresses) done(null, addresses)
    else if (state === 'stuck') done(new Refusal('timeout'))
    else {
      const others = waiting.get(name)
      if (others) others.push(done)
      else waiting.set(name, [done])
      askNext()
    }
  }
}

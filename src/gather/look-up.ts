import type { LookupAddress } from 'node:dns'
import { Refusal } from './refusal.js'

/** Finds all addresses of a name; the system's resolver unless a test replaces it. */
export type Resolve = (
  hostname: string,
  done: (error: Error | null, addresses?: readonly LookupAddress[]) => void,
) => void

type Done = Parameters<Resolve>[1]

/** How long the addresses of a name are used before the name is looked up again. */
const keptMs = 30_000
/** As long as a connection may take to open: who waits for a lookup has given up by then. */
const patienceMs = 5_000
/** Names remembered at most; a client that lists its servers has a few. */
const maxNames = 100

/**
 * Makes the lookups of one client: one at a time, shared by all who ask for the same name, and kept for half a minute.
 *
 * Edge:   the system's resolver cannot be stopped and keeps a thread while a name server is silent, so a client never has
 *         more than one. After five seconds all who wait are refused, and further names fail at once until the resolver
 *         comes back. Failures are not kept.
 * Throws: nothing; `done` gets the resolver's error or a `Refusal` with code `timeout`.
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

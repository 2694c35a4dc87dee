import autocannon from 'autocannon'
import type { Request } from 'autocannon'
import type { ServerProcess } from './server-process.js'

/** What one burst of requests cost; each request's own time is kept, so that bursts can be taken together. */
export interface Burst {
  requestsPerSecond: number
  /** Units: milliseconds, one per request. */
  waits: readonly number[]
  cpuMsPerRequest: number
  /** The largest resident memory seen while it lasted. */
  peakMemoryMiB: number
}

/** One kind of call: where it goes and what it carries; the bodies are sent in turn, over all connections. */
export interface Call {
  path: string
  bodies: readonly string[]
  /** One Authorization header per request, none of them sent twice. */
  authorizations?: readonly string[]
}

const memoryEveryMs = 50

/**
 * Sends a fixed number of calls over so many connections and measures time and the server's CPU and memory.
 *
 * Throws: when any answer is not 2xx, or does not come.
 */
export async function burst(
  server: ServerProcess,
  call: Call,
  amount: number,
  connections: number,
): Promise<Burst> {
  const shares = sharesOf(call, amount, connections)
  const waits: number[] = []
  let last = 0
  let peakMemoryMiB = server.memoryMiB()
  const watch = setInterval(() => {
    peakMemoryMiB = Math.max(peakMemoryMiB, server.memoryMiB())
  }, memoryEveryMs)
  const cpuBefore = server.cpuSeconds()
  const { started, wrong } = await new Promise<{ started: number; wrong: number }>((resolve, reject) => {
    const running = autocannon(
      {
        url: `http://127.0.0.1:${server.port}`,
        ...{ amount, connections, sampleInt: memoryEveryMs },
        setupClient: (client) => client.setRequests([...(shares.shift() ?? [])]),
      },
      (error: unknown, result) => {
        if (error instanceof Error) reject(error)
        else resolve({ started: begun, wrong: result.non2xx + result.errors })
      },
    )
    const begun = performance.now()
    running.on('response', (_client, _status, _bytes, wait) => {
      last = performance.now()
      waits.push(wait)
    })
  }).finally(() => clearInterval(watch))
  if (wrong > 0) throw new Error(`${server.name} answered ${wrong} of ${amount} calls wrongly or not at all`)
  return {
    requestsPerSecond: (amount * 1000) / (last - started),
    waits,
    cpuMsPerRequest: ((server.cpuSeconds() - cpuBefore) * 1000) / amount,
    peakMemoryMiB: Math.max(peakMemoryMiB, server.memoryMiB()),
  }
}

/** What each connection sends: every body, and every token, goes to one connection only. */
function sharesOf({ path, bodies, authorizations }: Call, amount: number, connections: number): Request[][] {
  const distinct = authorizations ? amount : Math.max(connections, Math.min(amount, bodies.length))
  const shares = Array.from({ length: connections }, (): Request[] => [])
  for (let at = 0; at < distinct; at += 1) {
    const authorization = authorizations?.[at]
    shares[at % connections]?.push({
      ...{ method: 'POST', path, body: bodies[at % bodies.length] },
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    })
  }
  return shares
}

import autocannon from 'autocannon'
import type { ServerProcess } from './server-process.js'

/** What one burst of requests cost. */
export interface Burst {
  requestsPerSecond: number
  p50Ms: number
  p99Ms: number
  cpuMsPerRequest: number
  wrongStatus: number
}

/** One kind of call: where it goes and what it carries; the bodies are sent in turn. */
export interface Call {
  path: string
  bodies: readonly string[]
  headers?: Record<string, string>
}

/** Sends a fixed number of calls over so many connections and measures time and the server's CPU. */
export async function burst(
  server: ServerProcess,
  call: Call,
  amount: number,
  connections: number,
): Promise<Burst> {
  const before = server.cpuSeconds()
  const result = await autocannon({
    url: `http://127.0.0.1:${server.port}`,
    requests: call.bodies.map((body) => ({
      method: 'POST' as const,
      path: call.path,
      body,
      headers: { 'content-type': 'application/json', ...call.headers },
    })),
    amount,
    connections,
  })
  const cpuSeconds = server.cpuSeconds() - before
  return {
    requestsPerSecond: Math.round(result.requests.total / result.duration),
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    cpuMsPerRequest: (cpuSeconds * 1000) / amount,
    wrongStatus: result.non2xx,
  }
}

/** The middle of several numbers. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

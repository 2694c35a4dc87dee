import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { importJWK } from 'jose'
import type { CryptoKey } from 'jose'
import { Pool } from 'undici'
import { percentile } from '../percentile.js'
import { bearer, viewPath } from './tokens.js'
import type { Seen, WatchOrder } from './watch.js'

/** The other client has an address of its own. */
const localAddress = '127.0.0.3'
const hookEveryMs = 50
const liveEveryMs = 20

let stopped = false
const hookMs: number[] = []
const failed: string[] = []
let liveMs = 0

async function timed(call: () => Promise<number>): Promise<number> {
  const from = performance.now()
  const status = await call().catch((error: unknown) => (error as Error).message)
  if (status !== 200) failed.push(String(status))
  return performance.now() - from
}

/** Begins a call so often, whether or not the calls before it were answered. */
async function steadily(everyMs: number, call: () => Promise<void>): Promise<void> {
  const running = new Set<Promise<void>>()
  while (!stopped) {
    const one = call().finally(() => running.delete(one))
    running.add(one)
    await wait(everyMs)
  }
  await Promise.all(running)
}

async function watch({ base, pid, ehr, body }: WatchOrder): Promise<Seen> {
  const privateKey = (await importJWK(ehr.jwk, 'ES384')) as CryptoKey
  const pool = new Pool(base, { connections: 32, localAddress, headersTimeout: 10_000, bodyTimeout: 10_000 })
  const livePool = new Pool(base, {
    connections: 8,
    localAddress,
    headersTimeout: 10_000,
    bodyTimeout: 10_000,
  })
  const hook = async (): Promise<number> => {
    const headers = {
      'content-type': 'application/json',
      authorization: await bearer({ ...ehr, privateKey }, viewPath),
    }
    return timed(async () => {
      const answer = await pool.request({ method: 'POST', path: viewPath, headers, body })
      await answer.body.dump()
      return answer.statusCode
    })
  }
  const live = (): Promise<number> =>
    timed(async () => {
      const answer = await livePool.request({ method: 'GET', path: '/health/live' })
      await answer.body.dump()
      return answer.statusCode
    })
  for (let warm = 0; warm < 2; warm += 1) await Promise.all(Array.from({ length: 16 }, hook)) // an EHR keeps connections open
  failed.length = 0
  writeFileSync(`/proc/${pid}/clear_refs`, '5') // the peak of resident memory begins anew
  process.send?.('ready')
  await Promise.all([
    steadily(hookEveryMs, async () => void hookMs.push(await hook())),
    steadily(liveEveryMs, async () => {
      liveMs = Math.max(liveMs, await live())
    }),
  ])
  await Promise.all([pool.destroy(), livePool.destroy()])
  return {
    hooks: hookMs.length,
    failed,
    p99Ms: percentile(hookMs, 0.99) ?? 0,
    liveMs,
    residentMiB: peakOf(pid),
  }
}

function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
  } catch {
    return 0 // it is dead, which its line says
  }
}

process.on('message', (message: WatchOrder | 'stop') => {
  if (message === 'stop') stopped = true
  else void watch(message).then((seen) => process.send?.(seen))
})
process.once('disconnect', () => process.exit())

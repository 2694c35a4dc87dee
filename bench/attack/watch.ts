import type { Buffer } from 'node:buffer'
import { fork } from 'node:child_process'
import { exportJWK } from 'jose'
import type { JWK } from 'jose'
import type { Target } from './target.js'

/** What the watcher is told at its start. */
export interface WatchOrder {
  base: string
  pid: number
  ehr: { id: string; iss: string; kid: string; jwk: JWK }
  /** What the other client sends, as text. */
  body: string
}

/** What was seen from outside while an attack ran. */
export interface Seen {
  /** Hooks of the other client: how many, how many of them had no cards for an answer, and how long they took. */
  hooks: number
  failed: string[]
  p99Ms: number
  /** The longest that /health/live took. */
  liveMs: number
  residentMiB: number
}

/** Begins to watch a service from another process: hooks of another client, /health/live, and its memory. */
export async function watch({ base, pid, other }: Target, body: Buffer): Promise<() => Promise<Seen>> {
  const child = fork('bench/attack/watcher.ts', { execArgv: ['--import', 'tsx'] })
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  const message = (): Promise<unknown> => new Promise((done) => child.once('message', done))
  const { id, iss, kid, privateKey } = other
  const order: WatchOrder = {
    base,
    pid,
    ehr: { id, iss, kid, jwk: await exportJWK(privateKey) },
    body: body.toString(),
  }
  child.send(order)
  await message() // the first hooks were answered
  return async () => {
    child.send('stop')
    const seen = (await message()) as Seen
    process.off('exit', end)
    end()
    return seen
  }
}

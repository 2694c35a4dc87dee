import { smallHook } from './charts.js'
import { limits } from './kind.js'
import type { Kind, Tally } from './kind.js'
import { startTarget } from './target.js'
import type { Target } from './target.js'
import { watch } from './watch.js'
import type { Seen } from './watch.js'

/** What one attack showed. */
export interface Line extends Seen {
  kind: Kind
  answers: Tally
  stallMs: number
  /** How the process ended; empty while it lives. */
  ended: string
  /** What the line shows that it must not show. */
  faults: readonly string[]
}

/** How an attack is made: where its files go, what node runs, and for how long. */
export interface AttackOptions {
  root: string
  entry: readonly string[]
  seconds: number
  /** Told when all is in place, before the attack begins. */
  ready?: () => void
}

/** After an attack the service must be well again by then: as long as a supervisor waits before it ends a process. */
const recoverMs = 15_000

/** Starts a service, attacks it, and says what was seen. */
export async function attack(kind: Kind, { root, entry, seconds, ready }: AttackOptions): Promise<Line> {
  const target = await startTarget(root, entry, kind.prepare)
  try {
    const stopWatching = await watch(target, kind.otherSends?.(target) ?? smallHook())
    await target.lap()
    ready?.()
    const answers = await kind.run(target, seconds)
    const seen = await stopWatching()
    const ended = target.lastWords() || (await wellAgain(target))
    const stallMs = await target.lap() // what the attack left behind is worked off by now, and counts
    const line = { kind, answers, stallMs, ended, ...seen }
    return { ...line, faults: faultsOf(line) }
  } finally {
    await target.stop()
  }
}

async function wellAgain({ base }: Target): Promise<string> {
  try {
    const { status } = await fetch(`${base}/health/ready`, { signal: AbortSignal.timeout(recoverMs) })
    return status === 200 ? '' : `answers ${status} when asked whether it is ready`
  } catch {
    return 'does not answer any more'
  }
}

/** What a line shows that it must not show. */
function faultsOf(line: Omit<Line, 'faults'>): readonly string[] {
  const { kind, stallMs, ended, residentMiB, p99Ms, failed } = line
  const most = limits.stallMs[kind.calls]
  if (ended !== '') return [ended]
  return [
    ...(stallMs <= most ? [] : [`stalls ${Math.round(stallMs)} ms, ${most} allowed`]),
    ...(residentMiB <= limits.residentMiB ? [] : [`takes ${Math.round(residentMiB)} MiB`]),
    ...(p99Ms <= limits.otherClientMs ? [] : [`makes the other client wait ${Math.round(p99Ms)} ms`]),
    ...(failed.length === 0 ? [] : [`refuses the other client (${summary(failed)})`]),
  ]
}

/** Each word once, with how often it came. */
function summary(words: readonly string[]): string {
  const times = new Map<string, number>()
  for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
  return [...times].map(([word, amount]) => `${amount} × ${word}`).join(', ')
}

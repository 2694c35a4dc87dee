import type { Buffer } from 'node:buffer'
import type { Target } from './target.js'

/** Answers by status, and what else became of what was sent. */
export type Tally = Map<string, number>

/** One kind of attack. */
export interface Kind {
  name: string
  /** What is sent, in the words of the table. */
  sends: string
  /** How its calls end: an accepted one may hold the event loop 150 ms, a refused one 50 ms. */
  calls: 'accepted' | 'refused'
  /** Puts things in place before the service starts, such as a long record. */
  prepare?: (target: Pick<Target, 'folder' | 'database'>) => Promise<void>
  /** What the other client sends meanwhile; the usual small call unless said otherwise. */
  otherSends?: (target: Target) => Buffer
  /** Attacks for so many seconds at most, and tells what came of it. */
  run: (target: Target, seconds: number) => Promise<Tally>
}

/** What a line may show at most. */
export const limits = {
  stallMs: { accepted: 150, refused: 50 },
  residentMiB: 512,
  otherClientMs: 300,
} as const

/** Counts one thing in a tally. */
export const count = (tally: Tally, what: string | number, times = 1): void => {
  tally.set(String(what), (tally.get(String(what)) ?? 0) + times)
}

import { ChainEvidence } from '../../src/audit/verify/evidence.js'
import { LogVerifier } from '../../src/audit/verify/log-verifier.js'
import type { LogVerdict } from '../../src/audit/verify/log-verifier.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import { wholeStore } from '../../src/audit/store/whole-store.js'
import type { KeyObject } from 'node:crypto'

/** What a log is held against, beside itself. */
export interface Outside {
  publicKey: KeyObject
  checkpoints?: readonly string[]
  anchors?: readonly string[]
}

/** Checks the lines of an export as the command does. */
export function verified(
  lines: readonly string[],
  { publicKey, checkpoints, anchors = [] }: Outside,
): LogVerdict {
  const evidence = new ChainEvidence(publicKey)
  if (checkpoints) evidence.list()
  checkpoints?.forEach((text, at) => evidence.listed(text, 'checkpoints', at + 1))
  anchors.forEach((text, at) => evidence.anchored(text, 'anchors', at + 1))
  lines.forEach((text, at) => evidence.exported(text, at + 1))
  evidence.end()
  const verifier = new LogVerifier(evidence)
  for (const text of lines) verifier.line(text)
  if (verifier.needsAll()) for (const text of lines) verifier.settle(text)
  return verifier.end()
}

/** The lines that an export of a store has. */
export async function exported(db: AuditStore): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const piece of wholeStore(db)) lines.push(...piece.lines)
  return lines
}

/** A generator of numbers that begins the same with the same seed: from 0 to below `limit`. */
export function seeded(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }
}

/** One of some. */
export const oneOf = <Item>(items: readonly Item[], below: (limit: number) => number): Item =>
  items[below(items.length)] as Item

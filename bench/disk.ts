import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How often a flush begins: about as often as groups of records are written under full load. */
const everyMs = 10

/**
 * How long the disk itself takes to keep so many bytes, when nothing else is to be done: no durable record can be faster.
 *
 * Shape: in the rhythm of commits: a disk that others use stands still now and then, which no short test in one go shows.
 * Units: milliseconds, one per write.
 */
export async function flushes(folder: string, bytes: number, times: number): Promise<readonly number[]> {
  const path = join(folder, 'flushes')
  const block = Buffer.alloc(bytes, 0x2e)
  const handle = openSync(path, 'w')
  const waits: number[] = []
  try {
    while (waits.length < times) {
      const started = performance.now()
      writeSync(handle, block)
      fdatasyncSync(handle)
      waits.push(performance.now() - started)
      await pause(everyMs)
    }
  } finally {
    closeSync(handle)
    rmSync(path)
  }
  return waits
}

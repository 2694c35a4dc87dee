import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/**
 * How long the disk itself takes to keep so many bytes, one write after another: no durable record can be faster.
 *
 * Units: milliseconds, one per write.
 */
export function flushes(folder: string, bytes: number, times: number): readonly number[] {
  const path = join(folder, 'flushes')
  const block = Buffer.alloc(bytes, 0x2e)
  const handle = openSync(path, 'w')
  try {
    return Array.from({ length: times }, () => {
      const started = performance.now()
      writeSync(handle, block)
      fdatasyncSync(handle)
      return performance.now() - started
    })
  } finally {
    closeSync(handle)
    rmSync(path)
  }
}

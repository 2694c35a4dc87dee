import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small file system of its own, which can be filled to its last byte. */
export interface SmallDisk {
  folder: string
  fill: () => void
  makeRoom: () => void
  /** Unmounts it, also while a process still has files open on it. */
  remove: () => void
}

/** Mounts a small disk on an empty folder. */
export function smallDiskOn(folder: string, size = '8m'): SmallDisk {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'small-disk', folder], { stdio: 'pipe' })
  const filler = join(folder, 'filler')
  return {
    folder,
    fill() {
      const handle = openSync(filler, 'a')
      try {
        for (;;) writeSync(handle, Buffer.alloc(4096))
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'ENOSPC') throw error
      } finally {
        closeSync(handle)
      }
    },
    makeRoom: () => rmSync(filler),
    remove: () => {
      execFileSync('umount', ['--lazy', folder])
    },
  }
}

/** Can this user mount a disk on this machine? */
export const canMount = ((): boolean => {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'))
  try {
    smallDiskOn(folder, '4k').remove()
    return true
  } catch {
    return false
  } finally {
    rmdirSync(folder)
  }
})()

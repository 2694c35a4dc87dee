import { appendFileSync, closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync } from 'node:fs'
import { dirname } from 'node:path'

const newline = '\n'

/**
 * Appends one line and forces it to disk.
 *
 * Edge: after a line torn by a crash or a full disk, the new line starts on a line of its own.
 */
function appendDurably(file: string, line: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const handle = openSync(file, 'a+', 0o640)
  try {
    appendFileSync(handle, `${endsTorn(handle) ? newline : ''}${line}${newline}`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function endsTorn(handle: number): boolean {
  const { size } = fstatSync(handle)
  const last = Buffer.alloc(1)
  return size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last.toString() !== newline
}

/** A file of lines in the order of their adding; a line that could not be written is written with the next line. */
export class DurableLines {
  private unwritten: readonly string[] = []

  constructor(private readonly file: string) {}

  /** Adds a line and forces it to disk. Throws the error of the disk, and then keeps the line for the next call. */
  add(line: string): void {
    this.unwritten = [...this.unwritten, line]
    for (const each of this.unwritten) {
      appendDurably(this.file, each)
      this.unwritten = this.unwritten.slice(1)
    }
  }
}

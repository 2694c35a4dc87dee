import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const chunkBytes = 1_048_576
const newline = 10

/**
 * The lines of a file one after another, in bounded memory.
 *
 * Edge: a last line without a newline counts.
 */
export function* fileLines(path: string, onBytes: (read: number, of: number) => void): Generator<string> {
  for (const piece of filePieces(path, onBytes)) yield piece.toString('utf8')
}

/** The lines of a file as bytes; the bytes of a line are valid until the next line is asked for. */
export function* filePieces(path: string, onBytes: (read: number, of: number) => void): Generator<Buffer> {
  const handle = openSync(path, 'r')
  try {
    const { size } = fstatSync(handle)
    const chunk = Buffer.allocUnsafe(chunkBytes)
    let rest: Buffer[] = []
    let read = 0
    for (;;) {
      const length = readSync(handle, chunk, 0, chunkBytes, null)
      if (length === 0) break
      let from = 0
      for (let end = chunk.indexOf(newline); end !== -1 && end < length; end = chunk.indexOf(newline, from)) {
        const piece = chunk.subarray(from, end)
        yield rest.length === 0 ? piece : Buffer.concat([...rest, piece])
        rest = []
        from = end + 1
      }
      if (from < length) rest.push(Buffer.from(chunk.subarray(from, length)))
      read += length
      onBytes(read, size)
    }
    if (rest.length > 0) yield Buffer.concat(rest)
  } finally {
    closeSync(handle)
  }
}

import type { Transform } from 'node:stream'
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { makeBytePile } from './byte-pile.js'

type MakeUnpacker = (packed: Buffer) => Transform

/** What the standard calls "deflate" is the format of zlib; some senders leave its two bytes of head out. */
const zlibOrRaw: MakeUnpacker = ([first = 0]) => ((first & 0x0f) === 8 ? createInflate() : createInflateRaw())

/** Brotli is not among them: whatever comes out, its reader may take 16 MiB for each body. */
const unpackers = new Map<string, MakeUnpacker | undefined>([
  ['', undefined],
  ['identity', undefined],
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', zlibOrRaw],
])

/** The encoding that a Content-Encoding header names, as `unpack` takes it. */
export const encodingOf = (header: string | undefined): string => (header ?? '').trim().toLowerCase()

/** Can a body in this encoding be read? */
export const isReadable = (encoding: string): boolean => unpackers.has(encoding)

/** Is a body in this encoding its own plain text? */
export const isPlain = (encoding: string): boolean => unpackers.get(encoding) === undefined

/** The bytes are not what their encoding says. */
export class BrokenCompression extends Error {}

/**
 * Unpacks a body whose encoding is readable; one that is not packed is handed on.
 *
 * Shape:  `take` is told of each piece that comes out, before it is kept, and refuses it by throwing; then no more is unpacked.
 * Throws: what `take` threw; `BrokenCompression`.
 */
export function unpack(packed: Buffer, encoding: string, take: (bytes: number) => void): Promise<Buffer> {
  const makeUnpacker = packed.length === 0 ? undefined : unpackers.get(encoding)
  if (!makeUnpacker) return Promise.resolve(packed)
  const unpacker = makeUnpacker(packed)
  const plain = makeBytePile()
  let refused: Error | undefined
  return new Promise((resolve, reject) => {
    unpacker.on('data', (piece: Buffer) => {
      try {
        take(piece.length)
        plain.add(piece)
      } catch (error) {
        refused = error as Error
        unpacker.destroy(refused)
      }
    })
    unpacker.on('end', () => resolve(plain.bytes()))
    unpacker.on('error', () => reject(refused ?? new BrokenCompression()))
    unpacker.end(packed)
  })
}

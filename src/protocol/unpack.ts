import type { Transform } from 'node:stream'
import { createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { makeBytePile } from './byte-pile.js'

type MakeUnpacker = (packed: Buffer) => Transform

/**
 * Chooses zlib or raw deflate: the standard means zlib by "deflate", but some senders omit the two bytes of the zlib
 * header.
 */
const zlibOrRaw: MakeUnpacker = ([first = 0]) => ((first & 0x0f) === 8 ? createInflate() : createInflateRaw())

/** The readable encodings. Brotli is not among them, because its decoder may take 16 MiB for each body of any size. */
const unpackers = new Map<string, MakeUnpacker | undefined>([
  ['', undefined],
  ['identity', undefined],
  ['gzip', () => createGunzip()],
  ['x-gzip', () => createGunzip()],
  ['deflate', zlibOrRaw],
])

/** Reads the encoding from a Content-Encoding header, in the form that `unpack` takes. */
export const encodingOf = (header: string | undefined): string => (header ?? '').trim().toLowerCase()

/** Can a body in this encoding be read? */
export const isReadable = (encoding: string): boolean => unpackers.has(encoding)

/** Is a body in this encoding not compressed? */
export const isPlain = (encoding: string): boolean => unpackers.get(encoding) === undefined

/** The error for bytes that do not match their encoding. */
export class BrokenCompression extends Error {}

/**
 * Unpacks a body whose encoding is readable; a body without compression is returned as it is.
 *
 * Shape:  `take` receives the size of each unpacked piece before the piece is kept. When `take` throws, unpacking
 *         stops.
 * Throws: the error that `take` threw; `BrokenCompression`.
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

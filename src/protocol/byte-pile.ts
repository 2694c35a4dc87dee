/** Bytes that arrive in pieces, kept in one place. */
export interface BytePile {
  add(piece: Buffer): void
  /** All bytes so far. */
  bytes(): Buffer
}

/** What a place for the bytes of several pieces holds at least. */
const leastBytes = 16_384

/**
 * Makes an empty pile.
 *
 * Edge: the first piece is kept as it is; with the second, pieces are copied, for a list of pieces of one byte each takes a
 *       hundred times their size.
 */
export function makeBytePile(): BytePile {
  let place: Buffer = Buffer.alloc(0)
  let length = 0
  return {
    add(piece) {
      const needed = length + piece.length
      if (length === 0) place = piece
      else {
        if (needed > place.length) {
          const larger = Buffer.allocUnsafe(Math.max(leastBytes, 2 * place.length, needed))
          place.copy(larger, 0, 0, length)
          place = larger
        }
        piece.copy(place, length)
      }
      length = needed
    },
    bytes: () => place.subarray(0, length),
  }
}

/** A growing buffer for bytes that arrive in pieces. */
export interface BytePile {
  add(piece: Buffer): void
  /** Returns all bytes added up to now. */
  bytes(): Buffer
}

/** The least capacity of the buffer once a second piece arrives, in bytes. */
const leastBytes = 16_384

/**
 * Makes an empty pile.
 *
 * Edge: the first piece is kept without a copy. From the second piece on, every piece is copied into one buffer,
 *       because a list of pieces of one byte each would take a hundred times the size of the bytes.
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

import { isPlain, unpack } from '../protocol/unpack.js'
import type { Allowance } from './allowance.js'
import { Refusal } from './refusal.js'

/**
 * The Accept-Encoding of outgoing requests. Brotli is left out, because its decoder may take 16 MiB for a small
 * response.
 */
export const acceptedEncodings = 'gzip, deflate'

/** Unpacks one response body, and takes the unpacked bytes from its allowance. */
export type UnpackAnswer = (packed: Buffer, encoding: string, allowance: Allowance) => Promise<Buffer>

/** The number of responses unpacked at the same time, equal to the threads of the libuv pool. */
const atOnce = 4

/**
 * Makes the function that unpacks response bodies, a few at a time.
 *
 * Edge:   the packed bytes count until unpacking ends, beside the unpacked bytes, because both are in memory.
 * Throws: `Refusal` when the allowance is spent or the bytes do not match their encoding.
 */
export function makeUnpackAnswer(): UnpackAnswer {
  const waiting: (() => void)[] = []
  let running = 0

  async function place(): Promise<void> {
    if (running >= atOnce) await new Promise<void>((free) => waiting.push(free))
    else running += 1
  }

  /** Passes the place to the next waiting response, or frees the place. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }

  return async (packed, encoding, allowance) => {
    if (isPlain(encoding)) return packed
    await place()
    try {
      const plain = await unpack(packed, encoding, (bytes) => {
        if (!allowance.take({ bytes })) throw new Refusal('over-budget')
      })
      allowance.giveBack({ bytes: packed.length })
      return plain
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal('bad-answer')
    } finally {
      leave()
    }
  }
}

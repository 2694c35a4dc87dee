import { isPlain, unpack } from '../protocol/unpack.js'
import type { Allowance } from './allowance.js'
import { Refusal } from './refusal.js'

/** What outbound calls say they can read. Brotli is not among them: a small answer can make its reader take 16 MiB. */
export const acceptedEncodings = 'gzip, deflate'

/** Unpacks one answer, taking what comes out from its allowance. */
export type UnpackAnswer = (packed: Buffer, encoding: string, allowance: Allowance) => Promise<Buffer>

/** Answers unpacked at the same time: as many as there are threads for. */
const atOnce = 4

/**
 * Makes the function that unpacks answers, a few at a time.
 *
 * Edge:   beside what comes out, the packed bytes count until the end, for both are held.
 * Throws: `Refusal` when there is no allowance left or the bytes are not what they say they are.
 */
export function makeUnpackAnswer(): UnpackAnswer {
  const waiting: (() => void)[] = []
  let running = 0

  async function place(): Promise<void> {
    if (running >= atOnce) await new Promise<void>((free) => waiting.push(free))
    else running += 1
  }

  /** Hands the place on, or gives it back. */
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

import { json, openHalfBodies } from '../calls.js'
import { aCall, anExam, clinicalWords, fill } from '../charts.js'
import type { Kind, Tally } from '../kind.js'
import { closeAll, openRaw, rawRequest } from '../send.js'
import type { Target } from '../target.js'
import { bearer, viewPath } from '../tokens.js'

/** Bodies whose bytes are few and whose pieces are many; each has its length by chunks. */
const inPieces: readonly string[] = [
  '1\r\nx\r\n'.repeat(100_000),
  `1;${'x'.repeat(5_000)}\r\nx\r\n`.repeat(400),
  `2\r\n{}\r\n0\r\n${'a: b\r\n'.repeat(50_000)}`,
]

/** Sends one request over a connection of its own, and waits until something is answered or the connection ends. */
async function sendAlone(target: Target, tally: Tally, bytes: Buffer): Promise<void> {
  const socket = openRaw(target, tally)
  socket.write(bytes)
  await new Promise<unknown>((resolve) => socket.once('data', resolve).once('close', resolve))
  socket.destroy()
}

const tinyChunks: Kind = {
  name: 'tiny-chunks',
  sends:
    'bodies, with good tokens and without, in chunks of one byte, with long extensions, or with endless trailers',
  calls: 'refused',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const until = Date.now() + seconds * 1_000
    let place = 0
    const sender = async (): Promise<void> => {
      while (Date.now() < until && target.lives()) {
        place += 1
        const headers = {
          ...{ ...json, 'Transfer-Encoding': 'chunked', Trailer: 'a' },
          ...(place % 2 === 0 && { authorization: await bearer(target.attacker, viewPath) }),
        }
        const body = inPieces[place % inPieces.length]
        await sendAlone(target, tally, rawRequest(`POST ${viewPath}`, headers, body))
      }
    }
    await Promise.all(Array.from({ length: 16 }, sender))
    return tally
  },
}

const mediumBodies: Kind = {
  name: 'medium-bodies',
  sends: '150 bodies that stop at 1.9 MiB of 2, and meanwhile whole ones of 200 kB of the same client',
  calls: 'accepted',
  async run(target, seconds) {
    const tally: Tally = new Map()
    const until = Date.now() + seconds * 1_000
    const sockets = await openHalfBodies(target, tally, 150)
    const exams = fill(200_000, (place) => anExam(place, { valueString: clinicalWords }))
    const medium = aCall({ prefetch: { breastSigns: exams } }).toString()
    const sender = async (): Promise<void> => {
      while (Date.now() < until && target.lives()) {
        const headers = { ...json, authorization: await bearer(target.attacker, viewPath) }
        const sized = { ...headers, 'Content-Length': Buffer.byteLength(medium) }
        await sendAlone(target, tally, rawRequest(`POST ${viewPath}`, sized, medium))
      }
    }
    await Promise.all(Array.from({ length: 8 }, sender))
    await closeAll(sockets)
    return tally
  },
}

/** Bodies that arrive in many pieces, and beside ones that never arrive. */
export const pieces: readonly Kind[] = [tinyChunks, mediumBodies]

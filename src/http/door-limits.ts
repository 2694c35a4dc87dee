const KiB = 1_024
const MiB = 1_048_576

/** One limit on connections and requests: the most that is accepted, and its words. */
export interface DoorLimit {
  most: number
  /** The words of this limit in docs/operate.md. */
  what: string
}

/**
 * The limits on connections and on the requests that arrive over them. They apply before the client is known and are
 * therefore the same for all senders; rates and places of known clients are settings.
 *
 * Units:  counts, bytes or milliseconds, as the words of each limit say.
 * Edge:   exactly `most` is accepted.
 * Source: SEC-051, SEC-101, SEC-102.
 */
export const doorLimits = {
  connections: {
    most: 1_000,
    what: 'connections of this process; for the next one the longest idle one is closed, of the address that holds the most (idle: no call in progress); where none is idle, the next one is closed',
  },
  connectionsPerAddress: {
    most: 200,
    what: 'connections of one address, where no proxy stands in front (`trustProxyHops: 0`); for the next one the longest idle one of this address is closed, else the next one',
  },
  unanswered: {
    most: 16,
    what: 'requests sent over one connection before the first is answered; with the next the connection ends',
  },
  bodyBytes: {
    most: 32 * MiB,
    what: 'bytes of request bodies from their first byte until their calls are over, of this process; one client of several holds half of them at most; more is answered 503',
  },
  bodyBytesPerAddress: {
    most: 4 * MiB,
    what: 'the same, of one address on routes without a token',
  },
  slowBodyMs: {
    most: 1_000,
    what: 'milliseconds in which a body arrives undisturbed; a slower one is ended (408) where its bytes are needed: the one that has been arriving for longest',
  },
  bodyPieces: {
    most: 512,
    what: 'pieces in which a body arrives, and one more for each 256 bytes of it; with the next the connection ends, for tiny chunks take time whatever they hold',
  },
  unreadMs: {
    most: 1_000,
    what: 'milliseconds that a connection goes on after an answer that was given before the body had arrived',
  },
  pageBodyBytes: {
    most: 512 * KiB,
    what: 'bytes of a body sent to `/smart/*` and `/workbench/*`; a larger one is answered 413',
  },
  pagePostsPerMinute: {
    most: 120,
    what: 'calls of one address to `/smart/evaluate` in a minute; the next is answered 429',
  },
  stalledMs: {
    most: 30_000,
    what: 'milliseconds in which a connection with a call in progress neither sends nor takes a byte',
  },
  failedVerifications: {
    most: 30,
    what: 'tokens a minute, from one address and for one key, whose signature is wrong; the next is answered 429 unverified',
  },
} as const satisfies Record<string, DoorLimit>

import { constants } from 'node:crypto'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { Resolve } from './look-up.js'
import { Refusal } from './refusal.js'

/**
 * The TLS rules for outgoing connections. The server chooses among the allowed algorithms, so each of them must be
 * cheap: one handshake with Diffie-Hellman over a group of 8,192 bits blocks the event loop for a quarter of a second.
 *
 * Edge: the groups are restricted beside the cipher suites, because no cipher suite of TLS 1.3 names the group
 *       `ffdhe8192`. A TLS 1.2 server may not renegotiate either.
 */
export const tlsRules = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE+AESGCM:ECDHE+CHACHA20:ECDHE+AES:!aNULL',
  ].join(':'),
  ecdhCurve: 'X25519:P-256:P-384',
  secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
} as const

/** The most bytes that the HTTP parser receives in one piece. */
const readBytes = 2_048

/**
 * Makes the HTTP parser read in small pieces, and read nothing after the connection is destroyed.
 *
 * Edge: beyond the header limit undici makes an error for every further header in the piece: 25,000 errors for 64 KiB
 *       of short headers, which take 200 ms.
 */
function readInPieces<S extends Socket>(socket: S): S {
  const read = socket.read.bind(socket) as (size?: number) => unknown
  socket.read = (size?: number): unknown => {
    if (socket.destroyed) return null
    return read(size ?? (socket.readableLength > readBytes ? readBytes : undefined))
  }
  return socket
}

/**
 * Makes a connector that connects to checked addresses alone, and refuses forbidden addresses, whether literal or
 * resolved.
 *
 * Throws: nothing; `done` receives a `Refusal`, or the error of the connection.
 */
export function guardedConnector(
  allowed: (address: string) => boolean,
  resolve: Resolve,
): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, done) => {
    resolve(hostname, (error, found) => {
      const addresses = found ?? [] // with an error, Node passes no addresses
      const [first] = addresses
      if (error || !first) done(error ?? new Refusal('unreachable'), '', 0)
      else if (!addresses.every(({ address }) => allowed(address))) done(new Refusal('not-allowed'), '', 0)
      else if (options.all) done(null, [...addresses])
      else done(null, first.address, first.family)
    })
  }
  const connect = buildConnector({ lookup, timeout: 5_000, ...tlsRules })
  return (options, done) => {
    const host = options.hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !allowed(host)) done(new Refusal('not-allowed'), null)
    else
      connect(options, (error, socket) => {
        if (socket) done(null, readInPieces(socket))
        else done(error, null)
      })
  }
}

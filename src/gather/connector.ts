import { constants } from 'node:crypto'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { Resolve } from './look-up.js'
import { Refusal } from './refusal.js'

/**
 * What a connection to a server may cost us. The server chooses among these, so each must be cheap: with Diffie-Hellman
 * over a group of 8,192 bits, one handshake holds the event loop for a quarter of a second.
 *
 * Edge: groups count beside suites, for TLS 1.3 and its `ffdhe8192` have no suites by that name; a server of TLS 1.2 may
 *       not begin handshake after handshake either.
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

/** Bytes that the reader of HTTP gets in one piece. */
const readBytes = 2_048

/**
 * Makes the reader of HTTP take what has arrived in small pieces, and nothing any more once the connection is destroyed.
 *
 * Edge: undici makes an error for every header behind the one that is too many, to the end of the piece it was given: in
 *       64 KiB of short headers 25,000 errors, which take 200 ms.
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
 * Makes a connector that refuses forbidden addresses, given as such or found by resolving a name, and connects to a
 * checked address.
 *
 * Throws: nothing; `done` gets a `Refusal`, or the error of the connection.
 */
export function guardedConnector(
  allowed: (address: string) => boolean,
  resolve: Resolve,
): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, done) => {
    resolve(hostname, (error, found) => {
      const addresses = found ?? [] // beside an error Node hands over nothing at all
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

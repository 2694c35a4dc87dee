import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'winston'
import { errorCatalogue } from '../errors.js'
import type { ErrorCode } from '../errors.js'
import { operationOutcome } from '../protocol/outcome.js'
import { apiHeaders } from './security-headers.js'

/** Bounds on slow and huge requests, before any of our code runs. */
export const serverTimeouts = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  insecureHTTPParser: false,
  requireHostHeader: false, // the app refuses a request without one, with an OperationOutcome (E2)
} as const satisfies ServerOptions

const brokenRequests = new Map<unknown, ErrorCode>([
  ['HPE_HEADER_OVERFLOW', 'HEADERS_TOO_LARGE'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'HTTP_TIMEOUT'],
])

/**
 * Answers what is not even a request, which never reaches the app, with an OperationOutcome too.
 *
 * Edge: an `Expect` that nobody knows is passed over (RFC 9110, 10.1.1), for Node's own refusal of it has no body.
 */
export function answerBrokenRequests(server: Server): void {
  server.on('checkExpectation', (req: IncomingMessage, res: ServerResponse) => {
    server.emit('request', req, res)
  })
  server.on('clientError', (error: Error & { code?: unknown }, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const code = brokenRequests.get(error.code) ?? 'HTTP_MALFORMED'
    const { status, means } = errorCatalogue[code]
    const body = JSON.stringify(operationOutcome(code, means))
    const headers = [
      ...apiHeaders.map(([name, value]) => `${name}: ${value}`),
      'Content-Type: application/fhir+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ]
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers.join('\r\n')}\r\n\r\n${body}`)
  })
}

/** What stopping has to do. */
export interface Stopping {
  server: Server
  lifecycle: { stopping: boolean; refusing: boolean }
  logger: Logger
  /** Time for load balancers to notice that readiness says no, before new connections are refused. */
  drainMs: number
  /** Flushes and closes what the process holds open. */
  close: () => Promise<void>
}

/** Calls in progress get this long to finish. */
const finishMs = 10_000

/**
 * On SIGTERM or SIGINT: readiness says no, then no new connections, calls in progress finish, the audit is flushed, and
 * the process ends with 0.
 */
export function stopGracefully({ server, lifecycle, logger, drainMs, close }: Stopping): void {
  const open = new Set<ServerResponse>()
  server.prependListener('request', (_req, res: ServerResponse) => {
    if (lifecycle.stopping) res.shouldKeepAlive = false
    open.add(res)
    res.once('close', () => open.delete(res))
  })
  const stop = (signal: NodeJS.Signals): void => {
    if (lifecycle.stopping) return
    lifecycle.stopping = true
    logger.info('stopping', { signal })
    setTimeout(() => {
      const force = setTimeout(() => {
        lifecycle.refusing = true
        server.closeAllConnections()
      }, finishMs)
      server.close(() => {
        clearTimeout(force)
        void close()
      })
      server.closeIdleConnections()
      for (const res of open) res.shouldKeepAlive = false // or its connection would idle on when it is answered
    }, drainMs)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

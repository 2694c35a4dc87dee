import { createServer, STATUS_CODES } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerOptions, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from 'winston'
import type { ErrorCode } from '../errors.js'
import { errorCatalogue } from '../protocol/error-catalogue.js'
import { operationOutcome } from '../protocol/outcome.js'
import { makeWorkLine } from '../service/work-line.js'
import { boundConnections, boundUnanswered, endUnreadBodies, takeInTurn } from './connections.js'
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
 * Makes the server of the public listener, with every bound on connections and on slow or broken requests.
 *
 * Shape: taking requests in has a line of its own, so that whoever asks without being known takes no turn from the calls of
 *        clients. `timeouts` is for tests, which do not wait as long as callers may.
 */
export function makePublicServer(
  app: RequestListener,
  { trustProxyHops }: { trustProxyHops: number },
  timeouts: ServerOptions = serverTimeouts,
): Server {
  const line = makeWorkLine()
  const server = createServer(timeouts, boundUnanswered(endUnreadBodies(takeInTurn(app, line))))
  boundConnections(server, { behindProxy: trustProxyHops > 0 })
  answerBrokenRequests(server)
  return server
}

/**
 * Answers what is not even a request, which never reaches the app, with an OperationOutcome too.
 *
 * Edge: an `Expect` that nobody knows is passed over (RFC 9110, 10.1.1), for Node's own refusal of it has no body.
 */
function answerBrokenRequests(server: Server): void {
  server.on('checkExpectation', (req: IncomingMessage, res: ServerResponse) => {
    server.emit('request', req, res)
  })
  server.on('clientError', (error: Error & { code?: unknown }, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy()
      return
    }
    const { status, headers, body } = refusal(brokenRequests.get(error.code) ?? 'HTTP_MALFORMED')
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`)
  })
}

/** An answer that is given without the app; its connection ends with it. */
function refusal(code: ErrorCode): { status: number; headers: Record<string, string>; body: string } {
  const { status, means } = errorCatalogue[code]
  const body = JSON.stringify(operationOutcome(code, means))
  const headers = {
    ...Object.fromEntries(apiHeaders),
    'Content-Type': 'application/fhir+json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Connection: 'close',
  }
  return { status, headers, body }
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
 * Knows the answers that are under way.
 *
 * Shape: they are kept by connection and forgotten with it: of requests sent one behind the other (pipelined), only the
 *        first answer is told when the connection ends, the others never are.
 */
function openAnswers(server: Server): () => Iterable<ServerResponse> {
  const bySocket = new Map<Socket, Set<ServerResponse>>()
  const answersOn = (socket: Socket): Set<ServerResponse> => {
    const answers = new Set<ServerResponse>()
    bySocket.set(socket, answers)
    socket.once('close', () => bySocket.delete(socket))
    return answers
  }
  server.prependListener('request', ({ socket }: IncomingMessage, res: ServerResponse) => {
    if (socket.destroyed) return
    const answers = bySocket.get(socket) ?? answersOn(socket)
    answers.add(res)
    res.once('close', () => answers.delete(res))
  })
  return () => [...bySocket.values()].flatMap((answers) => [...answers])
}

/**
 * On SIGTERM or SIGINT: readiness says no, then no new connections, calls in progress finish, the audit is flushed, and
 * the process ends with 0.
 */
export function stopGracefully({ server, lifecycle, logger, drainMs, close }: Stopping): void {
  const open = openAnswers(server)
  server.prependListener('request', (_req, res: ServerResponse) => {
    if (lifecycle.stopping) res.shouldKeepAlive = false
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
      for (const res of open()) res.shouldKeepAlive = false // or its connection would idle on when it is answered
    }, drainMs)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

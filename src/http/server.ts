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

/** The server options against slow and huge requests, which apply before the code of this service runs. */
export const serverTimeouts = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
  insecureHTTPParser: false,
  requireHostHeader: false, // the app refuses a request without a Host header, with an OperationOutcome (E2)
} as const satisfies ServerOptions

const brokenRequests = new Map<unknown, ErrorCode>([
  ['HPE_HEADER_OVERFLOW', 'HEADERS_TOO_LARGE'],
  ['ERR_HTTP_REQUEST_TIMEOUT', 'HTTP_TIMEOUT'],
])

/**
 * Makes the server of the public listener, with every limit on connections and on slow or broken requests.
 *
 * Shape: requests are taken in on a separate work line, so that unknown senders take no turn from the calls of clients.
 *        Tests pass shorter `timeouts`.
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
 * Answers bytes that are no HTTP request, and never reach the app, with an OperationOutcome too.
 *
 * Edge: an unknown `Expect` header is ignored (RFC 9110, 10.1.1), because the refusal of Node.js has no body.
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

/** The error response that is written without the app; its connection ends with it. */
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

/** The parts that a graceful stop needs. */
export interface Stopping {
  server: Server
  lifecycle: { stopping: boolean; refusing: boolean }
  logger: Logger
  /** The time in which load balancers notice the failed readiness, before new connections are refused. */
  drainMs: number
  /** Flushes and closes the open resources of the process. */
  close: () => Promise<void>
}

/** The time for calls in progress to finish, in milliseconds. */
const finishMs = 10_000

/**
 * Collects the open responses of a server.
 *
 * Shape: the responses are kept by connection and removed with it: when a connection with pipelined requests ends, only
 *        the first of its responses emits `close`.
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
 * Stops on SIGTERM or SIGINT: readiness fails, then new connections are refused, calls in progress finish, the audit is
 * flushed, and the process ends with exit code 0.
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
      for (const res of open()) res.shouldKeepAlive = false // else the connection stays open after its response
    }, drainMs)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

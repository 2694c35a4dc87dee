import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { makeWorkLine } from '../service/work-line.js'
import type { WorkLine } from '../service/work-line.js'
import { addressKey } from './address-key.js'
import { doorLimits } from './door-limits.js'
import type { DoorLimit } from './door-limits.js'
import { OpenConnections } from './open-connections.js'

type ConnectionLimits = Readonly<Record<'connections' | 'connectionsPerAddress', Pick<DoorLimit, 'most'>>>

/**
 * Bounds the open connections of a server, in all and for one address, and starts reading one new connection per turn
 * of the event loop. Otherwise the bytes that arrived on many connections would be parsed in one turn.
 *
 * Shape: at the limit an idle connection is closed: a connection of the same address when that address is at its own
 *        limit, else the longest idle connection of the address with the most connections. When every connection has a
 *        call in progress, the new connection is closed without a response, because it has not sent a request yet.
 * Edge:  behind a proxy all connections come from the proxy, so only the limit for all connections applies there.
 */
export function boundConnections(
  server: Server,
  { behindProxy }: { behindProxy: boolean },
  { connections, connectionsPerAddress }: ConnectionLimits = doorLimits,
): void {
  server.timeout = doorLimits.stalledMs.most
  const mostOfAddress = behindProxy ? Infinity : connectionsPerAddress.most
  const open = new OpenConnections()
  const arrivals = makeWorkLine(undefined, 0)
  const makeRoom = (address: string): boolean => {
    if (open.ofAddress(address) >= mostOfAddress) return open.closeIdle(address)
    return open.size < connections.most || open.closeIdle()
  }
  server.on('connection', (socket: Socket) => {
    const address = addressKey(socket.remoteAddress)
    if (!makeRoom(address)) {
      socket.destroy()
      return
    }
    open.add(socket, address)
    socket.pause()
    void arrivals.begin(address, () => socket.resume())
  })
  server.on('request', ({ socket }: IncomingMessage, res: ServerResponse) => {
    open.callBegins(socket)
    res.once('close', () => open.callEnds(socket))
  })
}

/**
 * Takes in one request per turn of the event loop, with the addresses in turn, however many requests have arrived
 * together.
 *
 * Edge: a request whose connection has ended before its turn is dropped. Behind a proxy all requests come from the
 *       proxy, so they keep their order.
 */
export const takeInTurn =
  (app: RequestListener, line: WorkLine): RequestListener =>
  (req, res) =>
    void line.begin(addressKey(req.socket.remoteAddress), () => {
      if (!req.socket.destroyed) app(req, res)
    })

/**
 * Bounds the requests that one connection may send before the response to the first of them.
 *
 * Shape: a request over the limit ends the connection, and the waiting requests get no response; HTTP lets the client
 *        repeat them over another connection.
 */
export function boundUnanswered(app: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>()
  return (req, res) => {
    const { socket } = req
    const open = (unanswered.get(socket) ?? 0) + 1
    unanswered.set(socket, open)
    res.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1))
    if (open <= doorLimits.unanswered.most) app(req, res)
    else socket.destroy()
  }
}

/**
 * Ends a connection a moment after a response that was sent before the whole request body had arrived.
 *
 * Shape: the moment lets the client read the response. The rest of the body is discarded, but reading it takes time,
 *        and a body in tiny chunks could otherwise go on until the request timeout.
 */
export const endUnreadBodies =
  (app: RequestListener): RequestListener =>
  (req, res) => {
    const endUnread = (): void => {
      if (!req.complete) req.socket.destroy()
    }
    res.once('finish', () => {
      if (!req.complete) setTimeout(endUnread, doorLimits.unreadMs.most).unref()
    })
    app(req, res)
  }

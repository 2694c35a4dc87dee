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
 * Bounds how many connections a server holds open, in all and for one address, and begins to read one per turn of the event
 * loop: what has arrived over many by then would be taken apart in one go.
 *
 * Shape: where there is no room, an idle connection makes room: one of the same address when that has as many as it may,
 *        else the longest idle one of the address that holds the most. Where every connection has a call in progress, the new
 *        one is closed without a word, since it has not asked anything yet.
 * Edge:  behind a proxy all connections come from the proxy, so only the bound on all of them holds there.
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
 * Takes in one request per turn of the event loop, the addresses in turn, however many have arrived together.
 *
 * Edge: a request whose connection has ended before its turn is not looked at. Behind a proxy all requests come from the
 *       proxy, so there they keep their order.
 */
export const takeInTurn =
  (app: RequestListener, line: WorkLine): RequestListener =>
  (req, res) =>
    void line.begin(addressKey(req.socket.remoteAddress), () => {
      if (!req.socket.destroyed) app(req, res)
    })

/**
 * Bounds how many requests a caller may send over one connection before the first is answered.
 *
 * Shape: with one more the connection is ended, and none of those that wait is answered: HTTP lets the caller ask again over
 *        another one.
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
 * Ends a connection a moment after an answer that went out before the body of its request was there.
 *
 * Shape: in that moment the caller reads the answer. The rest of the body is thrown away, but that costs time too, and who
 *        sends it in tiny chunks would be read until the time of a request is up.
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

import type { Socket } from 'node:net'

interface Connection {
  address: string
  /** The calls in progress. */
  calls: number
}

/**
 * The open connections of a server. A connection is idle while it has no call in progress: before its first request, in
 * the middle of a request, or between two requests.
 */
export class OpenConnections {
  private readonly connections = new Map<Socket, Connection>()
  private readonly countOf = new Map<string, number>()
  /** The idle connections, the longest idle first. */
  private readonly idle = new Set<Socket>()

  get size(): number {
    return this.connections.size
  }

  ofAddress(address: string): number {
    return this.countOf.get(address) ?? 0
  }

  add(socket: Socket, address: string): void {
    this.connections.set(socket, { address, calls: 0 })
    this.countOf.set(address, this.ofAddress(address) + 1)
    this.idle.add(socket)
    socket.once('close', () => this.forget(socket))
  }

  callBegins(socket: Socket): void {
    const connection = this.connections.get(socket)
    if (!connection) return
    connection.calls += 1
    this.idle.delete(socket)
  }

  callEnds(socket: Socket): void {
    const connection = this.connections.get(socket)
    if (!connection) return
    connection.calls -= 1
    if (connection.calls === 0) this.idle.add(socket)
  }

  /**
   * Closes the longest idle connection of the address with the most connections.
   *
   * Shape:   with `only`, the connection must belong to this address; else any address with an idle connection counts.
   * Missing: `false` when there is no such connection.
   */
  closeIdle(only?: string): boolean {
    let chosen: Socket | undefined
    let most = 0
    for (const socket of this.idle) {
      const address = this.connections.get(socket)?.address ?? ''
      if ((only !== undefined && address !== only) || this.ofAddress(address) <= most) continue
      chosen = socket
      most = this.ofAddress(address)
    }
    if (!chosen) return false
    this.forget(chosen)
    chosen.destroy()
    return true
  }

  private forget(socket: Socket): void {
    const connection = this.connections.get(socket)
    if (!connection) return
    this.connections.delete(socket)
    this.idle.delete(socket)
    const left = this.ofAddress(connection.address) - 1
    if (left === 0) this.countOf.delete(connection.address)
    else this.countOf.set(connection.address, left)
  }
}

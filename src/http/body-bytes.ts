import { addressKey } from './address-key.js'
import { doorLimits } from './door-limits.js'
import { LimitError } from './limit-error.js'

/** The share of one body in the bytes that may be held; the call must give its share back at its end. */
export interface HeldBody {
  /** Counts more bytes. Throws: `LimitError` (503) when the process or this sender has no bytes left and no slow body can be ended. */
  add: (bytes: number) => void
  /** Marks the body as complete, so that the body is not ended to make room. */
  arrived: () => void
  /** Sets the listener for the end of a body that is ended to make room; its bytes are given back then. */
  onEnded: (listener: () => void) => void
  giveBack: () => void
}

interface Arriving {
  caller: string
  since: number
  end: () => void
}

/** The bytes that each piece costs beside its content, so that a body in pieces of one byte is not cheap. */
const pieceBytes = 256

/** The time after which an arriving body may be ended to make room, in milliseconds. */
const slowMs = doorLimits.slowBodyMs.most

/**
 * Counts the bytes of each body from its first byte to the end of its call, because the values parsed from a body live
 * as long as the call and take several times its bytes.
 *
 * Shape: one count for the process, which a reload keeps. When the bytes of the process or of one sender are used up,
 *        the body that has been arriving for the longest time makes room: any body, or a body of that sender.
 * Units: milliseconds of a clock that never goes back.
 */
export class BodyBytes {
  private held = 0
  private readonly heldBy = new Map<string, number>()
  /** The bodies that are not complete, the oldest first. */
  private readonly arriving = new Set<Arriving>()

  constructor(
    private readonly most = doorLimits.bodyBytes.most,
    private readonly mostOfAddress = doorLimits.bodyBytesPerAddress.most,
    private readonly clock = (): number => performance.now(),
  ) {}

  /**
   * Opens the count of one body of a known client: with several clients, one client holds at most half of the bytes.
   */
  openForClient(id: string, clients: number): HeldBody {
    return this.open(`client ${id}`, clients > 1 ? this.most / 2 : this.most)
  }

  /** Opens the count of one body of a sender without a token. */
  openForAddress(address: string | undefined): HeldBody {
    return this.open(`address ${addressKey(address)}`, this.mostOfAddress)
  }

  private open(caller: string, mostOfCaller: number): HeldBody {
    let own = 0
    let listener = (): void => undefined
    const body: Arriving = {
      caller,
      since: this.clock(),
      end: () => {
        giveBack()
        listener()
      },
    }
    const giveBack = (): void => {
      this.arriving.delete(body)
      this.change(caller, -own)
      own = 0
    }
    this.arriving.add(body)
    return {
      add: (bytes) => {
        const more = bytes + pieceBytes
        while ((this.heldBy.get(caller) ?? 0) + more > mostOfCaller) this.endSlowest(body, caller)
        while (this.held + more > this.most) this.endSlowest(body)
        own += more
        this.change(caller, more)
      },
      arrived: () => this.arriving.delete(body),
      onEnded: (listen) => {
        listener = listen
      },
      giveBack,
    }
  }

  /**
   * Ends the body that has been arriving for the longest time, of one sender or of all. Throws `LimitError` when that
   * body is not slow, or is the one that needs room.
   */
  private endSlowest(taker: Arriving, caller?: string): void {
    const slowest = [...this.arriving].find((body) => caller === undefined || body.caller === caller)
    if (!slowest || slowest === taker || this.clock() - slowest.since <= slowMs)
      throw new LimitError('LIMIT_OVERLOAD', 1)
    slowest.end()
  }

  private change(caller: string, bytes: number): void {
    this.held += bytes
    const ofCaller = (this.heldBy.get(caller) ?? 0) + bytes
    if (ofCaller === 0) this.heldBy.delete(caller)
    else this.heldBy.set(caller, ofCaller)
  }
}

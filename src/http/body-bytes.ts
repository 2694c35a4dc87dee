import { addressKey } from './address-key.js'
import { doorLimits } from './door-limits.js'
import { LimitError } from './limit-error.js'

/** What one call's body takes of the bytes that may be held; to be given back when the call is over. */
export interface HeldBody {
  /** Throws: `LimitError` (503) when the process, or this caller, holds too much already and no slow body can be ended. */
  add: (bytes: number) => void
  /** The body has arrived whole: it is no longer ended to make room. */
  arrived: () => void
  /** Is told when the body was ended to make room; its bytes are given back then. */
  onEnded: (listener: () => void) => void
  giveBack: () => void
}

interface Arriving {
  caller: string
  since: number
  end: () => void
}

/** What a piece of a body takes beside its bytes, so that a body in pieces of one byte is not cheap. */
const pieceBytes = 256

/** A body that has been arriving for longer than this may be ended to make room. */
const slowMs = doorLimits.slowBodyMs.most

/**
 * Counts the bytes of bodies from their first byte until their call is over, since what is read from a body lives as long
 * as its call and takes several times its bytes.
 *
 * Shape: one for the process, so it outlives a reload. Where the bytes are full, of the process or of one caller, the body
 *        that has been arriving for longest makes room: any body, or one of that caller.
 * Units: milliseconds of a clock that never goes back.
 */
export class BodyBytes {
  private held = 0
  private readonly heldBy = new Map<string, number>()
  /** Bodies that have not arrived whole; the one that began first stands first. */
  private readonly arriving = new Set<Arriving>()

  constructor(
    private readonly most = doorLimits.bodyBytes.most,
    private readonly mostOfAddress = doorLimits.bodyBytesPerAddress.most,
    private readonly clock = (): number => performance.now(),
  ) {}

  /** Opens the count of one body of a client that is known: one of several holds half of the bytes at most. */
  openForClient(id: string, clients: number): HeldBody {
    return this.open(`client ${id}`, clients > 1 ? this.most / 2 : this.most)
  }

  /** Opens the count of one body from somebody who showed no token. */
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

  /** Ends the body that has been arriving for longest, of one caller or of all; throws when none has been for long. */
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

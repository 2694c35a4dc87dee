/** Runs one piece of work when the turn of its client comes, and returns the result of the work. */
type Turn = <Found>(whose: string, work: () => Found | Promise<Found>) => Promise<Found>

/** The queue in which the work of all clients waits for the event loop. */
export interface WorkLine {
  /** Runs work that starts a task: taking in a request, or reading the body of a call. */
  begin: Turn
  /** Runs work of a task that has started, ahead of all tasks of the same client that have not. */
  goOn: Turn
}

/** A client whose work waits, or whose work has just been done. */
interface Caller {
  /** The waiting pieces; the next piece to run is the first. */
  waiting: (() => void)[]
  /** The time that the client's work has taken, with the level of the waiting clients at its arrival as the start. */
  takenMs: number
}

/** The clients with waiting work; the next client is the one whose work has taken the least time. */
class Callers {
  /** The number of pieces that wait. */
  waiting = 0
  private readonly callers = new Map<string, Caller>()
  /** The `takenMs` of the last served client before its piece; every waiting client has at least this value. */
  private level = 0

  constructor(private readonly clock: () => number) {}

  /**
   * Puts a piece before or behind the other pieces of its client; a client without waiting work is raised to the
   * current level.
   */
  put(name: string, where: 'before' | 'behind', piece: () => void): void {
    const caller = this.callers.get(name) ?? { waiting: [], takenMs: this.level }
    this.callers.set(name, caller)
    if (caller.waiting.length === 0) caller.takenMs = Math.max(caller.takenMs, this.level)
    if (where === 'before') caller.waiting.unshift(piece)
    else caller.waiting.push(piece)
    this.waiting += 1
  }

  /** Runs the next piece, and adds its time to its client. */
  serve(): void {
    const caller = this.next()
    const piece = caller?.waiting.shift()
    if (!caller || !piece) return
    this.waiting -= 1
    this.level = caller.takenMs
    const begun = this.clock()
    piece()
    caller.takenMs += this.clock() - begun
  }

  /** Finds the next client, and forgets each client without waiting work that is not above the level. */
  private next(): Caller | undefined {
    let next: Caller | undefined
    for (const [name, caller] of this.callers) {
      if (caller.waiting.length > 0) {
        if (!next || caller.takenMs < next.takenMs) next = caller
      } else if (caller.takenMs <= this.level) this.callers.delete(name)
    }
    return next
  }
}

/** The length of one turn, after which the event loop takes new input; a started piece always runs to its end. */
const usualTurnMs = 5

/** Waits until the work that follows directly from the last piece has joined the queue. */
const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))

/**
 * Makes the work line: taking in requests, reading bodies, the steps of calls, and reading responses of FHIR servers.
 *
 * Shape:  one turn of the event loop runs pieces for five milliseconds, or one piece that takes longer. The next piece
 *         belongs to the client whose work has taken the least time, so a client with many or expensive calls delays
 *         another client by one piece at most. For one client, a started call ends before the next call starts.
 * Units:  milliseconds; `clock` never goes back. With `turnMs` 0 each piece has a turn of its own.
 * Edge:   for work that waits, only the time before the wait is counted.
 * Throws: the error that the work throws.
 */
export function makeWorkLine(
  clock: () => number = () => performance.now(),
  turnMs: number = usualTurnMs,
): WorkLine {
  const callers = new Callers(clock)
  let isServing = false

  async function serve(): Promise<void> {
    const ends = clock() + turnMs
    do {
      callers.serve()
      await nextTick()
    } while (callers.waiting > 0 && clock() < ends)
    isServing = callers.waiting > 0
    if (isServing) setImmediate(() => void serve())
  }

  function put(whose: string, where: 'before' | 'behind', piece: () => void): void {
    callers.put(whose, where, piece)
    if (isServing) return
    isServing = true
    setImmediate(() => void serve())
  }

  const turn =
    (where: 'before' | 'behind'): Turn =>
    (whose, work) =>
      new Promise((resolve, reject) => {
        put(whose, where, () => {
          try {
            resolve(work())
          } catch (error) {
            reject(error instanceof Error ? error : new Error('work threw what is no error'))
          }
        })
      })

  return { begin: turn('behind'), goOn: turn('before') }
}

/** Does one piece of work when it is the turn of whoever it is for, and gives what came of it. */
type Turn = <Found>(whose: string, work: () => Found | Promise<Found>) => Promise<Found>

/** Where all work for callers waits for the one thread. */
export interface WorkLine {
  /** Does work that begins something: takes in a request, or reads the body of a call. */
  begin: Turn
  /** Does work that was begun before, ahead of all that the same caller has not begun. */
  goOn: Turn
}

/** Somebody whose work waits, or has just been done. */
interface Caller {
  /** The piece to be done next stands first. */
  waiting: (() => void)[]
  /** Time that their work has taken, counted on from where the others stood when they came. */
  takenMs: number
}

/** Whose work waits, and whose is next: that of the caller whose work has taken the least time. */
class Callers {
  /** Pieces of work that wait. */
  waiting = 0
  private readonly callers = new Map<string, Caller>()
  /** Where the caller that was served last stood before: nobody who waits stands lower. */
  private level = 0

  constructor(private readonly clock: () => number) {}

  /** Puts a piece before or behind the others of its caller, who is put level with those who wait if they had none. */
  put(name: string, where: 'before' | 'behind', piece: () => void): void {
    const caller = this.callers.get(name) ?? { waiting: [], takenMs: this.level }
    this.callers.set(name, caller)
    if (caller.waiting.length === 0) caller.takenMs = Math.max(caller.takenMs, this.level)
    if (where === 'before') caller.waiting.unshift(piece)
    else caller.waiting.push(piece)
    this.waiting += 1
  }

  /** Does the next piece, and counts the time it takes. */
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

  /** The caller to serve next; who has no work left and is not above the level is forgotten. */
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

/** Work is done for so long before what arrived meanwhile is looked at; a piece that was begun is done to its end. */
const usualTurnMs = 5

/** Waits until all that the last piece of work led to at once is in the line. */
const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve))

/**
 * Makes the line of work: taking in requests, reading bodies, each step of a call, reading what a FHIR server answered.
 *
 * Shape:  in each turn of the event loop work of five milliseconds, or one piece that takes longer. The next piece is one of the
 *         caller whose work has taken the least time: who has many calls, or expensive ones, keeps no other waiting for longer
 *         than one piece. Of one caller a call that was begun is done to its end before the next one begins.
 * Units:  milliseconds; `clock` never goes back. With turns of 0 ms each piece has a turn of its own.
 * Edge:   of work that waits for something itself, only the part before that is counted.
 * Throws: what the work throws.
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

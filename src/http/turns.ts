/** Lets a call begin its work: at once, or in a later turn of the event loop when this one has been busy long enough. */
export type TakeTurn = () => Promise<void> | undefined

/** How turns are made up. */
export interface TurnPlan {
  /** How long a turn may go on beginning calls. */
  longestMs?: number
  /** Done between two calls of a turn: what others wait for and what cannot wait for its end. */
  between?: (() => void) | undefined
}

/**
 * Makes calls that arrive together begin in small groups, one group in each turn of the event loop.
 *
 * Shape: between two groups all else gets its turn: answers of FHIR servers and of the store, timers, health checks; and
 *        whatever the calls of one group have left for the next turn, such as their records, comes before the next group
 *        begins. So the records of one group are written while the next is decided, and no call waits for all that came
 *        with it.
 * Edge:  calls begin in the order they came. A call counts until it first waits for something outside.
 */
export function makeTurns(monotonic: () => number, { longestMs = 10, between }: TurnPlan = {}): TakeTurn {
  const waiting: (() => void)[] = []
  let begun: number | undefined
  let goesOn = false

  const newTurn = (): void => {
    begun = undefined
  }
  const mayBegin = (): boolean => {
    if (begun === undefined) {
      begun = monotonic()
      setImmediate(newTurn)
    } else between?.()
    return monotonic() - begun < longestMs
  }
  const goOn = (): void => {
    if (waiting.length === 0) goesOn = false
    else if (!mayBegin())
      setImmediate(goOn) // asked for last, so it comes behind what this turn has left for the next
    else {
      waiting.shift()?.()
      queueMicrotask(() => process.nextTick(goOn)) // when all that it does at once is done
    }
  }
  return () => {
    if (waiting.length === 0 && mayBegin()) return undefined
    if (!goesOn) setImmediate(goOn)
    goesOn = true
    return new Promise((begin) => waiting.push(begin))
  }
}

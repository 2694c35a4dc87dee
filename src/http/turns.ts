/** Lets a call begin its work: at once, or in a later turn of the event loop when this one has been busy long enough. */
export type TakeTurn = () => Promise<void> | undefined

/** Calls that came in one turn of the event loop, and of them those that wait. */
type Group = (() => void)[]

interface Turn {
  since: number
  group: Group
  groupSince: number
}

/** How turns are made up. */
export interface TurnPlan {
  /** How long a turn goes on beginning calls of one group, in ms. */
  longestMs?: number
  /** How old a turn may be when a further group begins in it, in ms. */
  sharedMs?: number
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
 * Edge:  calls begin in the order they came. A call counts until it first waits for something outside. Small groups share a
 *        turn, but none is divided to fill one: the part that is left would wait a whole turn longer than the rest.
 */
export function makeTurns(
  monotonic: () => number,
  { longestMs = 10, sharedMs = 3, between }: TurnPlan = {},
): TakeTurn {
  const waiting: Group[] = []
  let arriving: Group | undefined
  let turn: Turn | undefined
  let goesOn = false

  const endTurn = (): void => {
    turn = undefined
  }
  const endArriving = (): void => {
    arriving = undefined
  }
  const mayBegin = (group: Group): boolean => {
    if (turn) between?.()
    const now = monotonic()
    if (turn === undefined) {
      turn = { since: now, group, groupSince: now }
      setImmediate(endTurn)
    } else if (turn.group !== group) {
      if (now - turn.since >= sharedMs) return false
      turn.group = group
      turn.groupSince = now
    }
    return now - turn.groupSince < longestMs
  }
  const goOn = (): void => {
    const [group] = waiting
    if (!group) goesOn = false
    else if (!mayBegin(group))
      setImmediate(goOn) // asked for last, so it comes behind what this turn has left for the next
    else {
      group.shift()?.()
      if (group.length === 0) waiting.shift()
      queueMicrotask(() => process.nextTick(goOn)) // when all that it does at once is done
    }
  }
  return () => {
    if (arriving === undefined) {
      arriving = []
      setImmediate(endArriving)
    }
    const group = arriving
    if (waiting.length === 0 && mayBegin(group)) return undefined
    if (group.length === 0) waiting.push(group)
    if (!goesOn) setImmediate(goOn)
    goesOn = true
    return new Promise((begin) => group.push(begin))
  }
}

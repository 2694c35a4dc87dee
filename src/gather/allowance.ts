import { budgets } from '../protocol/limits.js'

/** An amount of response data from FHIR servers: bytes, compressed or not, and JSON values. */
export interface Amount {
  bytes: number
  values: number
}

/** The response data that may still be received: for one response, within its call, its client and the process. */
export interface Allowance {
  /** Takes an amount from this allowance and from every enclosing allowance, or from none; true when all had enough. */
  take(amount: Partial<Amount>): boolean
  giveBack(amount: Partial<Amount>): void
  /** Gives back everything that is still taken, and refuses every later `take`. */
  end(): void
}

/** Counts the pieces in which the responses of one call arrive; true while the call may receive more. */
export type TakePieces = (pieces: number) => boolean

/**
 * Makes the piece counter of one call. Each piece costs time although it may hold one byte, so no piece is given back.
 */
export function makePieceCount(): TakePieces {
  let left: number = budgets.fhirPieces.most
  return (pieces) => {
    left -= pieces
    return left >= 0
  }
}

/** Makes an allowance, enclosed in `whole` when there is one. */
export function makeAllowance(most: Amount, whole?: Allowance): Allowance {
  const taken: Amount = { bytes: 0, values: 0 }
  let ended = false

  function giveBack({ bytes = 0, values = 0 }: Partial<Amount>): void {
    if (ended) return
    taken.bytes -= bytes
    taken.values -= values
    whole?.giveBack({ bytes, values })
  }

  return {
    take({ bytes = 0, values = 0 }) {
      if (ended || taken.bytes + bytes > most.bytes || taken.values + values > most.values) return false
      if (whole && !whole.take({ bytes, values })) return false
      taken.bytes += bytes
      taken.values += values
      return true
    },
    giveBack,
    end() {
      giveBack(taken)
      ended = true
    },
  }
}

/**
 * Makes the allowances of the calls of one process, which together never exceed the allowance of the process.
 *
 * Edge: all calls of one client together have half of the process's allowance, so that the servers of one client cannot
 *       take the share of other clients.
 */
export function makeCallAllowances(): (clientId: string) => Allowance {
  const { fhirBytes, fhirValues, fhirBytesAtOnce, fhirValuesAtOnce } = budgets
  const process = makeAllowance({ bytes: fhirBytesAtOnce.most, values: fhirValuesAtOnce.most })
  const ofClients = new Map<string, Allowance>()
  return (clientId) => {
    const half = { bytes: fhirBytesAtOnce.most / 2, values: fhirValuesAtOnce.most / 2 }
    const ofClient = ofClients.get(clientId) ?? makeAllowance(half, process)
    ofClients.set(clientId, ofClient)
    return makeAllowance({ bytes: fhirBytes.most, values: fhirValues.most }, ofClient)
  }
}

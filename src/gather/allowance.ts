import { budgets } from '../protocol/limits.js'

/** A part of what FHIR servers answered: bytes, packed or unpacked, and JSON values. */
export interface Amount {
  bytes: number
  values: number
}

/** How much may still be received: of one answer, inside that of its call, inside those of its client and of the process. */
export interface Allowance {
  /** Takes an amount from this allowance and from all around it, or from none; says whether there was enough. */
  take(amount: Partial<Amount>): boolean
  giveBack(amount: Partial<Amount>): void
  /** Gives back all that is still taken; from then on nothing can be taken. */
  end(): void
}

/** Counts the pieces in which the answers of one call arrive; says whether so many more may. */
export type TakePieces = (pieces: number) => boolean

/** Makes the count of pieces of one call: each costs time although it may hold one byte, so none is given back. */
export function makePieceCount(): TakePieces {
  let left: number = budgets.fhirPieces.most
  return (pieces) => {
    left -= pieces
    return left >= 0
  }
}

/** Makes an allowance of its own, or inside another. */
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
 * Makes the allowances of the calls of one process, which together never pass that of the process.
 *
 * Edge: the calls of one client together have half of it, so that one client's servers cannot take what others need.
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

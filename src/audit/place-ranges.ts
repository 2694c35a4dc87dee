/** The places of records by stream: the first and last number of each unbroken run, in ascending order. */
export type PlaceRanges = Readonly<Record<string, readonly (readonly [first: number, last: number])[]>>

/** One place in the chain. */
export interface Place {
  stream: string
  seq: number
}

/** Groups places into ranges; the numbers of each stream may come in any order and more than once. */
export function rangesOf(places: readonly Place[]): PlaceRanges {
  const byStream = new Map<string, number[]>()
  for (const { stream, seq } of places) {
    const numbers = byStream.get(stream) ?? []
    numbers.push(seq)
    byStream.set(stream, numbers)
  }
  return Object.fromEntries([...byStream].map(([stream, numbers]) => [stream, runsOf(numbers)]))
}

function runsOf(numbers: readonly number[]): readonly [number, number][] {
  const runs: [number, number][] = []
  for (const seq of [...numbers].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && last[1] === seq - 1) last[1] = seq
    else runs.push([seq, seq])
  }
  return runs
}

/** A set of places that grows by ranges and tells whether it contains a place. */
export class PlaceSet {
  private readonly runs = new Map<string, { first: number; last: number }[]>()
  private sorted = true

  add(ranges: PlaceRanges): void {
    for (const [stream, added] of Object.entries(ranges)) {
      const known = this.runs.get(stream) ?? []
      for (const [first, last] of added) known.push({ first, last })
      this.runs.set(stream, known)
    }
    this.sorted = false
  }

  has({ stream, seq }: Place): boolean {
    if (!this.sorted) this.sort()
    const runs = this.runs.get(stream)
    if (!runs) return false
    let [from, to] = [0, runs.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((runs[middle]?.last ?? 0) < seq) from = middle + 1
      else to = middle
    }
    const found = runs[from]
    return found !== undefined && found.first <= seq
  }

  /** Merges runs that touch or overlap, so that a binary search works. */
  private sort(): void {
    for (const [stream, runs] of this.runs) {
      const joined: { first: number; last: number }[] = []
      for (const run of runs.sort((a, b) => a.first - b.first)) {
        const last = joined.at(-1)
        if (last && run.first <= last.last + 1) last.last = Math.max(last.last, run.last)
        else joined.push({ ...run })
      }
      this.runs.set(stream, joined)
    }
    this.sorted = true
  }
}

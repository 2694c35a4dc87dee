import { genesis } from '../chain.js'
import { checkpointHash } from '../checkpoint.js'
import type { Checkpoint } from '../checkpoint.js'
import type { Head, SignedHead } from '../signed-head.js'
import type { FaultList } from './faults.js'

/** A checkpoint as a line of the checkpoint file; `record` is the head of the stream at the checkpoint's record. */
export type CheckpointLine = Checkpoint & { record?: Head & Partial<SignedHead> }

interface Link {
  hash: string
  previous: string
}

const nameOf = (by: string, number: number): string => `checkpoint ${number} of stream ${by}`

const placeOf = ({ stream, seq }: { stream: string; seq: number }): string => `${stream} ${seq}`

/**
 * Checks that the checkpoints of each stream follow one another without gaps, and that a checkpoint list is complete.
 */
export class CheckpointLinks {
  private readonly byStream = new Map<string, Map<number, Link>>()
  /**
   * The content of a checkpoint list: hashes of its checkpoints, places of their records, and the numbers of each
   * stream.
   */
  private readonly list = {
    hashes: new Set<string>(),
    places: new Set<string>(),
    numbers: new Map<string, Set<number>>(),
  }
  private readonly expected: { name: string; isListed: () => boolean }[] = []
  private isGiven = false

  constructor(private readonly faults: FaultList) {}

  /** Takes a signed checkpoint from the export, a checkpoint list or an anchor file. */
  take(checkpoint: Checkpoint): void {
    const { by, number, previous } = checkpoint
    if (by === undefined || number === undefined || previous === undefined) return
    const links = this.byStream.get(by) ?? new Map<number, Link>()
    this.byStream.set(by, links)
    const hash = checkpointHash(checkpoint)
    const known = links.get(number)
    if (known && known.hash !== hash) this.faults.add({ of: nameOf(by, number), says: 'checkpoint-unlinked' })
    links.set(number, { hash, previous })
  }

  /** Begins the check of a checkpoint list, which may be empty. */
  begin(): void {
    this.isGiven = true
  }

  /** Takes a signed checkpoint of the checkpoint list. */
  listed(checkpoint: CheckpointLine): void {
    const { by, number, record } = checkpoint
    this.list.hashes.add(checkpointHash(checkpoint))
    if (record) this.list.places.add(placeOf(record))
    if (by === undefined || number === undefined) return
    const numbers = this.list.numbers.get(by) ?? new Set<number>()
    this.list.numbers.set(by, numbers.add(number))
  }

  /** Requires in the list the checkpoint of an anchor, or a checkpoint of an older copy of the list. */
  expectListed(what: SignedHead | CheckpointLine): void {
    if ('heads' in what) {
      const hash = checkpointHash(what)
      const name = what.by === undefined ? `checkpoint of ${what.at}` : nameOf(what.by, what.number ?? 0)
      this.expected.push({ name, isListed: () => this.list.hashes.has(hash) })
    } else {
      const place = placeOf(what)
      const name = `checkpoint that is record ${what.seq} of stream ${what.stream}`
      this.expected.push({ name, isListed: () => this.list.places.has(place) })
    }
  }

  /** Adds a fault for each missing or wrongly linked checkpoint. */
  end(): void {
    for (const [by, links] of this.byStream) this.checkStream(by, links)
    if (!this.isGiven) return
    for (const [by, numbers] of this.list.numbers)
      for (let number = 1; number < Math.max(...numbers); number += 1)
        if (!numbers.has(number)) this.faults.add({ of: nameOf(by, number), says: 'checkpoint-not-listed' })
    for (const { name, isListed } of this.expected)
      if (!isListed()) this.faults.add({ of: name, says: 'checkpoint-not-listed' })
  }

  private checkStream(by: string, links: ReadonlyMap<number, Link>): void {
    const last = Math.max(...links.keys())
    for (let number = 1, before = genesis; number <= last; number += 1) {
      const link = links.get(number)
      if (!link) this.faults.add({ of: nameOf(by, number), says: 'checkpoint-missing' })
      else if (link.previous !== before)
        this.faults.add({ of: nameOf(by, number), says: 'checkpoint-unlinked' })
      before = link?.hash ?? before
    }
  }
}

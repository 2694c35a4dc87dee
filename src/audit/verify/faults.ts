import type { ChainFault } from '../chain.js'

/** One fault of a log: its place and its kind. */
export interface LogFault {
  /** The line of the export, from 1; absent when something is missing. */
  line?: number
  stream?: string
  seq?: number
  /** A further name of the place: a card, a checkpoint, a line of another file. */
  of?: string
  says: ChainFault['says'] | keyof typeof otherWords
}

const chainWords: Readonly<Record<ChainFault['says'], string>> = {
  edited: 'was edited: its hash does not fit',
  'body-edited': 'has another body or salt than it was recorded with',
  missing: 'is missing',
  'out-of-order': 'is not where a next record belongs: repeated, moved or forked',
  unlinked: 'does not link to the record before it',
}

const otherWords = {
  'not-a-line': 'is no line as the export writes it: edited or torn',
  truncated: 'is missing: a signature says that the stream went on',
  forked: 'is another record than the one that was signed',
  'stream-unsigned': 'belongs to a stream that no process has signed',
  'record-unsigned': 'stands behind the signed end of its stream: the process did not write it',
  'head-forged': 'has a head that this key did not sign',
  'head-twice': 'has two heads',
  'body-missing': 'has no body, and no purge record names it',
  'purge-undone': 'has a body, although a purge record names it',
  'checkpoint-forged': 'is a checkpoint that this key did not sign',
  'checkpoint-unlinked': 'does not follow on the checkpoint before it',
  'checkpoint-missing': 'is missing: the checkpoints of a stream have no gaps',
  'checkpoint-not-listed': 'is missing in the checkpoint list, which was cut or edited',
  'anchor-unreadable': 'is neither an anchor nor a checkpoint, or this key did not sign it',
  'migration-missing':
    'no record says what the store held when signing began: the stream that held it was taken away',
  'migration-differs': 'says something else of the older records than another migration record',
  'column-edited': 'has a moment or a patient in its row that does not follow from it',
  'row-missing': 'lacks a row that follows from its body',
  'strange-row': 'is a row where the service writes none: invented or moved',
  'earlier-unfounded': 'follows from no record: its rows were put in, or changed, for the time of this call',
  'row-edited': 'has a row that does not follow from its body: edited, moved or invented',
} as const

/** Writes a fault as one line for people. */
export const faultLine = ({ line, stream, seq, of, says }: LogFault): string =>
  [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(stream === undefined ? [] : [`record ${seq ?? '?'} of stream ${stream}`]),
    ...(of === undefined ? [] : [of]),
    { ...chainWords, ...otherWords }[says],
  ].join(': ')

const mostFaults = 20

/** The first faults of a check; further faults are not kept. */
export class FaultList {
  readonly first: LogFault[] = []

  add(fault: LogFault): LogFault {
    if (this.first.length < mostFaults) this.first.push(fault)
    return fault
  }
}

import { execFile } from 'node:child_process'
import { anchorLine } from './signed-head.js'
import type { SignedHead } from './signed-head.js'

/** What tells the anchor line to the outside. */
export interface AnchorParts {
  clock: () => number
  log: { info(message: string, fields?: object): unknown; warn(message: string, fields?: object): unknown }
  /** Program and arguments; the anchor line is added as the last one. Absent: the log alone. */
  command: readonly string[] | undefined
}

const dayMs = 86_400_000
const longestMs = 30_000

/**
 * Makes what gives an anchor line away once a day, after a checkpoint: to the log, and to a command that keeps it where this
 * service cannot change it.
 *
 * Shape:   the command runs without a shell, with an empty environment, for at most 30 s; so it is named by its whole path.
 * Edge:    a command that fails is told in the log; the next checkpoint tries again.
 * Privacy: an anchor holds the name of a stream, a number, hashes and a moment.
 */
export function makeDailyAnchor({ clock, log, command = [] }: AnchorParts): (head: SignedHead) => void {
  let lastAt = Number.NEGATIVE_INFINITY
  const [program, ...args] = command
  return (head) => {
    const now = clock()
    if (now - lastAt < dayMs) return
    lastAt = now
    const anchor = anchorLine(head)
    log.info('audit anchor', { anchor })
    if (program === undefined) return
    const notKept = (): void => {
      lastAt = Number.NEGATIVE_INFINITY
      log.warn('audit anchor not kept', { next: 'see audit.anchorCommand; the next checkpoint tries again' })
    }
    try {
      execFile(program, [...args, anchor], { env: {}, timeout: longestMs }, (error) => {
        if (error) notKept()
      })
    } catch {
      notKept() // some commands cannot even be tried, such as one whose path leads through a file
    }
  }
}

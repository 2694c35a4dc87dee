import { execFile } from 'node:child_process'
import { anchorLine } from './signed-head.js'
import type { SignedHead } from './signed-head.js'

/** The parts that the daily anchor is built from. */
export interface AnchorParts {
  clock: () => number
  log: { info(message: string, fields?: object): unknown; warn(message: string, fields?: object): unknown }
  /**
   * The program and its arguments; the anchor line becomes the last argument. Absent: the anchor goes to the log only.
   */
  command: readonly string[] | undefined
}

const dayMs = 86_400_000
const longestMs = 30_000

/**
 * Makes the function that publishes an anchor line once a day, after a checkpoint: in the log, and through a command
 * that keeps the line where the service cannot change it.
 *
 * Shape:   the command runs without a shell, with an empty environment, for at most 30 s, and is named by its absolute
 *          path.
 * Edge:    a failed command is logged, and the next checkpoint tries again.
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
      notKept() // `execFile` throws for some commands, such as a path that leads through a file
    }
  }
}

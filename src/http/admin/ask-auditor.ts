import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'
import type { Beginning, Errand, Question } from '../../auditor/question.js'
import { environment } from '../../config/config.js'
import { ProtocolError } from '../../errors.js'
import type { Settings } from '../../config/settings.js'
import { LimitError } from '../limit-error.js'

/** How the answering process is started, and what it may cost. */
export interface AuditorParts {
  settings: Settings
  /** What node is given to run it: options, and the program as the last. */
  program: readonly string[]
  /** Heap of the process in MiB; `auditorHeapMiB` unless said otherwise. */
  heapMiB?: number
  /** The longest a question may take; ten minutes unless said otherwise. */
  longestMs?: number
  /** The node that runs it; the one of this process unless said otherwise. */
  execPath?: string
}

/** A place to ask one question from. */
export interface AuditorPlace {
  /**
   * Asks, and writes the answer as it comes, no faster than the caller takes it.
   *
   * Missing: 404 when there is nothing to explain; an empty answer to any other question.
   * Edge:    a caller who has left already is not asked for.
   * Throws:  `ProtocolError` when the process ended before it had answered anything: over its time or memory. `LimitError`
   *          (503) when it could not be started.
   */
  answer: (question: Question, res: Response) => Promise<void>
  leave: () => void
}

/** Those who answer auditors; one at a time, so that together they take no more than one process. */
export interface Auditors {
  /** Throws `LimitError` while another question is being answered. */
  enter: () => AuditorPlace
}

const retrySeconds = 10

/** Heap of the answering process; twice as much is what a host plans for all of that process. */
export const auditorHeapMiB = 128

/** Makes the way to ask questions of a process beside this one: it holds up no call, and ends none when it fails. */
export function makeAuditors(parts: AuditorParts): Auditors {
  let isBusy = false
  return {
    enter() {
      if (isBusy) throw new LimitError('LIMIT_OVERLOAD', retrySeconds)
      isBusy = true
      return {
        answer: (question, res) => answerBy(parts, { settings: parts.settings, question }, res),
        leave: () => {
          isBusy = false
        },
      }
    },
  }
}

function start({
  program,
  heapMiB = auditorHeapMiB,
  execPath = process.execPath,
}: AuditorParts): ChildProcess {
  const options = program.slice(0, -1)
  return fork(String(program.at(-1)), [], {
    execPath,
    execArgv: [
      ...options,
      '--disable-proto=delete',
      `--max-old-space-size=${heapMiB}`,
      '--max-semi-space-size=4',
    ],
    env: {
      ...environment(),
      NODE_OPTIONS: '', // those of the service are for many calls at once
    },
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
}

const tooMuch = (): ProtocolError =>
  new ProtocolError(
    'AUDIT_TOO_COSTLY',
    'The question took more time or memory than it may. Ask for a shorter range, or use the command line.',
  )

async function answerBy(parts: AuditorParts, errand: Errand, res: Response): Promise<void> {
  if (res.closed || res.destroyed) return // nothing would tell again that the caller is gone
  const child = start(parts)
  child.on('error', () => undefined) // a process that cannot be told something ends no service
  if (child.pid === undefined) throw new LimitError('LIMIT_OVERLOAD', retrySeconds) // the system gives no process
  const end = (): boolean => child.kill('SIGKILL')
  const late = setTimeout(end, parts.longestMs ?? 600_000)
  res.once('close', end)
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  try {
    child.send(errand)
    const beginning = await Promise.race([once(child, 'message'), exited.then(() => undefined)])
    if (!beginning) throw tooMuch()
    if ((beginning[0] as Beginning) === 'absent' && errand.question.ask === 'explain')
      throw new ProtocolError('PROTOCOL_PATH_UNKNOWN', 'There is no record of this call, or it was purged.')
    await pipeline(wholeAnswer(child, exited), res).catch(unlessGone)
  } finally {
    clearTimeout(late)
    end()
    await exited.catch(() => undefined)
  }
}

/** What the process writes; an error when it did not end well, so that half an answer is never taken for a whole one. */
async function* wholeAnswer(child: ChildProcess, exited: Promise<number | null>): AsyncGenerator<Buffer> {
  for await (const piece of child.stdout ?? []) yield piece as Buffer
  if ((await exited) !== 0) throw tooMuch()
}

/** A caller who goes away has ended the question; nothing is wrong. */
function unlessGone(error: unknown): void {
  if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

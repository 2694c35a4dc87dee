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

/** How the auditor process is started, and its limits. */
export interface AuditorParts {
  settings: Settings
  /** The arguments of Node.js: options, then the program. */
  program: readonly string[]
  /** The heap of the process in MiB; `auditorHeapMiB` by default. */
  heapMiB?: number
  /** The longest time for one question in milliseconds; ten minutes by default. */
  longestMs?: number
  /** The Node.js binary that runs the process; by default the binary of this process. */
  execPath?: string
}

/** The right to ask one question. */
export interface AuditorPlace {
  /**
   * Asks a question, and streams the response at the speed of the reader.
   *
   * Missing: 404 when there is no record to explain; for every other question the response is empty.
   * Edge:    no process is started when the connection has closed already.
   * Throws:  `ProtocolError` when the process ended before any output, over its time or its memory. `LimitError` (503)
   *          when the process could not be started.
   */
  answer: (question: Question, res: Response) => Promise<void>
  leave: () => void
}

/** The place that answers auditors: one question at a time, so that all questions together use one process. */
export interface Auditors {
  /** Takes the place. Throws `LimitError` while another question is being answered. */
  enter: () => AuditorPlace
}

const retrySeconds = 10

/** The heap of the auditor process in MiB; the whole process needs up to twice as much memory. */
export const auditorHeapMiB = 128

/**
 * Makes the function that asks questions of a separate process, so that a question neither delays calls nor fails with
 * them.
 */
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
      NODE_OPTIONS: '', // the options of the service are meant for many calls at once
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
  if (res.closed || res.destroyed) return // a closed response emits no second event for a closed connection
  const child = start(parts)
  child.on('error', () => undefined) // an error in the channel to the process must not end the service
  if (child.pid === undefined) throw new LimitError('LIMIT_OVERLOAD', retrySeconds) // the system could not start a process
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

/**
 * Streams the output of the process, and fails when the process did not end well, so that no partial response looks
 * complete.
 */
async function* wholeAnswer(child: ChildProcess, exited: Promise<number | null>): AsyncGenerator<Buffer> {
  for await (const piece of child.stdout ?? []) yield piece as Buffer
  if ((await exited) !== 0) throw tooMuch()
}

/** Ignores the error of a closed connection: the reader has ended the question. */
function unlessGone(error: unknown): void {
  if ((error as { code?: unknown }).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

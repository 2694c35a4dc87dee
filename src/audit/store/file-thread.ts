import { Worker } from 'node:worker_threads'

/** Where the file is and what is set before anything is asked. */
export interface FileSettings {
  path: string
  pragmas: readonly string[]
}

/** One statement with its values. */
export interface FileStatement {
  sql: string
  parameters: readonly unknown[]
}

/** Statements for the thread, with the number their answer will carry; more than one are a transaction of their own. */
export interface ThreadQuestion {
  id: number
  statements: readonly FileStatement[]
}

/** Rows or the count of rows that changed, of the last statement; or what the database said. */
export type ThreadAnswer =
  { id: number; rows: unknown[]; changes?: number; failed?: undefined } | { id: number; failed: string }

/** What a statement gave. */
export interface Given {
  rows: unknown[]
  changes?: number
}

/** A database file held by a thread of its own, so that writing to disk holds up no call. */
export interface FileThread {
  /** Runs one statement; statements run in the order they were asked. Throws what the database said. */
  ask(sql: string, parameters?: readonly unknown[]): Promise<Given>
  /** Runs all of several statements or none of them. Throws what the database said. */
  allOrNothing(statements: readonly FileStatement[]): Promise<void>
  /** Resolves when the file is closed. */
  close(): Promise<void>
}

interface Waiting {
  given: (answer: Given) => void
  failed: (error: Error) => void
}

/** One life of the thread: from its start until it ends, by our wish or not. */
interface Life {
  worker: Worker
  /** Only an open life takes questions; of a closing one the end is awaited. */
  state: 'open' | 'closing' | 'over'
  waiting: Map<number, Waiting>
  /** Asked in this turn and not yet handed over. */
  unsent: ThreadQuestion[]
  ended: Promise<void>
}

const program = new URL('./file-thread.worker.mjs', import.meta.url)

/** Starts the thread. A question that it has not answered when it ends fails. */
function beginLife(settings: FileSettings): Life {
  const worker = new Worker(program, { workerData: settings, execArgv: [] })
  const waiting = new Map<number, Waiting>()
  let cause = new Error('the audit database was closed')
  worker.unref()
  worker.on('message', (given: readonly ThreadAnswer[]) => {
    for (const answer of given) {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.failed === undefined) asked?.given(answer)
      else asked?.failed(new Error(answer.failed))
    }
    if (waiting.size === 0 && life.state === 'open') worker.unref()
  })
  worker.on('error', (error: Error) => {
    cause = error
  })
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => {
      life.state = 'over' // before anybody is told: who asks again at once begins another life
      for (const { failed } of waiting.values()) failed(cause)
      resolve()
    })
  })
  const life: Life = { worker, state: 'open', waiting, unsent: [], ended }
  return life
}

function send({ worker, unsent }: Life): void {
  if (unsent.length > 0) worker.postMessage(unsent.splice(0))
}

/**
 * Makes a handle on a database file; the thread starts with the first question.
 *
 * Shape:  single statements of one turn of the event loop go over in one message, and so do their answers: a message costs
 *         more than most statements.
 * Edge:   a thread that ended (the file could not be opened) fails what it was asked; the next question starts another.
 *         It keeps the process alive only while an answer is due. What it answered before it ended counts.
 * Throws: from `ask`, what the database said.
 */
export function makeFileThread(settings: FileSettings): FileThread {
  let life: Life | undefined
  let lastId = 0

  /** Puts a question to the thread: at once, or with the others of this turn. */
  const put = (statements: readonly FileStatement[], when: 'at-once' | 'with-others'): Promise<Given> =>
    new Promise((given, failed) => {
      if (life?.state !== 'open') life = beginLife(settings)
      const current = life
      const { worker, waiting, unsent } = current
      const id = (lastId += 1)
      if (waiting.size === 0) worker.ref()
      waiting.set(id, { given, failed })
      unsent.push({ id, statements })
      if (when === 'at-once') send(current)
      else if (unsent.length === 1) setImmediate(send, current)
    })

  return {
    ask: (sql, parameters = []) => put([{ sql, parameters }], 'with-others'),
    async allOrNothing(statements) {
      if (statements.length > 0) await put(statements, 'at-once')
    },
    async close() {
      if (life?.state !== 'open') return
      const { worker, ended } = life
      send(life)
      life.state = 'closing'
      worker.ref()
      worker.postMessage('close')
      await ended
    },
  }
}

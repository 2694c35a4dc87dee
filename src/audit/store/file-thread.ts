import { Worker } from 'node:worker_threads'

/** The path of the database file, and the pragmas that are set before the first statement. */
export interface FileSettings {
  path: string
  pragmas: readonly string[]
}

/** One statement with its parameters. */
export interface FileStatement {
  sql: string
  parameters: readonly unknown[]
}

/** Statements for the thread, with the id of their answer; several statements form a transaction. */
export interface ThreadQuestion {
  id: number
  statements: readonly FileStatement[]
}

/** The rows or the number of changed rows of the last statement, or the error message of the database. */
export type ThreadAnswer =
  { id: number; rows: unknown[]; changes?: number; failed?: undefined } | { id: number; failed: string }

/** The result of a statement. */
export interface Given {
  rows: unknown[]
  changes?: number
}

/** A database file that a separate thread opens, so that writing to disk does not block the event loop. */
export interface FileThread {
  /** Runs one statement; statements run in the order of the calls. Throws the error of the database. */
  ask(sql: string, parameters?: readonly unknown[]): Promise<Given>
  /** Runs all statements or none of them. Throws the error of the database. */
  allOrNothing(statements: readonly FileStatement[]): Promise<void>
  /** Closes the file; resolves when it is closed. */
  close(): Promise<void>
}

interface Waiting {
  given: (answer: Given) => void
  failed: (error: Error) => void
}

/** One run of the thread, from its start to its end, whether closed or failed. */
interface Life {
  worker: Worker
  /** Only an open run takes statements; a closing run is awaited. */
  state: 'open' | 'closing' | 'over'
  waiting: Map<number, Waiting>
  /** Statements of this turn of the event loop that are not sent yet. */
  unsent: ThreadQuestion[]
  ended: Promise<void>
}

const program = new URL('./file-thread.worker.mjs', import.meta.url)

/** Starts the thread. When the thread ends, every statement without an answer fails. */
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
      life.state = 'over' // set before the promises fail, so that a caller who asks again at once starts another thread
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
 * Makes a handle on a database file; the first statement starts the thread.
 *
 * Shape:  the single statements of one turn of the event loop are sent in one message, and their answers return in one
 *         message, because a message costs more than most statements.
 * Edge:   when the thread ends (for example because the file could not be opened), its open statements fail and the
 *         next statement starts another thread. The thread keeps the process alive only while an answer is due. Answers
 *         before its end are valid.
 * Throws: from `ask`, the error of the database.
 */
export function makeFileThread(settings: FileSettings): FileThread {
  let life: Life | undefined
  let lastId = 0

  /** Sends statements to the thread: at once, or together with the other statements of this turn. */
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

import { Worker } from 'node:worker_threads'

/** Where the file is and what is set before anything is asked. */
export interface FileSettings {
  path: string
  pragmas: readonly string[]
}

/** A statement for the thread, with the number its answer will carry. */
export interface Question {
  id: number
  sql: string
  parameters: readonly unknown[]
}

/** Rows or the count of rows that changed; or what the database said. */
export type Answer =
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
  waiting: Map<number, Waiting>
  ended: Promise<void>
}

const program = new URL('./file-thread.worker.mjs', import.meta.url)

/**
 * Makes a handle on a database file; the thread starts with the first question.
 *
 * Edge:   a thread that ended (the file could not be opened) fails what it was asked; the next question starts another.
 *         It keeps the process alive only while an answer is due.
 * Throws: from `ask`, what the database said.
 */
export function makeFileThread(settings: FileSettings): FileThread {
  let life: Life | undefined
  let lastId = 0

  const begin = (): Life => {
    const worker = new Worker(program, { execArgv: [] })
    worker.postMessage(settings)
    const waiting = new Map<number, Waiting>()
    let cause = new Error('the audit database was closed')
    worker.unref()
    worker.on('message', (answer: Answer) => {
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (waiting.size === 0) worker.unref()
      if (answer.failed === undefined) asked?.given(answer)
      else asked?.failed(new Error(answer.failed))
    })
    worker.on('error', (error: Error) => {
      cause = error
    })
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => {
        if (life?.worker === worker) life = undefined
        for (const { failed } of waiting.values()) failed(cause)
        resolve()
      })
    })
    return { worker, waiting, ended }
  }

  return {
    ask: (sql, parameters = []) =>
      new Promise((given, failed) => {
        life ??= begin()
        const id = (lastId += 1)
        if (life.waiting.size === 0) life.worker.ref()
        life.waiting.set(id, { given, failed })
        life.worker.postMessage({ id, sql, parameters } satisfies Question)
      }),
    async close() {
      if (!life) return
      const { worker, ended } = life
      life = undefined
      worker.ref()
      worker.postMessage('close')
      await ended
    },
  }
}

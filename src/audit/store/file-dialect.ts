import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import { inMemory } from './database-file.js'
import { makeFileThread } from './file-thread.js'
import type { FileThread, Given } from './file-thread.js'

/** A connection that holds the write lock of this process during a transaction. */
interface FileConnection extends DatabaseConnection {
  begin(): Promise<void>
  end(how: 'commit' | 'rollback'): Promise<void>
  /** Releases the write lock, after a commit or a rollback. */
  leave(): void
}

/** Waits for the write lock, in the order of the requests; resolves with the function that releases the lock. */
type Turns = () => Promise<() => void>

function makeTurns(): Turns {
  let last = Promise.resolve()
  return () => {
    const before = last
    let leave = (): void => undefined
    last = new Promise((resolve) => {
      leave = resolve
    })
    return before.then(() => leave)
  }
}

const resultOf = <Row>({ rows, changes }: Given): QueryResult<Row> => ({
  rows: rows as Row[],
  ...(changes !== undefined && { numAffectedRows: BigInt(changes) }),
})

/** Sends reads outside a transaction to the reader, which needs no lock; every other query waits for the write lock. */
function makeConnection(reader: FileThread, writer: FileThread, turns: Turns): FileConnection {
  let leave: (() => void) | undefined
  const write = async ({ sql, parameters }: CompiledQuery): Promise<Given> => {
    if (leave) return writer.ask(sql, parameters)
    const done = await turns()
    return writer.ask(sql, parameters).finally(done)
  }
  return {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const reads = !leave && query.sql.trimStart().startsWith('select')
      return resultOf(await (reads ? reader.ask(query.sql, query.parameters) : write(query)))
    },
    streamQuery() {
      throw new Error('the audit is read in pages, never as a stream')
    },
    async begin() {
      leave = await turns()
      await writer.ask('begin immediate')
    },
    async end(how) {
      await writer.ask(how)
    },
    leave() {
      leave?.()
      leave = undefined
    },
  }
}

/** The threads that open a file. */
interface Threads {
  reader: FileThread
  writer: FileThread
  mover: FileThread
}

function makeDriver({ reader, writer, mover }: Threads, turns: Turns): Driver {
  const own = (connection: DatabaseConnection): FileConnection => connection as FileConnection
  return {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(makeConnection(reader, writer, turns)),
    beginTransaction: (connection) => own(connection).begin(),
    commitTransaction: (connection) => own(connection).end('commit'),
    rollbackTransaction: (connection) => own(connection).end('rollback'),
    releaseConnection(connection) {
      own(connection).leave()
      return Promise.resolve()
    },
    async destroy() {
      await mover.close()
      await reader.close()
      await writer.close()
    },
  }
}

/** Set first, because another process may lock the file for a moment. */
const patience = 'busy_timeout = 100'

const writing = [
  patience,
  'journal_mode = WAL',
  'synchronous = FULL',
  'wal_autocheckpoint = 16000', // 64 MB, a limit rarely reached because another thread moves the log into the file
  'secure_delete = ON', // purged data are overwritten, not only marked as free
]

const reading = [patience, 'query_only = ON']

/**
 * The number of transactions after which the log is moved into the file; rare large moves would delay commits by their
 * syncs.
 */
const moveAfter = 16

/**
 * Makes the function that moves the write-ahead log into the file while the writer goes on; the writer itself would
 * delay all calls during the move.
 *
 * Edge: pages that cannot be moved now are moved the next time, or by the writer when the log has grown long.
 */
function makeLogMover(thread: FileThread): () => void {
  let waiting = 0
  let moving = false
  return () => {
    waiting += 1
    if (moving || waiting < moveAfter) return
    waiting = 0
    moving = true
    const done = (): void => {
      moving = false
    }
    thread.ask('pragma wal_checkpoint(PASSIVE)').then(done, done)
  }
}

/** The Kysely dialect of a database file, with a shorter path for a transaction whose statements are all known. */
export interface FileDialect extends Dialect {
  /** Runs all queries in one transaction, with one message to the thread. Throws the error of the database. */
  allOrNothing: (queries: readonly CompiledQuery[]) => Promise<void>
}

/**
 * Makes the dialect of a database file: one thread writes, one thread reads, one thread moves the log, and none delays
 * calls.
 *
 * Edge: the reader sees everything committed before its query. With `to` "read", a query that writes fails.
 */
export function fileDialect(path: string, to: 'read' | 'write' = 'write'): FileDialect {
  const writer = makeFileThread({ path, pragmas: to === 'write' ? writing : reading })
  const reader = path === inMemory ? writer : makeFileThread({ path, pragmas: reading })
  const mover = makeFileThread({ path, pragmas: [patience] })
  const moveLog = path === inMemory ? () => undefined : makeLogMover(mover)
  const turns = makeTurns()
  return {
    async allOrNothing(queries) {
      const done = await turns()
      await writer.allOrNothing(queries.map(({ sql, parameters }) => ({ sql, parameters }))).finally(done)
      moveLog()
    },
    createDriver: () => makeDriver({ reader, writer, mover }, turns),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new SqliteAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  }
}

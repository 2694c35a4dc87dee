import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely'
import { inMemory } from './database-file.js'
import { makeFileThread } from './file-thread.js'
import type { FileThread, Given } from './file-thread.js'

/** A connection that may hold the right to write while its transaction lasts. */
interface FileConnection extends DatabaseConnection {
  begin(): Promise<void>
  end(how: 'commit' | 'rollback'): Promise<void>
  /** Gives back the right to write, however the transaction went. */
  leave(): void
}

/** Lets one in at a time, in the order they came; resolves with the way out. */
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

/** Reads outside a transaction go to the reader and wait for no writing; everything else waits for its turn to write. */
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

/** The threads that hold a file. */
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

/** Before all others: another process may hold the file for a moment. */
const patience = 'busy_timeout = 100'

const writing = [
  patience,
  'journal_mode = WAL',
  'synchronous = FULL',
  'wal_autocheckpoint = 16000', // 64 MB: the log is moved into the file by another thread, long before
  'secure_delete = ON', // what is purged is overwritten, not only forgotten
]

const reading = [patience, 'query_only = ON']

/** After so many transactions the log is moved into the file: little and often, or its syncs hold up the commits of a moment. */
const moveAfter = 16

/**
 * Moves what the write-ahead log holds into the file, beside the writing, which goes on meanwhile: done by the writer
 * itself it would hold up all calls of that moment.
 *
 * Edge: what cannot be moved now is moved the next time, or by the writer when the log has grown long.
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

/** Kysely's way to a database file, and a shorter one for a transaction whose statements are all known. */
export interface FileDialect extends Dialect {
  /** Runs all of the queries in one transaction, with one message to the thread. Throws what the database said. */
  allOrNothing: (queries: readonly CompiledQuery[]) => Promise<void>
}

/**
 * Makes the way to a database file: one thread writes, one reads, one moves the log, and none holds up the calls.
 *
 * Edge: the reader sees what was committed before it was asked. Opened to read, a query that writes fails.
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

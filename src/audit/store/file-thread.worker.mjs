import { parentPort, workerData } from 'node:worker_threads'
import LibsqlDatabase from 'libsql'
import { safeRows } from './safe-rows.mjs'

/** @typedef {import('kysely').SqliteStatement} Statement */
/** @typedef {Statement & { columns: () => readonly { name: string }[] }} Prepared */
/** @typedef {import('./file-thread.js').FileSettings} FileSettings */
/** @typedef {import('./file-thread.js').FileStatement} FileStatement */
/** @typedef {import('./file-thread.js').ThreadQuestion} Question */
/** @typedef {import('./file-thread.js').ThreadAnswer} Answer */

// Runs in a worker thread: opens the file, then runs the statements of each question in the order of arrival.

/** The most prepared statements in the cache; each batch size needs its own statement. */
const mostStatements = 200

/** @param {FileSettings} settings */
function open({ path, pragmas }) {
  const database = new LibsqlDatabase(path)
  for (const pragma of pragmas) database.pragma(pragma)
  return database
}

/**
 * A prepared statement, with the function that runs it.
 *
 * @typedef {{ rows: (parameters: readonly unknown[]) => unknown[] } | { run: Statement['run'] }} Ready
 */

/**
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {string} sql
 * @returns {Ready}
 */
function madeReady(database, sql) {
  /** @param {string} text */
  const prepare = (text) => /** @type {Prepared} */ (/** @type {unknown} */ (database.prepare(text)))
  const statement = prepare(sql)
  if (!statement.reader) return { run: (parameters) => statement.run(parameters) }
  const columns = statement.columns().map(({ name }) => name)
  if (sql.trimStart().startsWith('select')) return { rows: safeRows(prepare, sql, columns) }
  return { rows: (parameters) => statement.all(parameters) }
}

/**
 * Prepares each statement once, because preparing an insert costs more than running it.
 *
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {Map<string, Ready>} prepared
 * @param {string} sql
 */
function readyOf(database, prepared, sql) {
  const known = prepared.get(sql)
  if (known) return known
  const ready = madeReady(database, sql)
  if (prepared.size >= mostStatements) prepared.clear()
  prepared.set(sql, ready)
  return ready
}

/** @type {FileStatement} */
const begin = { sql: 'begin immediate', parameters: [] }
/** @type {FileStatement} */
const commit = { sql: 'commit', parameters: [] }
/** @type {FileStatement} */
const rollback = { sql: 'rollback', parameters: [] }

/**
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {(sql: string) => Ready} prepare
 * @param {FileStatement} statement
 */
function run(database, prepare, { sql, parameters }) {
  if (sql === rollback.sql && !database.inTransaction) return { rows: [] } // on a full disk the database has rolled back already
  const ready = prepare(sql)
  if ('rows' in ready) return { rows: ready.rows(parameters) }
  return { rows: [], changes: Number(ready.run(parameters).changes) }
}

/**
 * Runs all statements or none of them.
 *
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {(sql: string) => Ready} prepare
 * @param {readonly FileStatement[]} statements
 */
function allOrNothing(database, prepare, statements) {
  run(database, prepare, begin)
  try {
    for (const statement of statements) run(database, prepare, statement)
    run(database, prepare, commit)
  } catch (error) {
    run(database, prepare, rollback)
    throw error
  }
  return { rows: [] }
}

/**
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {(sql: string) => Ready} prepare
 * @param {Question} question
 * @returns {Answer}
 */
function answerTo(database, prepare, { id, statements }) {
  try {
    const [first, ...more] = statements
    if (!first || more.length > 0) return { id, ...allOrNothing(database, prepare, statements) }
    return { id, ...run(database, prepare, first) }
  } catch (error) {
    return { id, failed: error instanceof Error ? error.message : 'the database failed' }
  }
}

/** @type {unknown} */
const given = workerData
const settings = /** @type {FileSettings} */ (given)
const database = open(settings)
/** @type {Map<string, Ready>} */
const prepared = new Map()
/** @param {string} sql */
const prepare = (sql) => readyOf(database, prepared, sql)
const close = () => {
  prepared.clear()
  database.pragma('wal_checkpoint(TRUNCATE)') // purged data must not stay in the write-ahead log
  database.close()
  parentPort?.close()
}
parentPort?.on('message', (/** @type {readonly Question[] | 'close'} */ asked) => {
  if (asked === 'close') close()
  else parentPort?.postMessage(asked.map((question) => answerTo(database, prepare, question)))
})

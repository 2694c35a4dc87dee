import { parentPort } from 'node:worker_threads'
import LibsqlDatabase from 'libsql'

/** @typedef {import('kysely').SqliteStatement} Statement */
/** @typedef {import('./file-thread.js').FileSettings} FileSettings */
/** @typedef {import('./file-thread.js').FileStatement} FileStatement */
/** @typedef {import('./file-thread.js').Start} Start */
/** @typedef {import('./file-thread.js').Question} Question */
/** @typedef {import('./file-thread.js').Answer} Answer */

// Runs in a thread of its own: opens the file, then answers one question after another, in the order they came.

/** How many prepared statements are kept; a batch of each size has its own. */
const mostStatements = 200

/** @param {FileSettings} settings */
function open({ path, pragmas }) {
  const database = new LibsqlDatabase(path)
  for (const pragma of pragmas) database.pragma(pragma)
  return database
}

/**
 * Prepares each statement once: preparing an insert costs more than running it.
 *
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {Map<string, Statement>} prepared
 * @param {string} sql
 */
function statementOf(database, prepared, sql) {
  const known = prepared.get(sql)
  if (known) return known
  const statement = /** @type {Statement} */ (/** @type {unknown} */ (database.prepare(sql)))
  if (prepared.size >= mostStatements) prepared.clear()
  prepared.set(sql, statement)
  return statement
}

/** @type {FileStatement} */
const rollback = { sql: 'rollback', parameters: [] }

/**
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {(sql: string) => Statement} prepare
 * @param {FileStatement} statement
 */
function run(database, prepare, { sql, parameters }) {
  if (sql === rollback.sql && !database.inTransaction) return { rows: [] } // a full disk has taken it back already
  const statement = prepare(sql)
  if (statement.reader) return { rows: statement.all(parameters) }
  return { rows: [], changes: Number(statement.run(parameters).changes) }
}

/**
 * Runs all of the statements or none of them.
 *
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {(sql: string) => Statement} prepare
 * @param {readonly FileStatement[]} statements
 */
function allOrNothing(database, prepare, statements) {
  prepare('begin immediate').run([])
  try {
    for (const statement of statements) run(database, prepare, statement)
    prepare('commit').run([])
  } catch (error) {
    run(database, prepare, rollback)
    throw error
  }
  return { rows: [] }
}

/**
 * @param {InstanceType<typeof LibsqlDatabase>} database
 * @param {(sql: string) => Statement} prepare
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

parentPort?.once('message', (/** @type {Start} */ { settings, answers }) => {
  const database = open(settings)
  /** @type {Map<string, Statement>} */
  const prepared = new Map()
  /** @param {string} sql */
  const prepare = (sql) => statementOf(database, prepared, sql)
  const close = () => {
    prepared.clear()
    database.pragma('wal_checkpoint(TRUNCATE)') // what was purged must not live on in the write-ahead log
    database.close()
    answers.close()
    parentPort?.close()
  }
  parentPort?.on('message', (/** @type {readonly Question[] | 'close'} */ asked) => {
    if (asked === 'close') close()
    else answers.postMessage(asked.map((question) => answerTo(database, prepare, question)))
  })
})

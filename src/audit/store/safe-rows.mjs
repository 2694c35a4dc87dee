// The binding ends the whole process over text that is no UTF-8, and anybody who can write to the file can put such text
// into it. So no text is read as text: a row comes as bytes, and bytes that are no UTF-8 become U+FFFD.

/** @typedef {import('kysely').SqliteStatement} Statement */

/** Columns of long texts come by themselves: to write them as JSON would cost more than to read them. */
const longTexts = new Set(['body', 'sealed'])

/** @param {string} name */
const quoted = (name) => `"${name.replaceAll('"', '""')}"`

/** @param {unknown} bytes */
const textOf = (bytes) => (bytes instanceof ArrayBuffer ? Buffer.from(bytes).toString('utf8') : null)

/**
 * Makes a reader of the rows of a query.
 *
 * Missing: bytes in a column of short text are read as null; the service writes none.
 *
 * @param {(sql: string) => Statement} prepare
 * @param {string} sql
 * @param {readonly string[]} columns
 * @returns {(parameters: readonly unknown[]) => Record<string, unknown>[]}
 */
export function safeRows(prepare, sql, columns) {
  const long = columns.filter((name) => longTexts.has(name))
  const short = columns.filter((name) => !longTexts.has(name))
  const values = short.map(
    (name) => `case typeof(${quoted(name)}) when 'blob' then null else ${quoted(name)} end`,
  )
  const bytes = [`json_array(${values.join(', ')})`, ...long.map(quoted)].map(
    (value) => `cast(${value} as blob)`,
  )
  const statement = prepare(
    `select ${bytes.map((value, at) => `${value} as c${at}`).join(', ')} from (${sql})`,
  )
  return (parameters) => {
    const rows = /** @type {readonly Record<string, unknown>[]} */ (statement.all(parameters))
    return rows.map((row) => {
      /** @type {unknown} */
      const parsed = JSON.parse(textOf(row['c0']) ?? '[]')
      const given = /** @type {readonly unknown[]} */ (parsed)
      return Object.fromEntries([
        ...short.map((name, at) => /** @type {const} */ ([name, given[at]])),
        ...long.map((name, at) => /** @type {const} */ ([name, textOf(row[`c${at + 1}`])])),
      ])
    })
  }
}

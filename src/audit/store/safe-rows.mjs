// Reading text of invalid UTF-8 crashes the database binding and the whole process, and any account that can write to the
// file can insert such text. Therefore no column is read as text: each row is read as bytes, and invalid UTF-8 becomes U+FFFD.

/** @typedef {import('kysely').SqliteStatement} Statement */

/** The columns of long texts, which are read separately because encoding them as JSON would cost more than reading them. */
const longTexts = new Set(['body', 'sealed'])

/** @param {string} name */
const quoted = (name) => `"${name.replaceAll('"', '""')}"`

/** @param {unknown} bytes */
const textOf = (bytes) => (bytes instanceof ArrayBuffer ? Buffer.from(bytes).toString('utf8') : null)

/**
 * Makes the function that reads the rows of a query.
 *
 * Missing: a blob in a column of short text is read as null; the service writes no blobs.
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

import { UsageError } from './usage-error.js'

/** How often a site uses one code. */
export interface CodeFrequency {
  resource: string
  system: string
  code: string
  display: string
  count: number
}

const columns = ['resource', 'system', 'code', 'display', 'count'] as const

/** One cell, plain or in quotes, and the comma or line end behind it. */
const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y

/** Splits a CSV text into rows of cells; a cell in quotes may hold commas, line ends and doubled quotes. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  cell.lastIndex = 0
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text)
    if (!found) throw new UsageError(`Row ${rows.length + 1} is not CSV: a quote stands within a cell.`)
    const [, written = '', end] = found
    row.push(written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written.trim())
    if (end === ',' && cell.lastIndex < text.length) continue
    rows.push(row)
    row = []
  }
  return rows.filter((cells) => cells.some((one) => one !== ''))
}

/**
 * Reads the code frequencies of a site from CSV with the columns resource, system, code, display and count, in any order.
 *
 * Throws: `UsageError` with the row and what to write there.
 */
export function readFrequencies(file: string, text: string): readonly CodeFrequency[] {
  const [head = [], ...rows] = rowsOf(text.replace(/^\uFEFF/, ''))
  const names = head.map((name) => name.toLowerCase())
  const lacking = columns.filter((name) => !names.includes(name))
  if (lacking.length > 0)
    throw new UsageError(
      `The first row of ${file} lacks ${lacking.join(', ')}. Write the columns ${columns.join(',')}; display may be empty.`,
    )
  if (rows.length === 0)
    throw new UsageError(`${file} has no row below its columns. Export one row for each code.`)
  return rows.map((row, at) => {
    const of = (name: (typeof columns)[number]): string => row[names.indexOf(name)] ?? ''
    const count = Number(of('count'))
    if (of('count') === '' || !Number.isInteger(count) || count < 0)
      throw new UsageError(`Row ${at + 2} of ${file} has the count "${of('count')}". Write a whole number.`)
    if (of('code') === '')
      throw new UsageError(
        `Row ${at + 2} of ${file} has no code. Leave out what has no code, or write its code.`,
      )
    return { resource: of('resource'), system: of('system'), code: of('code'), display: of('display'), count }
  })
}

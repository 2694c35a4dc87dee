type Cell = string | number | undefined

/** Letters a spreadsheet takes for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/

/**
 * One cell that no spreadsheet runs: text that looks like a formula gets an apostrophe before it.
 *
 * Shape:  numbers stay numbers, also negative ones; quotes are doubled as RFC 4180 says.
 * Source: SEC-122
 */
export function csvCell(value: Cell): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const safe = formula.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One line of a table, without line end. */
export const csvLine = (cells: readonly Cell[]): string => cells.map(csvCell).join(',')

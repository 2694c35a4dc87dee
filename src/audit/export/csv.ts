type Cell = string | number | undefined

/** Characters with which a spreadsheet starts a formula. */
const formula = /^[=+\-@\t\r]/

/**
 * Writes one cell that no spreadsheet evaluates: a text that looks like a formula gets an apostrophe before it.
 *
 * Shape:  numbers stay numbers, also negative numbers; quotes are doubled as RFC 4180 says.
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

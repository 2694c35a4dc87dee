const scheme = 'file:'

/** The path of a database in memory, which only the thread that made it can see. */
export const inMemory = ':memory:'

/**
 * The path of an audit database that is a file (`file:./data/audit.db`).
 *
 * Missing: `undefined` for a database on a server, and for the audit in memory.
 */
export const databaseFile = (address: string): string | undefined =>
  address.startsWith(scheme) ? address.slice(scheme.length) : undefined

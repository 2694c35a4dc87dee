import { writeSync } from 'node:fs'
import type { Logger } from 'winston'
import { faultOf } from './errors.js'

/** Errors of the operating system that an operator can fix; all other errors are bugs of this service. */
const operatorCodes: ReadonlyMap<unknown, string> = new Map([
  ['EADDRINUSE', 'the port is taken: stop the other process, or set PORT'],
  ['EADDRNOTAVAIL', 'HOST is no address of this machine'],
  ['EACCES', 'the port or file may not be used by this user'],
])

/**
 * Ends the process with exit code 1 after an uncaught error, because the state of the process may be wrong; every call
 * with a response is already recorded.
 *
 * Privacy: the report of Node.js would print the message and source of the error; this report has its class and place.
 * Source:  SEC-085
 */
export function endOnUnexpectedErrors(logger: Logger): void {
  process.once('uncaughtException', (error: Error & { code?: unknown }) => {
    const next = operatorCodes.get(error.code) ?? 'report this line; the supervisor starts the process again'
    const line = { level: 'error', message: 'ended by an unexpected error', fault: faultOf(error), next }
    logger.silent = true
    writeSync(2, `${JSON.stringify({ ...line, timestamp: new Date().toISOString() })}\n`)
    process.exit(1)
  })
}

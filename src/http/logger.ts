import { createLogger, format, transports } from 'winston'
import type { Logger } from 'winston'
import type { CallLine, NoteCall } from './call.js'

/** The fields that a call line may have; log readers and the privacy test rely on this list. */
const callFields: readonly (keyof CallLine)[] = [
  'requestId',
  'route',
  'method',
  'status',
  'ms',
  'code',
  'client',
  'hook',
  'hookInstance',
  'invocationId',
  'cards',
  'notUnderstood',
  'feedbackItems',
  'feedbackRefused',
  'unread',
  'authReason',
  'jtiHash',
  'kidHash',
  'traceId',
  'fault',
]

/**
 * Makes a logger of one JSON object per line on standard output; JSON escapes control characters, so no line can be
 * forged.
 */
export function makeLogger(level: string): Logger {
  return createLogger({
    level,
    format: format.combine(
      format.timestamp(),
      format.printf((line) => JSON.stringify(line)), // the lines are flat objects of this service and need no safe stringifier
    ),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types its own transports so
    transports: new transports.Console(),
  })
}

/**
 * Makes the function that writes one log line per call.
 *
 * Shape:   level `error` for 5xx by a fault of this service, `warn` for refused tokens and overload, `info` for the
 *          rest; health checks are `debug`.
 * Privacy: only the listed fields are copied, whatever other fields the line has.
 */
export function logCalls(logger: Logger): NoteCall {
  return (line) => {
    const level = levelOf(line)
    if (!logger.isLevelEnabled(level)) return
    const entry: Record<string, unknown> = {}
    for (const field of callFields) if (line[field] !== undefined) entry[field] = line[field]
    logger.log(level, 'call', entry)
  }
}

function levelOf({ status, code, route }: CallLine): string {
  if (code === 'INTERNAL' || code?.startsWith('RECORD_')) return 'error'
  if (status === 401 || status === 429 || status === 503) return 'warn'
  return route.startsWith('/health/') ? 'debug' : 'info'
}

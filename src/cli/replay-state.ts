import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { emptyReport } from '../audit/replay/replay-tally.js'
import type { ReplayReport } from '../audit/replay/replay-tally.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import { UsageError } from './usage-error.js'

/** The report of an interrupted replay, and its range; a replay continues only with the same range. */
interface ReplayState {
  range: RecordRange
  report: ReplayReport
}

const isState = (value: unknown): value is ReplayState =>
  typeof value === 'object' && value !== null && 'range' in value && 'report' in value

function stateIn(file: string): ReplayState {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isState(value)) return value
  } catch {
    // the file holds no JSON, or cannot be read
  }
  throw new UsageError('--state names a file that is no state of a replay. Name one that does not exist.')
}

/**
 * The report to continue, if the file holds one of the same records by the same content; otherwise an empty report.
 *
 * Throws: `UsageError` for any other file, because the file is deleted when the replay is done.
 */
export function replayedSoFar(
  file: string | undefined,
  range: RecordRange,
  pack: ReplayReport['pack'],
): ReplayReport {
  if (file === undefined || !existsSync(file)) return emptyReport(pack)
  const { range: before, report } = stateIn(file)
  const same = JSON.stringify(before) === JSON.stringify(range) && report.pack.hash === pack.hash
  return same ? report : emptyReport(pack)
}

/** Keeps the state of an interrupted replay in a file that only its owner can read. */
export function keepState(file: string, state: ReplayState): void {
  writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
}

/** Deletes the state of a replay that is done. */
export function forgetState(file: string): void {
  rmSync(file, { force: true })
}

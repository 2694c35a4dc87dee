import { CardError, ConfigError, RecordUnavailable } from './errors.js'
import type { Problem } from './errors.js'
import type { Settings } from './settings.js'

/** The part of a logger that a reload uses. */
export interface ReloadLog {
  info(message: string, fields?: object): unknown
  error(message: string, fields?: object): unknown
}

/** What a reload does; reading and checking are over before anything is replaced. */
export interface Reload {
  /** Reads the environment and the configuration file again. */
  readSettings: () => Settings
  /** Checks cards, site and keys under these settings, replaces all of it at once, and records the change. */
  apply: (settings: Settings) => Promise<void>
  log: ReloadLog
}

/** Sections that are bound to what the process opened at its start. */
const boundAtStart = ['mode', 'audit', 'admin'] as const satisfies readonly (keyof Settings)[]

/** Changes that a running process cannot follow; with one of them nothing is replaced. */
export function needsRestart(before: Settings, after: Settings): readonly Problem[] {
  return boundAtStart
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({
      file: after.configFile ?? 'environment',
      says: `${name} has changed, which a running process cannot follow`,
      fix: 'restart the process, or undo this change and reload the rest',
    }))
}

/**
 * Makes the function that a signal calls: settings, cards and site are read again, all of it or nothing.
 *
 * Shape: one reload at a time; signals that come meanwhile lead to one more, so the newest files always win.
 * Edge:  anything that is wrong keeps what was in force, and its problems are logged as the start would print them.
 */
export function makeReload({ readSettings, apply, log }: Reload): () => Promise<void> {
  let running: Promise<void> | undefined
  let asked = 0
  let served = 0

  const askedAgain = (): boolean => served < asked
  const once = async (): Promise<void> => {
    served = asked
    try {
      await apply(readSettings())
      log.info('reloaded')
    } catch (error) {
      log.error('reload refused', { problems: problemsOf(error), next: 'the old settings and cards stay' })
    }
  }
  const untilQuiet = async (): Promise<void> => {
    await once()
    while (askedAgain()) await once()
    running = undefined
  }
  return () => {
    asked++
    running ??= untilQuiet()
    return running
  }
}

/** What is wrong in words; of an error that is no finding about a file, only its class. */
function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError || error instanceof CardError) return error.message.split('\n')
  if (error instanceof RecordUnavailable) return [error.message]
  return [error instanceof Error ? error.name : 'unknown']
}

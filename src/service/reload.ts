import { CardError, ConfigError, RecordUnavailable } from '../errors.js'
import type { FileProblem } from '../errors.js'
import type { Settings } from '../config/settings.js'

/** The part of a logger that a reload uses. */
export interface ReloadLog {
  info(message: string, fields?: object): unknown
  error(message: string, fields?: object): unknown
}

/** The two steps of a reload: all reading and checking ends before a part is replaced. */
export interface Reload {
  /** Reads the environment and the configuration file again. */
  readSettings: () => Settings
  /** Checks cards, site and keys under these settings, replaces all of them at once, and records the change. */
  apply: (settings: Settings) => Promise<void>
  log: ReloadLog
}

/** The sections of the settings that only a start can change. */
const boundAtStart = ['mode', 'audit', 'admin'] as const satisfies readonly (keyof Settings)[]

/** The changes that a running process cannot follow; one such change stops the reload. */
export function needsRestart(before: Settings, after: Settings): readonly FileProblem[] {
  return boundAtStart
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({
      file: after.configFile ?? 'environment',
      says: `${name} has changed, which a running process cannot follow`,
      fix: 'restart the process, or undo this change and reload the rest',
    }))
}

/**
 * Makes the function that the reload signal calls, which reads settings, cards and site again, and replaces all of them
 * or none.
 *
 * Shape: one reload at a time; signals during a reload lead to one more reload, so that the newest files always win.
 * Edge:  after a problem every setting and card stays in force, and the problem is logged in the words of a start.
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

/** The problems in words; for an unexpected error only its class. */
function problemsOf(error: unknown): readonly string[] {
  if (error instanceof ConfigError || error instanceof CardError) return error.message.split('\n')
  if (error instanceof RecordUnavailable) return [error.message]
  return [error instanceof Error ? error.name : 'unknown']
}

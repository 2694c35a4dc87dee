import { existsSync } from 'node:fs'
import { auditPlaces } from '../audit/audit-places.js'
import { readSealingKey } from '../audit/comments/comment-keys.js'
import { readEpochKeys, readSigningKey, refuseOpenDatabase } from '../audit/key-files.js'
import type { KeyPlace } from '../audit/key-files.js'
import { ConfigError } from '../errors.js'
import type { FileProblem } from '../errors.js'
import { makeEgress } from '../gather/egress.js'
import { readAdminTokens } from '../http/admin/admin-tokens.js'
import { makeTrust } from '../http/trust/make-trust.js'
import { nodeProblem } from './node-version.js'
import type { Settings } from '../config/settings.js'

/**
 * Reads every key and token file that a start would read, and lists their problems, those of the Node.js version, and
 * those of the permissions of the database file.
 *
 * Shape: creates no file and uses no network; clinical content and the site's file are not checked.
 */
export async function startProblems(settings: Settings): Promise<readonly FileProblem[]> {
  const found = await Promise.all([
    auditKeys(settings),
    problemsOf(() => refuseOpenDatabase(settings)),
    problemsOf(() => commentsKey(settings)),
    problemsOf(() => readAdminTokens(settings)),
    problemsOf(() => clientKeys(settings)),
  ])
  const node = settings.mode === 'production' ? nodeProblem(process.versions.node) : undefined
  return [...(node ? [node] : []), ...found.flat()]
}

type Check = () => unknown

async function problemsOf(check: Check): Promise<readonly FileProblem[]> {
  try {
    await check()
    return []
  } catch (error) {
    return problemsIn(error)
  }
}

function problemsIn(error: unknown): readonly FileProblem[] {
  if (error instanceof ConfigError) return error.problems
  throw error
}

/** Lists the problems of the two audit keys; a key that the settings do not name is a problem too. */
async function auditKeys(settings: Settings): Promise<readonly FileProblem[]> {
  try {
    const { pseudonymKey, signingKey } = auditPlaces(settings, () => undefined)
    const found = await Promise.all([
      problemsOf(() => willBeMade(pseudonymKey) || readEpochKeys(pseudonymKey)),
      problemsOf(() => willBeMade(signingKey) || readSigningKey(signingKey)),
    ])
    return found.flat()
  } catch (error) {
    return problemsIn(error)
  }
}

const willBeMade = ({ path, mayCreate }: KeyPlace): boolean => mayCreate && !existsSync(path)

function commentsKey({ audit }: Settings): void {
  if (audit.comments && audit.commentsKeyFile !== undefined) readSealingKey(audit.commentsKeyFile)
}

async function clientKeys(settings: Settings): Promise<void> {
  const egress = makeEgress(settings)
  try {
    await makeTrust({ settings, egress, clock: Date.now })
  } finally {
    await egress.close()
  }
}

import { existsSync } from 'node:fs'
import { auditPlaces } from './audit/audit-places.js'
import { readSealingKey } from './audit/comments/comment-keys.js'
import { readEpochKeys, readSigningKey } from './audit/key-files.js'
import type { KeyPlace } from './audit/key-files.js'
import { ConfigError } from './errors.js'
import type { Problem } from './errors.js'
import { makeEgress } from './gather/egress.js'
import { readAdminToken } from './http/admin/admin-token.js'
import { makeTrust } from './http/trust/make-trust.js'
import type { Settings } from './settings.js'

/**
 * Reads every key and token file that the start would read, and gives all that is wrong with them.
 *
 * Shape: nothing is made, and no network is asked. Clinical content and the site's file are not part of it.
 */
export async function startProblems(settings: Settings): Promise<readonly Problem[]> {
  const found = await Promise.all([
    auditKeys(settings),
    problemsOf(() => commentsKey(settings)),
    problemsOf(() => adminToken(settings)),
    problemsOf(() => clientKeys(settings)),
  ])
  return found.flat()
}

type Check = () => unknown

async function problemsOf(check: Check): Promise<readonly Problem[]> {
  try {
    await check()
    return []
  } catch (error) {
    return problemsIn(error)
  }
}

function problemsIn(error: unknown): readonly Problem[] {
  if (error instanceof ConfigError) return error.problems
  throw error
}

/** Both audit keys, each checked; or which of them is not named. */
async function auditKeys(settings: Settings): Promise<readonly Problem[]> {
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

function adminToken({ admin }: Settings): void {
  if (admin?.tokenFile !== undefined) readAdminToken(admin.tokenFile)
}

async function clientKeys(settings: Settings): Promise<void> {
  const egress = makeEgress(settings)
  try {
    await makeTrust({ settings, egress, clock: Date.now })
  } finally {
    await egress.close()
  }
}

import { existsSync } from 'node:fs'
import { auditPlaces } from './audit/audit-places.js'
import type { AuditPlaces } from './audit/audit-places.js'
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
  const checks = [...auditChecks(settings), () => adminToken(settings), () => clientKeys(settings)]
  const found = await Promise.all(checks.map(problemsOf))
  return found.flat()
}

type Check = () => unknown

async function problemsOf(check: Check): Promise<readonly Problem[]> {
  try {
    await check()
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems
  }
}

/** One check for each audit key; or one that says which of them is not named. */
function auditChecks(settings: Settings): readonly Check[] {
  const places = (): AuditPlaces => auditPlaces(settings, () => undefined)
  const { mode, audit } = settings
  if (mode === 'production' && (audit.keyFile === undefined || audit.signingKeyFile === undefined))
    return [places]
  const { pseudonymKey, signingKey } = places()
  return [
    () => willBeMade(pseudonymKey) || readEpochKeys(pseudonymKey),
    () => willBeMade(signingKey) || readSigningKey(signingKey),
  ]
}

const willBeMade = ({ path, mayCreate }: KeyPlace): boolean => mayCreate && !existsSync(path)

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

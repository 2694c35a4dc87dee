import { parseArgs } from 'node:util'
import { readLock, shippedPackages } from './lock-packages.js'
import type { LockFile, ShippedPackage } from './lock-packages.js'

const help = `mastitis-cds licences [package-lock.json]

Lists the licence of every package of the production tree.

Example: mastitis-cds licences
Exit code 0, 1 when a licence is not on the list of those that may ship, 2 when the lock file cannot be read.`

/** The licences that ask only for their notice, so that a hospital may run and change the service. */
export const allowedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
])

/**
 * The packages whose licence may not ship.
 *
 * Edge: one allowed licence among alternatives ("MIT OR GPL-2.0-only") is enough; a package without a licence may not
 *       ship.
 */
export const refusedPackages = (lock: LockFile): readonly ShippedPackage[] =>
  shippedPackages(lock).filter(
    ({ license }) =>
      !license
        .replaceAll(/[()]/g, '')
        .split(' OR ')
        .some((one) => allowedLicences.has(one)),
  )

/**
 * The command `mastitis-cds licences`: exit code 0 when every shipped package may ship, 1 with the packages that may
 * not.
 */
export function licencesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const lock = readLock(positionals[0] ?? 'package-lock.json')
  for (const { name, version, license } of shippedPackages(lock))
    console.log(`${license.padEnd(14)} ${name} ${version}`)
  const refused = refusedPackages(lock)
  for (const { name, version, license } of refused)
    console.error(
      `${name} ${version}: "${license}" may not ship; replace the package, or write an ADR and allow it`,
    )
  return Promise.resolve(refused.length === 0 ? 0 : 1)
}

import { parseArgs } from 'node:util'
import { auditPlaces } from '../audit/audit-places.js'
import { readSigningKey } from '../audit/key-files.js'
import { loadSettings } from '../config/config.js'

const help = `mastitis-cds audit public-key

Prints the public half of the key that signs checkpoints, which audit verify needs. Only the key file is read, no database.

Example: mastitis-cds audit public-key > public.pem
Exit code 0, or 1 when the settings are wrong or the key file is not there (in development the service makes it at its first
start).`

/**
 * The command `mastitis-cds audit public-key`.
 *
 * Throws: `ConfigError` when there is no key yet, or the file holds none.
 */
export function auditPublicKey(args: readonly string[]): number {
  const { values } = parseArgs({ args: [...args], options: { help: { type: 'boolean' } } })
  if (values.help) {
    console.log(help)
    return 0
  }
  const { signingKey } = auditPlaces(loadSettings(), () => undefined)
  process.stdout.write(readSigningKey({ ...signingKey, mayCreate: false }).publicPem)
  return 0
}

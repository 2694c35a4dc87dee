import { parseArgs } from 'node:util'
import { readLock } from './lock-packages.js'
import { sbomOf } from './sbom.js'

const help = `mastitis-cds sbom [package-lock.json]

Prints the bill of materials of the production tree as CycloneDX 1.6 JSON. The same lock gives the same document.

Example: mastitis-cds sbom > mastitis-cds-0.1.0.cdx.json
Exit code 0, or 2 when the lock file cannot be read.`

/** The command `mastitis-cds sbom`: the bill of materials of a release. */
export function sbomCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean' } },
    allowPositionals: true,
  })
  console.log(
    values.help ? help : JSON.stringify(sbomOf(readLock(positionals[0] ?? 'package-lock.json')), null, 2),
  )
  return Promise.resolve(0)
}

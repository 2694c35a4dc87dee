import { parseArgs } from 'node:util'
import { auditPlaces } from '../audit/audit-places.js'
import { environment, loadSettings } from '../config.js'
import { ConfigError } from '../errors.js'
import { cardsCommand } from './cards-command.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds config check [config.yaml]

Checks the configuration file (default: the one CONFIG names) and the site settings it names, and prints every problem with
file, line and fix.

Example: mastitis-cds config check ./config.yaml`

/** `mastitis-cds config check`: exit code 0 when the service would start with these settings, 1 with the list of problems. */
export async function configCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const [verb, file] = positionals
  if (verb !== 'check') throw new UsageError('Write mastitis-cds config check [file]; see --help.')
  try {
    const settings = loadSettings(file === undefined ? environment() : { ...environment(), CONFIG: file })
    auditPlaces(settings, () => undefined)
    console.log(`settings are well formed: ${settings.mode}, ${settings.clients.length} client(s)`)
    return await cardsCommand([
      'check',
      ...(settings.siteFile === undefined ? [] : ['--site', settings.siteFile]),
    ])
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.log(error.message)
    return 1
  }
}

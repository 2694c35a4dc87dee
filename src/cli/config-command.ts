import { parseArgs } from 'node:util'
import { environment, loadSettings } from '../config/config.js'
import { CardError, ConfigError } from '../errors.js'
import { startProblems } from '../service/start-problems.js'
import { cardsCommand } from './cards-command.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds config check [config.yaml]

Checks the configuration file (default: the one CONFIG names) and the site settings it names, and prints every problem with
file, line and fix. Reads the key files, tokens and content that the start would read; asks no network.

Example: mastitis-cds config check ./config.yaml
Exit code 0 when the service would start with these settings, 1 with the list of problems.`

/**
 * The command `mastitis-cds config check`: exit code 0 when the service would start with these settings, 1 with the
 * list of problems.
 */
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
    const problems = await startProblems(settings)
    if (problems.length > 0) throw new ConfigError(problems)
    console.log(`settings are well formed: ${settings.mode}, ${settings.clients.length} client(s)`)
    return await cardsCommand([
      'check',
      ...(settings.siteFile === undefined ? [] : ['--site', settings.siteFile]),
    ])
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof CardError)) throw error
    console.log(error.message)
    return 1
  }
}

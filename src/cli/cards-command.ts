import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { cardsCheck } from './cards-check.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds cards check [--site site.yaml]

Checks every card, parameter, code set and the site's settings, and prints each problem with file, line and fix.

Example: mastitis-cds cards check --site ./site.yaml
Exit code 0 when the content is well formed, 1 with the list of problems.`

/** The command `mastitis-cds cards check`: exit code 0 when the content is well formed, 1 with the list of problems. */
export function cardsCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { site: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  if (positionals[0] !== 'check') throw new UsageError('Write mastitis-cds cards check; see --help.')
  const cardsDir = fileURLToPath(new URL('../../cards', import.meta.url))
  const { site } = values
  const print = (line: string): void => console.log(line)
  return Promise.resolve(cardsCheck({ cardsDir, ...(site !== undefined && { site }) }, print))
}

#!/usr/bin/env node
import { auditCommand } from './audit-command.js'
import { cardsCommand } from './cards-command.js'
import { configCommand } from './config-command.js'
import { docsCommand } from './docs-command.js'
import { quietCommand } from './quiet-command.js'
import { licencesCommand } from './licences-command.js'
import { sbomCommand } from './sbom-command.js'
import { UsageError } from './usage-error.js'
import { tryCommand } from './try-command.js'

/** One sub-command: does its work and gives the exit code. */
type Command = (args: readonly string[]) => Promise<number>

const serve: Command = async (args) => {
  if (args.includes('--help')) {
    console.log(
      'mastitis-cds serve: starts the service. Settings: CONFIG, PORT, HOST. Example: PORT=3000 mastitis-cds serve',
    )
    return 0
  }
  await import('../main.js')
  return -1
}

const commands = new Map<string, Command>([
  ['serve', serve],
  ['try', tryCommand],
  ['explain', (args) => tryCommand([...args, '--explain'])],
  ['cards', cardsCommand],
  ['config', configCommand],
  ['audit', auditCommand],
  ['docs', docsCommand],
  ['quiet', quietCommand],
  ['sbom', sbomCommand],
  ['licences', licencesCommand],
])

const help = `mastitis-cds <command> [options]

  serve          start the service (the same as npm start)
  try            evaluate one patient without a server
  explain        the same, with every fact, finding and card explained
  cards check    check the clinical content
  config check   check the configuration and the site settings
  audit …        questions an auditor asks of the record: explain, metrics, replay, export, verify and more
  docs           write the pages made from cards and code (--check: only compare)
  quiet          run a folder of patients who must get no card
  sbom           print what a release is made of (CycloneDX)
  licences       list the licences of what ships, and refuse those that may not

Example: mastitis-cds try antibiotic-48h-not-improving --explain
Each command has --help.`

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(help)
    return name === undefined ? 2 : 0
  }
  const command = commands.get(name)
  if (!command) throw new UsageError(`There is no command "${name}". Run mastitis-cds --help for the list.`)
  return command(args)
}

try {
  const code = await run(process.argv.slice(2))
  if (code >= 0) process.exitCode = code
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

#!/usr/bin/env node
import { CardError, ConfigError } from '../errors.js'
import { UsageError, usageMistake } from './usage-error.js'

/** One sub-command: does its work and returns the exit code. */
type Command = (args: readonly string[]) => Promise<number>

const serveHelp = `mastitis-cds serve

Starts the service, by the settings of the environment (CONFIG, PORT, HOST and more: docs/connect.md, "All settings").
SIGHUP reads settings and content again, SIGTERM stops it.

Example: PORT=3000 mastitis-cds serve
Exit code 0 after SIGTERM; 1 when it does not start, with every problem, or when an unexpected error has ended it.`

const serve: Command = async (args) => {
  if (args.includes('--help')) {
    console.log(serveHelp)
    return 0
  }
  await import('../main.js')
  return -1
}

const explain: Command = async (args) => (await tryOne())([...args, '--explain'])

const tryOne = async (): Promise<Command> => (await import('./try-command.js')).tryCommand

/**
 * The commands by name. Each module is loaded only for its command, because most commands need a small part of the
 * service.
 */
const commands = new Map<string, () => Promise<Command> | Command>([
  ['serve', () => serve],
  ['try', tryOne],
  ['explain', () => explain],
  ['cards', async () => (await import('./cards-command.js')).cardsCommand],
  ['config', async () => (await import('./config-command.js')).configCommand],
  ['audit', async () => (await import('./audit-command.js')).auditCommand],
  ['codes', async () => (await import('./codes-command.js')).codesCommand],
  ['docs', async () => (await import('./docs-command.js')).docsCommand],
  ['quiet', async () => (await import('./quiet-command.js')).quietCommand],
  ['sbom', async () => (await import('./sbom-command.js')).sbomCommand],
  ['licences', async () => (await import('./licences-command.js')).licencesCommand],
])

const help = `mastitis-cds <command> [options]

  serve          start the service (the same as npm start)
  try            evaluate one patient without a server
  explain        the same, with every fact, finding and card explained
  cards check    check the clinical content
  config check   check the configuration and the site settings
  codes coverage which of a site's own codes the service does not know
  audit …        questions an auditor asks of the record: explain, metrics, replay, export, verify and more
  docs           write the pages made from cards and code (--check: only compare)
  quiet          run a folder of patients who must get no card
  sbom           print what a release is made of (CycloneDX)
  licences       list the licences of what ships, and refuse those that may not

Example: mastitis-cds try antibiotic-48h-not-improving --explain
Each command has --help. Exit code 2 when the command line is not understood.`

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help') {
    console.log(help)
    return name === undefined ? 2 : 0
  }
  const load = commands.get(name)
  if (!load) throw new UsageError(`There is no command "${name}". Run mastitis-cds --help for the list.`)
  const command = await load()
  return command(args)
}

try {
  const code = await run(process.argv.slice(2))
  if (code >= 0) process.exitCode = code
} catch (error) {
  const mistake = usageMistake(error)
  if (mistake === undefined && !(error instanceof ConfigError || error instanceof CardError)) throw error
  console.error(mistake ?? (error as Error).message)
  process.exitCode = mistake === undefined ? 1 : 2
}

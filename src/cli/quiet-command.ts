import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadLibrary } from '../service/load-library.js'
import { labelledReadings } from './labelled-readings.js'
import { recordFiles } from './patient-records.js'
import { isQuiet, quietPage, quietSummary, type QuietRun } from './quiet-page.js'
import { tallyFile, type FileTally } from './quiet-run.js'
import { UsageError } from './usage-error.js'

const help = `npm run quiet -- <folder> [--write docs/quiet.md]

Asks the service about every patient of a folder (*.ndjson.gz, one patient a line) at the time of the newest resource, and reads the labelled
breastfeeding observations (breastfeeding-labelled.json). None of these patients has mastitis: every card is printed as a fault.

  --write <file>   also write the figures as a page

Example: npm run quiet -- ./public-patients
Exit code 0 without any card, error or wrong label; 1 otherwise.`

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Shows a counting line on a terminal; elsewhere nothing until the file is done. */
const showProgress = (file: string, patients: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${file}: ${patients}`)
}

function printFile({ file, patients, cards, errors, meanMs }: FileTally): void {
  if (process.stderr.isTTY) process.stderr.write('\r')
  console.log(
    `${file}: ${patients} patients, ${cards.length} cards, ${errors.length} errors, ${meanMs.toFixed(2)} ms each`,
  )
  for (const fault of [...cards, ...errors]) console.log(`  ${fault}`)
}

/**
 * The command `mastitis-cds quiet`: no patient of a folder may get a card, because none of them has mastitis.
 *
 * Shape:  exit code 0 without a card, 1 with a card, an error or a reading that differs from its label.
 * Throws: `UsageError` with a sentence that says how to call the command.
 */
export async function quietCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { write: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return 0
  }
  const [folder] = positionals
  if (folder === undefined || !existsSync(folder)) throw new UsageError(`Name a folder that exists. ${help}`)
  const library = loadLibrary({
    cardsDir: `${root}cards`,
    mode: 'development',
    canonicalBase: 'http://localhost:3000',
  })
  const files: FileTally[] = []
  for (const file of recordFiles(folder)) {
    const tally = await tallyFile(folder, file, library, (patients) => showProgress(file, patients))
    printFile(tally)
    files.push(tally)
  }
  const labelled = labelledReadings(folder, library.reading)
  for (const { id, label, reading, agrees } of labelled) {
    if (!agrees) console.log(`  ${id}: labelled ${label}, read as ${reading}`)
  }
  const run: QuietRun = { files, labelled }
  console.log(quietSummary(run))
  if (values.write !== undefined) writeFileSync(values.write, quietPage(run))
  return isQuiet(run) ? 0 : 1
}

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadLibrary } from '../service/load-library.js'
import { coverageOf } from './code-coverage.js'
import { readFrequencies } from './code-frequencies.js'
import { coverageReport } from './coverage-report.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds codes coverage <file.csv> [--site site.yaml]

Says which of a site's own codes the service does not know: breast, lactation, antibiotic, vital sign and laboratory codes by
frequency, with the lines to paste into site.yaml. No patient data is needed: the file has one row for each code, with the
columns resource, system, code, display and count (display may be empty).

  --site <file>   count the codes that this site.yaml already adds

Example: mastitis-cds codes coverage ./our-codes.csv --site ./site.yaml

  resource,system,code,display,count
  Observation,https://ehr.example.org/vitals,T1,Temperature oral,120934
  Condition,http://hl7.org/fhir/sid/icd-10,O91.2,,310

Exit code 0 when every code that concerns the service is known, 1 when one is not, 2 when the file cannot be read.`

const cardsDir = fileURLToPath(new URL('../../cards', import.meta.url))

/**
 * The command `mastitis-cds codes coverage`: an integrator finds silence before going live.
 *
 * Throws: `UsageError` with a sentence that says what to do.
 */
export function codesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { site: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const [verb, file] = positionals
  if (verb !== 'coverage' || file === undefined)
    throw new UsageError('Write mastitis-cds codes coverage <file.csv>; see --help.')
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}. Name a CSV file; see --help.`)
  const { reading } = loadLibrary({
    ...{ cardsDir, mode: 'development', canonicalBase: 'http://localhost:3000' },
    ...(values.site !== undefined && { site: values.site }),
  })
  const rows = readFrequencies(file, readFileSync(file, 'utf8'))
  const covered = rows.flatMap((row) => coverageOf(row, reading) ?? [])
  for (const line of coverageReport(file, rows.length, covered)) console.log(line)
  const isCovered = covered.every(({ knowledge }) => knowledge === 'code' || knowledge === 'words')
  return Promise.resolve(isCovered ? 0 : 1)
}

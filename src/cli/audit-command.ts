import { auditExplain } from './audit-explain.js'
import { auditExport } from './audit-export.js'
import { auditMetrics } from './audit-metrics.js'
import { auditPublicKey } from './audit-public-key.js'
import { auditPurge } from './audit-purge.js'
import { auditReplay } from './audit-replay.js'
import { auditReport } from './audit-report.js'
import { auditVerify } from './audit-verify.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit <question> [options]

  explain      the decision of one call as a table
  metrics      what was said and what became of it, counted
  replay       decide recorded calls again, by the same or by other content
  export       records as NDJSON, CSV, DSI feedback or FHIR AuditEvents
  verify       check an exported log, with nothing but files and the public key
  purge        erase what is too old, or one patient
  report       one page a month for the committee
  public-key   print the key that audit verify needs

The store is the one of CONFIG and AUDIT_DATABASE. Each question but verify and public-key leaves a record of having been
asked. Each has --help.

Example: mastitis-cds audit metrics --from 2026-03-01 --by card
Exit code 0 with an answer, 1 when settings or store are wrong or the answer is a bad one, 2 when the command line is.`

const questions = new Map<string, (args: readonly string[]) => Promise<number> | number>([
  ['explain', auditExplain],
  ['metrics', auditMetrics],
  ['replay', auditReplay],
  ['export', auditExport],
  ['verify', auditVerify],
  ['purge', auditPurge],
  ['report', auditReport],
  ['public-key', auditPublicKey],
])

/** `mastitis-cds audit …`: the questions an auditor asks. Gives the exit code. */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help') {
    console.log(help)
    return name === undefined ? 2 : 0
  }
  const question = questions.get(name)
  if (!question) throw new UsageError(`There is no audit question "${name}"; see mastitis-cds audit --help.`)
  return question(rest)
}

import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit <question> [options]

  explain      the decision of one call as a table
  metrics      what was said and what became of it, counted
  replay       decide recorded calls again, by the same or by other content
  export       records as NDJSON, CSV, DSI feedback or FHIR AuditEvents
  verify       check an exported log, with nothing but files and the public key
  anchor       one signed line, to be kept elsewhere, that verify holds the log against
  comments     comments of feedback, with the private key that opens them
  purge        erase what is too old, or one patient
  report       one page a month for the committee
  public-key   print the key that audit verify needs

The store is the one of CONFIG and AUDIT_DATABASE. Each question but verify and public-key leaves a record of having been
asked. Each has --help.

Example: mastitis-cds audit metrics --from 2026-03-01 --by card
Exit code 0 with an answer, 1 when settings or store are wrong or the answer is a bad one, 2 when the command line is.`

/** Answers the question of one command line; returns the exit code. */
type Question = (args: readonly string[]) => Promise<number> | number

/**
 * The questions by name. Each module is loaded only for its question, because an auditor who verifies needs no
 * database.
 */
const questions = new Map<string, () => Promise<Question>>([
  ['explain', async () => (await import('./audit-explain.js')).auditExplain],
  ['metrics', async () => (await import('./audit-metrics.js')).auditMetrics],
  ['replay', async () => (await import('./audit-replay.js')).auditReplay],
  ['export', async () => (await import('./audit-export.js')).auditExport],
  ['verify', async () => (await import('./audit-verify.js')).auditVerify],
  ['anchor', async () => (await import('./audit-anchor.js')).auditAnchor],
  ['comments', async () => (await import('./audit-comments.js')).auditComments],
  ['purge', async () => (await import('./audit-purge.js')).auditPurge],
  ['report', async () => (await import('./audit-report.js')).auditReport],
  ['public-key', async () => (await import('./audit-public-key.js')).auditPublicKey],
])

/** The commands `mastitis-cds audit …`: the questions that an auditor asks. Returns the exit code. */
export async function auditCommand(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help') {
    console.log(help)
    return name === undefined ? 2 : 0
  }
  const load = questions.get(name)
  if (!load) throw new UsageError(`There is no audit question "${name}"; see mastitis-cds audit --help.`)
  const question = await load()
  return question(rest)
}

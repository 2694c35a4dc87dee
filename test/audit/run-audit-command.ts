import { auditCommand } from '../../src/cli/audit-command.js'
import { UsageError } from '../../src/cli/usage-error.js'

/** The audit command alone, in a process of its own, with the exit codes of the program. */
try {
  process.exitCode = await auditCommand(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
}

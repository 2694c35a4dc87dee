import { parseArgs } from 'node:util'
import { explanationOf, explanationText, findCall } from '../audit/explain.js'
import { purposeOf, withAuditStore } from './audit-store.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit explain <invocation id> [--json] [--why committee]

Prints the decision of one call as it was recorded: what was read, which conditions held and why, which cards came of it.

Example: mastitis-cds audit explain 019cb2f4-3a80-7c41-9d0e-5a2f6b7c8d90
Exit code 0, or 1 when there is no such call, it was purged, or the store cannot be opened.`

/** The command `mastitis-cds audit explain`: exit code 0, or 1 when there is no such call or the call was purged. */
export function auditExplain(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean' }, why: { type: 'string' }, help: { type: 'boolean' } },
    allowPositionals: true,
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const [id] = positionals
  if (id === undefined) throw new UsageError('Name the invocation id; see mastitis-cds audit explain --help.')
  const why = purposeOf(values.why)
  return withAuditStore(async ({ db, note }) => {
    const record = await findCall(db, id)
    const explanation = record && explanationOf(record)
    if (!explanation) {
      console.error('There is no record of this call, or it was purged.')
      return 1
    }
    await note('access', { what: 'explain one call', why, by: 'cli' })
    console.log(values.json ? JSON.stringify(explanation, undefined, 2) : explanationText(explanation))
    return 0
  })
}

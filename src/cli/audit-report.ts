import { parseArgs } from 'node:util'
import { countCalls } from '../audit/metrics/count-calls.js'
import { htmlPage } from '../audit/report/html-page.js'
import { monthReport } from '../audit/report/month-report.js'
import { monthRange, readChanges } from '../audit/report/read-changes.js'
import { callsIn } from './audit-metrics.js'
import { purposeOf, withAuditStore } from './audit-store.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit report --month 2026-03 [--client ID] [--format markdown|html] [--why committee]

One page for the committee: volume and burden, acceptance and overrides with intervals, what was missing, latency, changes.
Cells with fewer than 11 cases are suppressed. With --client, changes of settings are left out: they may name other clients.

Example: mastitis-cds audit report --month 2026-03 --format html > march.html
Exit code 0, or 1 when the store cannot be opened.`

/** The command `mastitis-cds audit report`. */
export function auditReport(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ month: { type: 'string' }, client: { type: 'string' }, format: { type: 'string' } },
      ...{ why: { type: 'string' }, help: { type: 'boolean' } },
    },
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const month = monthRange(values.month)
  if (!month) throw new UsageError('Write the month as --month 2026-03.')
  const range = { ...month, ...(values.client !== undefined && { tenant: values.client }) }
  const why = purposeOf(values.why)
  return withAuditStore(async (store) => {
    await store.note('access', { what: 'report', why, by: 'cli', range })
    const metrics = await countCalls(callsIn(store, range, 'live'), ['card'])
    const changes = await readChanges(store.db, range)
    const page = monthReport({ month: values.month ?? '', metrics, changes })
    console.log(values.format === 'html' ? htmlPage(page) : page)
    return 0
  })
}

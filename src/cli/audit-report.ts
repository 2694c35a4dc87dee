import { parseArgs } from 'node:util'
import { bodyOf } from '../audit/metrics/call-rows.js'
import { htmlPage } from '../audit/report/html-page.js'
import { changeWords, monthReport } from '../audit/report/month-report.js'
import type { ReportedChange } from '../audit/report/month-report.js'
import { readRecords } from '../audit/store/record-reader.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import { callsIn } from './audit-metrics.js'
import { purposeOf, withAuditStore } from './audit-store.js'
import type { AuditStore } from './audit-store.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit report --month 2026-03 [--client ID] [--format markdown|html] [--why committee]

One page for the committee: volume and burden, acceptance and overrides with intervals, what was missing, latency, changes.
Cells with fewer than 11 cases are suppressed.

Example: mastitis-cds audit report --month 2026-03 --format html > march.html`

async function changesIn({ db }: AuditStore, range: RecordRange): Promise<readonly ReportedChange[]> {
  const changes: ReportedChange[] = []
  for await (const record of readRecords(db, { ...range, types: ['content-change', 'config-change'] }))
    changes.push({ at: record.at, says: changeWords(record.type, bodyOf(record)) })
  return changes
}

/** The range of a month "2026-03", in UTC. Throws `UsageError` for anything else. */
export function monthRange(month: string | undefined): { from: number; to: number } {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(month ?? '') ?? []
  if (year === undefined || number === undefined) throw new UsageError('Write the month as --month 2026-03.')
  return { from: Date.UTC(Number(year), Number(number) - 1), to: Date.UTC(Number(year), Number(number)) }
}

/** `mastitis-cds audit report`. */
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
  const range = { ...monthRange(values.month), ...(values.client !== undefined && { tenant: values.client }) }
  const why = purposeOf(values.why)
  return withAuditStore(async (store) => {
    await store.note('access', { what: 'report', why, by: 'cli', range })
    const calls = await callsIn(store, range, 'live')
    const changes = await changesIn(store, { from: range.from, to: range.to })
    const page = monthReport({ month: values.month ?? '', calls, changes })
    console.log(values.format === 'html' ? htmlPage(page) : page)
    return 0
  })
}

import { parseArgs } from 'node:util'
import type { CallRow } from '../audit/metrics/call-rows.js'
import { countCalls } from '../audit/metrics/count-calls.js'
import { dimensions } from '../audit/metrics/metric-table.js'
import type { Dimension } from '../audit/metrics/metric-table.js'
import { readCalls } from '../audit/metrics/read-calls.js'
import { metricsText } from '../audit/metrics/metrics-text.js'
import { suppressSmall } from '../audit/metrics/suppress.js'
import { metricsCsv } from '../audit/export/tables.js'
import { countRecords } from '../audit/store/record-reader.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import { purposeOf, rangeOf, withAuditStore } from './audit-store.js'
import type { OpenAuditStore } from './audit-store.js'
import { showProgress } from './progress.js'
import { makeUnreadableCount } from './unreadable.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit metrics [--from DATE] [--to DATE] [--client ID] [--by card,client,week] [--mode live|silent]
                           [--format text|csv|json] [--why committee]

Counts what was said and what became of it, of calls in live mode; --mode silent counts those that showed nothing
(rulesMode: silent). --by takes any of ${dimensions.join(', ')}. As csv and json, which may leave
the site, cells with fewer than 11 cases are suppressed, and as many more as it takes that nobody can subtract them back.

Example: mastitis-cds audit metrics --from 2026-03-01 --to 2026-04-01 --by card
Exit code 0, or 1 when the store cannot be opened.`

/** Reads the calls of a range one after another, and shows the progress. */
export async function* callsIn(
  { db }: Pick<OpenAuditStore, 'db'>,
  range: RecordRange,
  mode?: CallRow['mode'],
): AsyncGenerator<CallRow> {
  const total = await countRecords(db, { ...range, types: ['invocation'] })
  const progress = showProgress('reading')
  const unreadable = makeUnreadableCount()
  yield* readCalls(db, range, {
    ...(mode !== undefined && { mode }),
    onRead: (read) => progress.at(read, total),
    onUnreadable: unreadable.count,
  })
  progress.end()
  unreadable.tell()
}

/**
 * The dimensions of --by.
 *
 * Throws: `UsageError` for an unknown dimension.
 */
export function dimensionsOf(text: string | undefined): readonly Dimension[] {
  if (text === undefined || text === '') return []
  return text.split(',').map((name) => {
    const known = dimensions.find((dimension) => dimension === name)
    if (!known) throw new UsageError(`--by knows ${dimensions.join(', ')}, not "${name}".`)
    return known
  })
}

/** The command `mastitis-cds audit metrics`. */
export function auditMetrics(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{
        from: { type: 'string' },
        to: { type: 'string' },
        client: { type: 'string' },
        by: { type: 'string' },
      },
      ...{ mode: { type: 'string' }, format: { type: 'string' }, why: { type: 'string' } },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const { format = 'text', mode = 'live' } = values
  if (mode !== 'live' && mode !== 'silent') throw new UsageError('--mode is live or silent.')
  if (!['text', 'csv', 'json'].includes(format)) throw new UsageError('--format is text, csv or json.')
  const by = dimensionsOf(values.by)
  const range = rangeOf(values)
  const why = purposeOf(values.why)
  return withAuditStore(async (store) => {
    await store.note('access', { what: `metrics ${format}`, why, by: 'cli', range })
    const lines = await countCalls(callsIn(store, range, mode), by)
    if (format === 'text') console.log(metricsText(lines))
    else if (format === 'csv') for (const line of metricsCsv(suppressSmall(lines))) console.log(line)
    else console.log(JSON.stringify(suppressSmall(lines), undefined, 2))
    return 0
  })
}

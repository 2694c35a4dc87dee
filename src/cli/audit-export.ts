import { closeSync, openSync, writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { csvTable, tableNames } from '../audit/export/tables.js'
import type { CsvTable } from '../audit/export/tables.js'
import type { CallRow } from '../audit/metrics/call-rows.js'
import { callsIn } from './audit-metrics.js'
import { purposeOf, rangeOf, withAuditStore } from './audit-store.js'
import { exportLines } from './export-lines.js'
import { makeUnreadableCount } from './unreadable.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit export --format ndjson|csv|dsi-csv|auditevent --out FILE [--from DATE] [--to DATE] [--client ID]
                          [--table ${tableNames.join('|')}] [--deidentified] [--why committee]

Writes records to a file. ndjson keeps the chain and can be checked with audit verify (without --from, --to and --client);
csv is a flat table; dsi-csv the six elements of 45 CFR 170.315(b)(11)(ii); auditevent one FHIR R4 AuditEvent per line.
--deidentified leaves out pseudonyms, ids and dates, and breaks the chain. An interrupted export of ndjson or auditevent goes
on where it stopped when the same command is given again; one that is de-identified begins anew.

Example: mastitis-cds audit export --format ndjson --out audit.ndjson
Exit code 0 when the file is whole, 130 when interrupted, 1 when the store cannot be opened.`

const formats = ['ndjson', 'csv', 'dsi-csv', 'auditevent'] as const

/** Writes a table while its calls are read. */
async function exportTable(calls: AsyncIterable<CallRow>, out: string, table: CsvTable): Promise<void> {
  const handle = openSync(out, 'w', 0o600)
  writeSync(handle, `${table.header}\r\n`)
  for await (const call of calls)
    writeSync(
      handle,
      table
        .linesOf(call)
        .map((line) => `${line}\r\n`)
        .join(''),
    )
  closeSync(handle)
}

/** The command `mastitis-cds audit export`: exit code 0 when the file is whole, 130 when interrupted. */
export function auditExport(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{
        from: { type: 'string' },
        to: { type: 'string' },
        client: { type: 'string' },
        format: { type: 'string' },
      },
      ...{ out: { type: 'string' }, table: { type: 'string' }, why: { type: 'string' } },
      ...{ deidentified: { type: 'boolean' }, help: { type: 'boolean' } },
    },
  })
  if (values.help) {
    console.log(help)
    return Promise.resolve(0)
  }
  const { out, deidentified = false, table: tableName = 'cards' } = values
  const format = formats.find((name) => name === values.format)
  const table = tableNames.find((name) => name === tableName)
  if (!format) throw new UsageError(`--format is one of ${formats.join(', ')}.`)
  if (!table) throw new UsageError(`--table is one of ${tableNames.join(', ')}.`)
  if (out === undefined) throw new UsageError('Name the file with --out.')
  if (deidentified && format === 'auditevent')
    throw new UsageError('An AuditEvent is about persons: it cannot be de-identified. Use ndjson or csv.')
  const range = rangeOf(values)
  const why = purposeOf(values.why)
  return withAuditStore(async (store) => {
    await store.note('access', { what: `export ${format}`, why, by: 'cli', range, deidentified })
    if (format === 'csv' || format === 'dsi-csv') {
      await exportTable(
        callsIn(store, range),
        out,
        csvTable(format === 'dsi-csv' ? 'dsi' : table, deidentified),
      )
      return 0
    }
    const { canonicalBase } = store.settings
    const unreadable = makeUnreadableCount()
    const code = await exportLines(store, {
      format: deidentified ? 'deidentified' : format,
      ...{ range, out, canonicalBase, onUnreadable: unreadable.count },
    })
    unreadable.tell()
    return code
  })
}

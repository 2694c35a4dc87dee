import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { parseArgs } from 'node:util'
import { auditEvent } from '../audit/export/audit-event.js'
import { makeDeidentifier } from '../audit/export/deidentify.js'
import { csvTable, tableNames } from '../audit/export/tables.js'
import { lineOf } from '../audit/export-line.js'
import type { StoredRecord } from '../audit/record.js'
import { countRecords, readRecords } from '../audit/store/record-reader.js'
import type { RecordRange } from '../audit/store/record-reader.js'
import { callsIn } from './audit-metrics.js'
import { purposeOf, rangeOf, withAuditStore } from './audit-store.js'
import type { AuditStore } from './audit-store.js'
import { listenForInterruption } from './interruption.js'
import { showProgress } from './progress.js'
import { UsageError } from './usage-error.js'

const help = `mastitis-cds audit export --format ndjson|csv|dsi-csv|auditevent --out FILE [--from DATE] [--to DATE] [--client ID]
                          [--table ${tableNames.join('|')}] [--deidentified] [--why committee]

Writes records to a file. ndjson keeps the chain and can be checked with audit verify (without --from, --to and --client);
csv is a flat table; dsi-csv the six elements of 45 CFR 170.315(b)(11)(ii); auditevent one FHIR R4 AuditEvent per line.
--deidentified leaves out pseudonyms, ids and dates, and breaks the chain. An interrupted export of ndjson or auditevent goes
on where it stopped when the same command is given again.

Example: mastitis-cds audit export --format ndjson --out audit.ndjson
Exit code 0 when the file is whole, 130 when interrupted, 1 when the store cannot be opened.`

const formats = ['ndjson', 'csv', 'dsi-csv', 'auditevent'] as const
type Format = (typeof formats)[number]

/** Where an interrupted export stopped; lives beside the file until it is whole. */
interface Stop {
  after: { stream: string; seq: number }
  bytes: number
  what: string
}

const stopFile = (out: string): string => `${out}.progress`

function stopOf(out: string, what: string): Stop | undefined {
  if (!existsSync(stopFile(out)) || !existsSync(out)) return undefined
  const stop = JSON.parse(readFileSync(stopFile(out), 'utf8')) as Stop
  return stop.what === what ? stop : undefined
}

/** Writes one line per record, in order, and remembers where it is every thousand lines. */
async function exportLines(
  { db }: AuditStore,
  range: RecordRange,
  out: string,
  what: string,
  write: (record: StoredRecord) => string | undefined,
): Promise<number> {
  const stop = stopOf(out, what)
  const handle = openSync(out, stop ? 'r+' : 'w', 0o600)
  const total = await countRecords(db, range)
  const progress = showProgress('exporting')
  const interruption = listenForInterruption()
  let bytes = stop?.bytes ?? 0
  let read = 0
  const remember = ({ stream, seq }: StoredRecord): void => {
    fsyncSync(handle)
    writeFileSync(stopFile(out), JSON.stringify({ after: { stream, seq }, bytes, what } satisfies Stop))
  }
  ftruncateSync(handle, bytes)
  for await (const record of readRecords(db, { ...range, ...(stop && { after: stop.after }) })) {
    const line = write(record)
    if (line !== undefined) bytes += writeSync(handle, `${line}\n`, bytes)
    read += 1
    progress.at(read, total)
    if (interruption.asked || read % 1_000 === 0) remember(record)
    if (interruption.asked) break
  }
  fsyncSync(handle)
  closeSync(handle)
  progress.end()
  interruption.done()
  if (interruption.asked) {
    console.error('interrupted; the same command goes on from here')
    return 130
  }
  rmSync(stopFile(out), { force: true })
  return 0
}

function lineWriter(
  format: Format,
  deidentified: boolean,
  base: string,
): (record: StoredRecord) => string | undefined {
  if (format === 'auditevent')
    return (record) => {
      const event = auditEvent(record, base)
      return event && JSON.stringify(event)
    }
  return deidentified ? makeDeidentifier() : lineOf
}

/** `mastitis-cds audit export`: exit code 0 when the file is whole, 130 when interrupted. */
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
    const what = JSON.stringify({ format, range, deidentified })
    if (format === 'ndjson' || format === 'auditevent')
      return exportLines(
        store,
        range,
        out,
        what,
        lineWriter(format, deidentified, store.settings.canonicalBase),
      )
    const lines = csvTable(format === 'dsi-csv' ? 'dsi' : table, await callsIn(store, range), deidentified)
    writeFileSync(out, `${lines.join('\r\n')}\r\n`, { mode: 0o600 })
    return 0
  })
}

import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openArchive } from '../../src/audit/archive.js'
import type { OpenArchive } from '../../src/audit/archive.js'
import { recordOfLine } from '../../src/audit/export-line.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { purge } from '../../src/audit/store/purge.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { LineFormat } from '../../src/audit/export/line-writer.js'
import { countPurges } from '../../src/audit/store/whole-store.js'
import { exportLines } from '../../src/cli/export-lines.js'
import { again, libraryOf, linesOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'
import { verified } from './tampered-log.js'

const patients = [
  'antibiotic-48h-not-improving',
  'day-3-both-breasts-swollen-moderate',
  'antibiotic-47h-not-improving',
]
const range = { tenant: 'development' }
let folder = ''
let out = ''
let db: ReturnType<typeof openDatabase>

beforeAll(async () => {
  folder = newFolder()
  out = join(folder, 'export.ndjson')
  const library = libraryOf()
  const audit = await openIn(folder, library)
  const [one, two, three] = await Promise.all(patients.map((patient) => traceOf(library, patient)))
  for (const trace of [one, two, three, two, one, three])
    if (trace) await audit.record(again(trace, trace.now + 86_400_000))
  await audit.close()
  db = openDatabase(settingsIn(folder).audit.database)
})
afterAll(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

const write = (format: LineFormat): Promise<number> =>
  exportLines({ db }, { format, range, out, canonicalBase: 'https://cds.example.org' })

/** Leaves file and progress as an export that was interrupted after so many lines. */
async function interruptAfter(lines: number, whole: string, format: LineFormat): Promise<void> {
  copyFileSync(whole, out)
  const bytes = Buffer.byteLength(
    linesOf(whole)
      .slice(0, lines)
      .map((line) => `${line}\n`)
      .join(''),
  )
  truncateSync(out, bytes + 7) // a torn line behind what is remembered
  const read: { stream: string; seq: number }[] = []
  for await (const { stream, seq } of readRecords(db, range)) read.push({ stream, seq })
  const after = read[lines - 1]
  writeFileSync(`${out}.progress`, JSON.stringify({ after, bytes, what: JSON.stringify({ format, range }) }))
}

test.each(['ndjson', 'auditevent', 'deidentified'] as const)(
  'AUD-120 an export as %s that is interrupted at any line ends as the same file, with one number for each patient',
  async (format) => {
    const whole = join(folder, format)
    expect(await write(format)).toBe(0)
    copyFileSync(out, whole)
    const text = readFileSync(whole, 'utf8')

    expect(linesOf(whole)).toHaveLength(6)
    for (let line = 1; line < 6; line += 1) {
      await interruptAfter(line, whole, format)
      expect(await write(format)).toBe(0)
      expect(readFileSync(out, 'utf8')).toBe(text)
    }
  },
)

test('three patients have three numbers', () => {
  const numbers = linesOf(join(folder, 'deidentified')).map(
    (line) => (JSON.parse(line) as { patient: number }).patient,
  )

  expect(numbers).toEqual([1, 2, 3, 2, 1, 3])
})

test('when the stored position is torn the export starts again from the beginning', async () => {
  writeFileSync(`${out}.progress`, '{"after":{"str')
  expect(await write('ndjson')).toBe(0)
  expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(folder, 'ndjson'), 'utf8'))
})

/** Leaves an export of the whole store as one that was interrupted in the middle. */
async function interruptInTheMiddle(): Promise<void> {
  expect(await writeWhole()).toBe(0)
  const lines = linesOf(out)
  const records = lines.flatMap((line, at) => (recordOfLine(line) ? [at] : []))
  const next = records[Math.floor(records.length / 2)] ?? 0
  const { stream, seq } = recordOfLine(lines[next] ?? '') ?? { stream: '', seq: 0 }
  const bytes = Buffer.byteLength(`${lines.slice(0, next).join('\n')}\n`)
  const what = JSON.stringify({ format: 'ndjson', range: {}, purges: await countPurges(db) })
  truncateSync(out, bytes)
  writeFileSync(`${out}.progress`, JSON.stringify({ after: { stream, seq: seq - 1 }, bytes, what }))
}
const writeWhole = (): Promise<number> =>
  exportLines({ db }, { format: 'ndjson', range: {}, out, canonicalBase: 'https://cds.example.org' })

test.each([
  ['a command that records its access', (store: OpenArchive) => store.note('access', {})],
  [
    'a purge',
    (store: OpenArchive) =>
      purge({ ...store, why: 'privacy' }, { before: Date.now() + 1_000_000_000 }, () => undefined),
  ],
])('AUD-120 a whole export that continues after %s is complete for verify', async (_, meanwhile) => {
  const settings = settingsIn(folder)
  await interruptInTheMiddle()
  const store = await openArchive(settings, Date.now)
  await meanwhile(store)
  const { publicKey } = store.signingKey
  await store.close()

  expect(await writeWhole()).toBe(0)
  expect(verified(linesOf(out), { publicKey }).faults).toEqual([])
})

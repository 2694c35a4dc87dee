import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Fhir as FhirValidator } from 'fhir'
import type { FhirResource } from 'fhir/r4.js'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { auditEvent } from '../../src/audit/export/audit-event.js'
import { csvCell } from '../../src/audit/export/csv.js'
import { makeDeidentifier } from '../../src/audit/export/deidentify.js'
import { csvTable, metricsCsv } from '../../src/audit/export/tables.js'
import { lineOf } from '../../src/audit/export-line.js'
import { explanationOf, explanationText, findCall } from '../../src/audit/explain.js'
import type { CallRow } from '../../src/audit/metrics/call-rows.js'
import { readCalls } from '../../src/audit/metrics/read-calls.js'
import { metricTable } from '../../src/audit/metrics/metric-table.js'
import { htmlPage } from '../../src/audit/report/html-page.js'
import { monthReport } from '../../src/audit/report/month-report.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import type { Trace } from '../../src/audit/trace.js'
import { timeOrderedId } from '../../src/audit/time-ordered-id.js'
import { evaluate } from '../../src/cli/evaluate.js'
import { readFixture, readOrders } from '../../src/cli/fixture.js'
import type { DraftOrder } from '../../src/facts/facts.js'
import type { Settings } from '../../src/config/settings.js'
import { libraryOf, newFolder, openIn, settingsIn } from './rig.js'

const marker = 'Zzcanary'
const base = 'https://cds.example.org'

/** A resource whose every id, text and display carries the marker. */
function marked(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => marked(item, name))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, marked(member, key)]))
  if (typeof value !== 'string') return value
  if (name === 'id') return `${marker}-${value}`
  if (name === 'reference') return value.replace('/', `/${marker}-`)
  return ['text', 'display', 'div', 'family', 'valueString', 'comment'].includes(name)
    ? `${value} ${marker}`
    : value
}

const foreignDraft: DraftOrder = {
  source: `${marker}/${marker}`,
  resourceType: marker,
  evaluated: false,
  needs: [],
  stopsFeeding: false,
  breastReason: false,
  side: 'unspecified',
  name: marker,
}

/** A call in which everything that came from outside carries the marker. */
async function markedTrace(hook: 'patient-view' | 'order-sign'): Promise<Trace> {
  const { at, patientId, resources } = readFixture('fhir-fixtures', 'antibiotic-48h-not-improving', 0)
  const id = `${marker}-${patientId}`
  const fixture = { at, patientId: id, resources: marked(resources) as readonly FhirResource[] }
  const orders =
    hook === 'patient-view'
      ? []
      : (marked(readOrders('fhir-fixtures', ['dicloxacillin'], patientId)) as FhirResource[])
  const { trace } = await evaluate({ fixture, hook, orders }, library)
  return {
    ...trace,
    invocationId: timeOrderedId(trace.now),
    request: {
      ...trace.request,
      hookInstance: `${marker} instance`,
      userId: `${marker}/${marker}`,
      encounterId: marker,
    },
    facts: { ...trace.facts, drafts: [...trace.facts.drafts, foreignDraft] },
  }
}

/** Settings of a site that keeps comments, sealed. */
function keepingComments(): Settings {
  const commentsKeyFile = join(folder, 'comments.pem')
  const { publicKey } = generateKeyPairSync('x25519')
  writeFileSync(commentsKeyFile, publicKey.export({ type: 'spki', format: 'pem' }))
  const settings = settingsIn(folder)
  return { ...settings, audit: { ...settings.audit, comments: true, commentsKeyFile } }
}

let library: ReturnType<typeof libraryOf>
let folder = ''
let traces: readonly Trace[] = []
const records: StoredRecord[] = []
let sealedComments: readonly string[] = []
const calls: CallRow[] = []

beforeAll(async () => {
  library = libraryOf()
  folder = newFolder()
  const audit = await openIn(folder, library, { settings: keepingComments() })
  traces = [await markedTrace('patient-view'), await markedTrace('order-sign')]
  for (const trace of traces) await audit.record(trace)
  const card = traces[0]?.considered.find(({ wire }) => wire)?.wire?.uuid ?? ''
  const feedback = {
    card,
    outcomeTimestamp: new Date((traces[0]?.now ?? 0) + 60_000).toISOString(),
    comment: marker,
    shape: 'standard',
  } as const
  const reason = { code: marker, system: marker, display: marker }
  const client = traces[0]?.client as Trace['client']
  await audit.feedback(
    client,
    'mastitis-patient-view',
    [
      { ...feedback, outcome: 'overridden', acceptedSuggestions: [], reason },
      { ...feedback, outcome: 'accepted', acceptedSuggestions: [marker] },
    ],
    (traces[0]?.now ?? 0) + 70_000,
  )
  await audit.archive.note('access', { what: 'explain one call', why: 'committee', by: 'cli' })
  await audit.close()
  const db = openDatabase(settingsIn(folder).audit.database)
  for await (const record of readRecords(db)) records.push(record)
  for await (const call of readCalls(db, {})) calls.push(call)
  sealedComments = (await db.selectFrom('comments').select('sealed').execute()).map(({ sealed }) => sealed)
  await db.destroy()
})
afterAll(() => rmSync(folder, { recursive: true }))

const ofType = (type: StoredRecord['type']): readonly StoredRecord[] =>
  records.filter((record) => record.type === type)

const ndjson = () => records.map(lineOf).join('\n')
const deidentified = () => records.map(makeDeidentifier()).join('\n')
const auditEvents = () => records.map((record) => JSON.stringify(auditEvent(record, base))).join('\n')
const csv = (name: Parameters<typeof csvTable>[0], deidentifiedToo = false): string => {
  const { header, linesOf } = csvTable(name, deidentifiedToo)
  return [header, ...calls.flatMap(linesOf)].join('\n')
}
const report = () => monthReport({ month: '2026-03', metrics: metricTable(calls, ['card']), changes: [] })

describe('AUD-112 SEC-080 the marker is absent from', () => {
  test.each<[string, () => string]>([
    ['the database', () => readFileSync(join(folder, 'audit.db'), 'latin1')],
    ['the records as read', () => records.map((record) => JSON.stringify(record)).join('\n')],
    ['NDJSON', ndjson],
    ['NDJSON, de-identified', deidentified],
    ['CSV of invocations', () => csv('invocations')],
    ['CSV of cards', () => csv('cards')],
    ['CSV of feedback', () => csv('feedback')],
    ['CSV of DSI feedback', () => csv('dsi')],
    ['CSV of metrics', () => metricsCsv(metricTable(calls, ['card'])).join('\n')],
    ['AuditEvents', auditEvents],
    ['the report', report],
    ['the report as HTML', () => htmlPage(report())],
    [
      'the explanation',
      () =>
        ofType('invocation')
          .map((record) => explanationText(explanationOf(record) as never))
          .join('\n'),
    ],
    ['the checkpoints', () => readFileSync(join(folder, 'checkpoints.ndjson'), 'utf8')],
  ])('%s', (_, text) => {
    const written = text()

    expect(written.length).toBeGreaterThan(100)
    expect(written.toLowerCase()).not.toContain(marker.toLowerCase())
  })

  test('the recorded calls did carry the marker, and returned cards', () => {
    expect(JSON.stringify(traces.map(({ request, facts }) => ({ request, facts })))).toContain(marker)
    expect(calls.flatMap(({ cards }) => cards).length).toBeGreaterThan(2)
    expect(ofType('feedback')).toHaveLength(2)
  })
})

test('AUD-022 comments were stored, and leave the database in no form, not even sealed', () => {
  const written = [
    ...[ndjson(), deidentified(), auditEvents(), report()],
    ...(['invocations', 'cards', 'feedback', 'dsi'] as const).map((name) => csv(name)),
  ].join('\n')

  expect(sealedComments).toHaveLength(2)
  for (const sealed of sealedComments) expect(written).not.toContain(sealed)
  expect(ndjson()).toContain('commentCommitment')
  expect(deidentified()).not.toContain('commentCommitment')
})

describe('AUD-111 de-identified', () => {
  test('no pseudonym, no id, no client, and no date but the year', () => {
    const written = [
      deidentified(),
      ...(['invocations', 'cards', 'feedback', 'dsi'] as const).map((name) => csv(name, true)),
    ].join('\n')

    expect(written).not.toMatch(/e1\.[a-z2-7]{26}/)
    expect(written).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-/)
    expect(written).not.toMatch(/\d{4}-\d{2}-\d{2}/)
    expect(written).not.toContain('development')
    expect(written).toContain('2026')
  })

  test.each<[string, number, unknown]>([
    ['31', 31, 31],
    ['89', 89, 89],
    ['90', 90, 'over 89'],
  ])('a patient of %s years is exported as %s', (_, years, expected) => {
    const [first] = ofType('invocation')
    const body = JSON.parse(first?.body ?? '{}') as { facts: { patient: { birth: number } } }
    body.facts.patient.birth = Math.round(years * 365.25 * 86_400_000) + 3_600_000
    const line = makeDeidentifier()({ ...(first as StoredRecord), body: JSON.stringify(body) }) ?? '{}'

    expect((JSON.parse(line) as { facts: { patient: unknown } }).facts.patient).toMatchObject({
      ageYears: expected,
    })
  })
})

describe('AUD-120 AuditEvents', () => {
  const { Fhir } = createRequire(import.meta.url)('fhir') as { Fhir: typeof FhirValidator }
  const validator = new Fhir()
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

  test('one for each call, feedback item and access; each is valid FHIR R4', () => {
    const events = records.flatMap((record) => auditEvent(record, base) ?? [])
    const faults = events.flatMap((event) => validator.validate(event, { errorOnUnexpected: true }).messages)

    expect(events).toHaveLength(
      ofType('invocation').length + ofType('feedback').length + ofType('access').length,
    )
    expect(faults).toEqual([])
    expect(events.every(({ recorded }) => isInstant.test(recorded))).toBe(true)
  })

  test('the validator refuses an invalid AuditEvent', () => {
    const [record] = ofType('invocation')
    const { agent: _agent, ...event } = auditEvent(record as StoredRecord, base) ?? { agent: [] }

    expect(validator.validate({ ...event, action: 'Q' }).valid).toBe(false)
    expect(validator.validate(event).valid).toBe(false)
  })
})

test.each<[string | number | undefined, string]>([
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', `"'\rx"`],
  [-1.5, '-1.5'],
  ['a, b', '"a, b"'],
  [undefined, ''],
])('SEC-122 the cell %j is written as %j', (value, written) => {
  expect(csvCell(value)).toBe(written)
})

test('AUD-084 the explanation of a call names conditions, reasons, facts with source and age', async () => {
  const db = openDatabase(settingsIn(folder).audit.database)
  const record = await findCall(db, traces[0]?.invocationId ?? '')
  const nobody = await findCall(db, timeOrderedId(Date.now()))
  await db.destroy()
  const explanation = explanationOf(record as StoredRecord)

  expect(nobody).toBeUndefined()
  expect(explanation?.rules['ultrasound']).toBe('fire')
  expect(explanation?.lines).toContainEqual(
    expect.objectContaining({
      scope: 'left',
      condition: 'failed',
      outcome: 'present',
      because: 'no improvement at 48 h of antibiotics',
    }),
  )
  expect(explanation?.lines.flatMap(({ facts }) => facts)).toContainEqual(
    expect.stringMatching(/^Observation#\d+: temperature 38\.8 unspecified, 2 h before$/),
  )
})

import { createPublicKey } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findingNames } from '../../src/assess/finding-names.js'
import { explanationOf, explanationText } from '../../src/audit/explain.js'
import type { InvocationBody } from '../../src/audit/invocation-body.js'
import { bodyOf } from '../../src/audit/metrics/call-rows.js'
import { oldFindingNames, recordedCall } from '../../src/audit/old-finding-names.js'
import type { StoredRecord } from '../../src/audit/record.js'
import { makeAskEarlier } from '../../src/audit/replay/earlier-in-store.js'
import { reDecide } from '../../src/audit/replay/re-decide.js'
import { replayRecord } from '../../src/audit/replay/replay-record.js'
import { emptyReport } from '../../src/audit/replay/replay-tally.js'
import { openDatabase, type AuditStore } from '../../src/audit/store/open-database.js'
import { readRecords } from '../../src/audit/store/record-reader.js'
import { faultLine } from '../../src/audit/verify/faults.js'
import { libraryOf, linesOf, newFolder, openIn } from './rig.js'
import { exported, verified } from './tampered-log.js'

// The store of `store-of-grouped-stages/` was made by commit fcc5873, whose rows asked of groups such as "stage-3-to-8".

const library = libraryOf()
let folder = ''
let db: AuditStore
let calls: readonly StoredRecord[]

beforeAll(async () => {
  folder = newFolder()
  for (const name of ['audit.db', 'checkpoints.ndjson', 'signing-key.pem', 'pseudonym.key'])
    copyFileSync(join('test/audit/store-of-grouped-stages', name), join(folder, name))
  await (await openIn(folder, library)).close() // today's version takes the store over
  db = openDatabase(`file:${join(folder, 'audit.db')}`)
  const found: StoredRecord[] = []
  for await (const record of readRecords(db, { types: ['invocation'] })) found.push(record)
  calls = found
})
afterAll(async () => {
  await db.destroy()
  rmSync(folder, { recursive: true })
})

const asWritten = (record: StoredRecord) => bodyOf(record) as InvocationBody

const namesIn = ({ scopes, cards }: InvocationBody): readonly string[] => [
  ...scopes.flatMap(({ present, cannotTell, absent }) =>
    [...present, ...cannotTell, ...absent].flatMap(([names]) => names.split(' ')),
  ),
  ...cards.flatMap(({ rows }) => rows.flatMap(({ on }) => on)),
]

test('the store holds calls without cards, calls with three cards, calls of order-sign, calls answered 412, and every old name', () => {
  const bodies = calls.map(asWritten)
  const names = new Set(bodies.flatMap(namesIn))

  expect(bodies.some(({ cards, status }) => cards.length === 0 && status === 200)).toBe(true)
  expect(bodies.some(({ cards }) => cards.length === 3)).toBe(true)
  expect(bodies.some(({ hook, cards }) => hook === 'order-sign' && cards.length > 0)).toBe(true)
  expect(bodies.some(({ status }) => status === 412)).toBe(true)
  expect([...oldFindingNames.keys()].filter((name) => !names.has(name))).toEqual([])
})

test('every finding named by an old record exists today, or is in the table', () => {
  const names = new Set(calls.flatMap((record) => namesIn(asWritten(record))))

  expect([...names].filter((name) => !(name in findingNames) && !oldFindingNames.has(name))).toEqual([])
})

test('the table maps only findings that do not exist today, each to findings that do', () => {
  expect([...oldFindingNames.keys()].filter((name) => name in findingNames)).toEqual([])
  expect([...oldFindingNames.values()].flat().filter((name) => !(name in findingNames))).toEqual([])
})

test('old records are verified', async () => {
  const publicKey = createPublicKey(readFileSync(join(folder, 'signing-key.pem')))
  const checkpoints = linesOf(join(folder, 'checkpoints.ndjson'))
  const { faults } = verified(await exported(db), { publicKey, checkpoints })

  expect(faults.map(faultLine)).toEqual([])
})

test('old records are explained with the names of today, each stage once', () => {
  for (const record of calls) {
    const { lines = [], cards = [] } = explanationOf(record) ?? {}
    const named = lines.map(({ scope, condition }) => `${scope} ${condition}`)
    const stood = cards.flatMap(({ rows }) => rows.flatMap((row) => row.split(': ')[1]?.split(', ') ?? []))

    expect(named).toEqual([...new Set(named)])
    expect(
      [...lines.map(({ condition }) => condition), ...stood].filter((name) => !(name in findingNames)),
    ).toEqual([])
  }
})

test('a finding that only the old name stated is still explained', () => {
  const told = (body: InvocationBody | undefined, verdict: 'present' | 'cannotTell' | 'absent') =>
    body?.scopes.map((scope) => scope[verdict].flatMap(([names]) => names.split(' ')))
  for (const record of calls)
    for (const verdict of ['present', 'cannotTell', 'absent'] as const) {
      const today = told(recordedCall(record), verdict)
      told(asWritten(record), verdict)?.forEach((names, scope) => {
        for (const name of names) {
          const known = oldFindingNames.get(name) ?? [name as never]
          expect(known.some((each) => today?.[scope]?.includes(each))).toBe(true)
        }
      })
    }
})

test('the explanation of an old call shows the evidence of its stage once', () => {
  const record = calls.find((each) => asWritten(each).cards.some(({ kind }) => kind === 'culture'))
  const explanation = record && explanationOf(record)
  const text = explanation ? explanationText(explanation) : ''

  expect(text.match(/\| stage bacterial mastitis:/g)).toHaveLength(1)
  expect(text).toMatch(/\w left: failed, stage-bacterial-mastitis, care-allowed/)
})

/** What rules that came after the store of old calls add to them: a doubtful scan is to be repeated (clinical changes C6). */
const addedSince = ['ultrasound info rescan']

/** The cards that suggest other orders since then: three at most, and a culture with a second antibiotic. */
const suggestsOtherwise = ['second-antibiotic']

test('old calls are replayed with the same cards for the same reasons; newer texts and suggestions, and cards that were added later, are all that differs', async () => {
  const earlierInStore = makeAskEarlier(db)
  let report = emptyReport(library.pack)
  for (const record of calls) report = await replayRecord(report, record, { library, earlierInStore })
  const {
    'card-added': added,
    'text-changed': newerTexts,
    'suggestion-changed': _,
    ...others
  } = report.counts
  const otherwise = report.examples['suggestion-changed'].map(({ kind }) => kind)

  expect(report.calls).toBe(calls.length)
  expect(newerTexts).toBeGreaterThan(0)
  expect(
    report.examples['card-added'].map(({ kind, after }) => `${kind} ${after?.replace(/^\S+ /, '') ?? ''}`),
  ).toEqual(addedSince)
  expect(added).toBe(addedSince.length)
  expect([...new Set(otherwise)]).toEqual(suggestsOtherwise)
  expect(Object.values(others).every((count) => count === 0)).toBe(true)
  expect(report.notReplayable).toBe(0)
})

test('a replayed row depends on the findings that the old record names, as the table maps them', () => {
  const stands = (cards: InvocationBody['cards']) =>
    cards.flatMap(({ kind, rows }) => rows.map(({ row, side, on }) => ({ kind, row, side, on })))
  for (const record of calls) {
    const body = recordedCall(record)
    if (!body) throw new Error('an old record has no body')
    const again = reDecide(body, library).cards.filter(({ kind }) =>
      body.cards.some((card) => card.kind === kind),
    )

    expect(stands(again)).toEqual(stands(body.cards))
  }
})

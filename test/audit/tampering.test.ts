import { createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openArchive } from '../../src/audit/archive.js'
import { isHeadLine, isRowLine } from '../../src/audit/export-line.js'
import { makeAnchor } from '../../src/audit/make-anchor.js'
import { openDatabase } from '../../src/audit/store/open-database.js'
import type { AuditStore } from '../../src/audit/store/open-database.js'
import { purge } from '../../src/audit/store/purge.js'
import type { FeedbackItem, Trace } from '../../src/audit/trace.js'
import { faultLine } from '../../src/audit/verify/faults.js'
import type { LogVerdict } from '../../src/audit/verify/log-verifier.js'
import type { Library } from '../../src/service/library.js'
import { rounds } from '../depth.js'
import { again, libraryOf, linesOf, newFolder, openIn, settingsIn, traceOf } from './rig.js'
import { exported, oneOf, seeded, verified } from './tampered-log.js'
import { tamperings } from './tamperings.js'
import { ambushed, ambushes } from './transient-rows.js'

let folder = ''
let publicKey: KeyObject
let checkpoints: readonly string[] = []
let anchor = ''
let clean: readonly string[] = []
let library: Library
/** A call about a patient of whom nothing is on record. */
let trace: Trace
/** Databases as they were after each process ended. */
const earlierDays: string[] = []

const fileOf = (name: string): string => join(folder, `${name}.db`)
/** `TAMPERINGS=1000` tries as many as a release wants; some minutes. */
const tries = Number(process.env['TAMPERINGS'] ?? rounds(200, 100))
const longestMs = 600_000 + tries * 6_000

const feedbackOn = ({ considered }: Trace, at: number): FeedbackItem => ({
  card: considered.find(({ wire }) => wire)?.wire?.uuid ?? '',
  outcome: 'overridden',
  acceptedSuggestions: [],
  reason: { code: 'patient-declines' },
  outcomeTimestamp: new Date(at).toISOString(),
  shape: 'standard',
})

const ofPatient = (trace: Trace, patientId: string): Trace => {
  const call = again(trace, Date.now())
  return { ...call, request: { ...call.request, patientId } }
}

/** One process from its start to its end: calls with and without cards, feedback, and the same feedback twice. */
async function oneDay(traces: readonly Trace[], patient: string): Promise<void> {
  const audit = await openIn(folder, library)
  for (const trace of traces)
    for (const patientId of [patient, 'berta']) {
      const call = ofPatient(trace, patientId)
      await audit.record(call)
      const item = feedbackOn(call, Date.now())
      if (item.card !== '')
        await audit.feedback(call.client, 'mastitis-patient-view', [item, item], Date.now())
      await audit.feedback(call.client, 'mastitis-patient-view', [{ ...item, card: patient }], Date.now())
    }
  await audit.close()
  earlierDays.push(`day-${earlierDays.length}`)
  copyFileSync(fileOf('audit'), fileOf(earlierDays.at(-1) ?? ''))
}

async function withStore<Answer>(name: string, work: (db: AuditStore) => Promise<Answer>): Promise<Answer> {
  const db = openDatabase(`file:${fileOf(name)}`)
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

beforeAll(async () => {
  folder = newFolder()
  library = libraryOf()
  const first = await traceOf(library)
  const traces = [first, await traceOf(library, 'day-3-both-breasts-swollen-moderate')]
  trace = { ...first, request: { ...first.request, patientId: 'emma' } }
  await oneDay(traces, 'anna')
  await oneDay(traces, 'clara')
  const archive = await openArchive(settingsIn(folder), Date.now)
  const patientRefs = archive.pseudonyms().all.map((pseudonym) => pseudonym('development', 'patient', 'anna'))
  await purge({ ...archive, why: 'privacy' }, { tenant: 'development', patientRefs }, () => undefined)
  await archive.close()
  await oneDay(traces, 'dora')
  const last = await openArchive(settingsIn(folder), Date.now)
  anchor = await makeAnchor(last, Date.now)
  await last.close()
  publicKey = createPublicKey(readFileSync(join(folder, 'signing-key.pem')))
  checkpoints = linesOf(join(folder, 'checkpoints.ndjson'))
  clean = await withStore('audit', exported)
})
afterAll(() => rmSync(folder, { recursive: true }))

const said = ({ faults }: LogVerdict): readonly string[] => faults.map(faultLine)

/** Is any of the places named? */
const names = (faults: readonly string[], marks: readonly string[]): boolean =>
  faults.some((fault) => marks.some((mark) => fault.includes(mark)))

describe('SEC-120 AUD-102', () => {
  test('an unchanged log is whole: alone, with the checkpoint list, with the anchor, with an older copy of the list', () => {
    const verdict = verified(clean, { publicKey })

    expect(said(verdict)).toEqual([])
    expect(verdict).toMatchObject({ purged: expect.any(Number), older: { records: 0 } })
    expect(verdict.purged).toBeGreaterThan(0)
    expect(said(verified(clean, { publicKey, checkpoints }))).toEqual([])
    expect(said(verified(clean, { publicKey, checkpoints, anchors: [anchor] }))).toEqual([])
    expect(said(verified(clean, { publicKey, checkpoints, anchors: checkpoints.slice(0, 2) }))).toEqual([])
    expect(verified(clean, { publicKey, anchors: [anchor] }).notOutside).toBe(0)
  })

  test(
    `each of ${tries} random changes by an account with rights on the database alone is found`,
    async () => {
      const below = seeded(17)
      const missed: unknown[] = []
      const kinds = Object.keys(tamperings)
      for (let round = 0; round < tries; round += 1) {
        const kind = kinds[round % kinds.length] ?? ''
        copyFileSync(fileOf('audit'), fileOf('tampered'))
        const { marks, lines } = await withStore('tampered', async (db) => {
          const found = (await tamperings[kind]?.({ db, below })) ?? []
          return { marks: found, lines: await exported(db) }
        })
        const faults = said(verified(lines, { publicKey, checkpoints }))
        const cut = checkpoints.slice(0, below(checkpoints.length))
        const withAnchor = said(verified(lines, { publicKey, checkpoints: cut, anchors: [anchor] }))
        if (!names(faults, marks)) missed.push({ kind, marks, faults })
        if (!names(withAnchor, marks) || !names(withAnchor, ['missing in the checkpoint list']))
          missed.push({ kind, marks, withAnchor })
        rmSync(fileOf('tampered'))
      }

      expect(missed).toEqual([])
    },
    longestMs,
  )

  test(
    `each of ${Math.ceil(tries / 10)} calls whose card was hidden by rows that existed for this call alone is found`,
    async () => {
      const below = seeded(29)
      const missed: unknown[] = []
      const kinds = Object.entries(ambushes)
      for (let round = 0; round < tries / 10; round += 1) {
        const [kind, change] = kinds[round % kinds.length] as (typeof kinds)[number]
        const left = await ambushed({ folder, library, trace }, change, below)
        const faults = said(verified(left.lines, { publicKey, checkpoints: left.checkpoints }))
        const cut = left.checkpoints.slice(0, below(checkpoints.length))
        const withAnchor = said(verified(left.lines, { publicKey, checkpoints: cut, anchors: [anchor] }))
        if (faults.length !== 1 || !names(faults, left.marks))
          missed.push({ kind, marks: left.marks, faults })
        if (!names(withAnchor, left.marks) || !names(withAnchor, ['missing in the checkpoint list']))
          missed.push({ kind, marks: left.marks, withAnchor })
      }

      expect(missed).toEqual([])
    },
    longestMs,
  )

  test('the database of an earlier day in place of this one is found by the checkpoint list, and by the anchor', async () => {
    for (const day of earlierDays) {
      const lines = await withStore(day, exported)
      const own = verified(lines, { publicKey })
      const byList = said(verified(lines, { publicKey, checkpoints }))
      const byAnchor = said(verified(lines, { publicKey, anchors: [anchor] }))

      expect(said(own)).toEqual([]) // what cannot be known without something from outside
      expect(byList.join()).toContain('is missing: a signature says that the stream went on')
      expect(byAnchor.join()).toContain('is missing: a signature says that the stream went on')
    }
  })

  test('a checkpoint list that was cut at its end is found by the anchor, and by an older copy', () => {
    for (let kept = 0; kept < checkpoints.length; kept += 1) {
      const cut = checkpoints.slice(0, kept)
      expect(said(verified(clean, { publicKey, checkpoints: cut, anchors: [anchor] })).join()).toContain(
        'missing in the checkpoint list',
      )
      expect(said(verified(clean, { publicKey, checkpoints: cut, anchors: checkpoints })).join()).toContain(
        'missing in the checkpoint list',
      )
    }
  })

  test(
    `each of ${tries} random changes of an export is found`,
    () => {
      const below = seeded(4)
      const missed: unknown[] = []
      for (let round = 0; round < tries; round += 1) {
        const kind = (['edit', 'remove', 'repeat', 'swap', 'cut'] as const)[round % 5] ?? 'edit'
        const lines = [...clean]
        const at = below(lines.length)
        const line = lines[at] ?? ''
        if (kind === 'edit') lines[at] = edited(line, below)
        if (kind === 'remove') lines.splice(at, 1)
        if (kind === 'repeat') lines.splice(at, 0, line)
        if (kind === 'swap') {
          const recordLines = lines.flatMap((text, place) =>
            isHeadLine(text) || isRowLine(text) || place === at ? [] : [place],
          )
          const other = oneOf(recordLines, below)
          ;[lines[at], lines[other]] = [lines[other] ?? '', line]
        }
        if (kind === 'cut') lines.length = at
        if (said(verified(lines, { publicKey, checkpoints })).length === 0)
          missed.push({ kind, at, line: line.slice(0, 200) })
      }

      expect(missed).toEqual([])
    },
    longestMs,
  )
})

/** The line with one letter or digit changed into another. */
function edited(line: string, below: (limit: number) => number): string {
  for (;;) {
    const place = below(line.length)
    const letter = line.charAt(place)
    if (!/[0-9a-z]/.test(letter)) continue
    const other = /[0-9]/.test(letter)
      ? String((Number(letter) + 1 + below(8)) % 10)
      : letter === 'z'
        ? 'a'
        : 'z'
    return line.slice(0, place) + other + line.slice(place + 1)
  }
}

import { randomUUID } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { createServer, IncomingMessage, request as httpRequest, ServerResponse } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import express from 'express'
import type { Request, Response } from 'express'
import type { MetricLine } from '../../../src/audit/metrics/metric-table.js'
import { makeChain } from '../../../src/audit/chain.js'
import { migrate } from '../../../src/audit/store/migrations.js'
import { openDatabase } from '../../../src/audit/store/open-database.js'
import { makeStoreBatch } from '../../../src/audit/store/record-store.js'
import type { Question } from '../../../src/auditor/question.js'
import { makeAuditors } from '../../../src/http/admin/ask-auditor.js'
import type { AuditorParts } from '../../../src/http/admin/ask-auditor.js'
import { openCall } from '../../../src/http/call.js'
import { answerErrors } from '../../../src/http/errors.js'
import type { Settings } from '../../../src/config/settings.js'
import { newFolder, settingsIn, signHead } from '../../audit/rig.js'
import { rounds } from '../../depth.js'
import { auditorEntry } from '../../entry.js'

/** So many calls that nobody holds them in the heap that is given. */
const calls = rounds(60_000, 2_000)
const bodyBytes = rounds(2_000, 30_000)
const heapMiB = 48

let folder = ''
let settings: Settings
const servers: Server[] = []

beforeAll(async () => {
  folder = newFolder()
  settings = settingsIn(folder)
  const db = openDatabase(settings.audit.database)
  await migrate(db)
  const store = makeStoreBatch(db, signHead)
  const chain = makeChain('stream-1')
  const at = '2026-03-03T09:00:00.000Z'
  const because = 'x'.repeat(bodyBytes)
  for (let from = 0; from < calls; from += 500)
    await store(
      Array.from({ length: 500 }, (_item, number) => {
        const body = {
          ...{ invocationId: randomUUID(), receivedAt: at, hook: 'patient-view', mode: 'live' },
          ...{ userRole: 'Practitioner', patientRef: 'p', userRef: 'u', encounterRef: `e${from + number}` },
          ...{ status: 200, durationMs: { gather: 1, facts: 1, assess: 1, cards: 1 } },
          ...{ rules: { ultrasound: 'no-fire' }, missing: [], cards: [], facts: {}, scopes: [], because },
        }
        const entry = { type: 'invocation', tenant: 'hospital-a', at, body: JSON.stringify(body) } as const
        return { record: chain.append(entry), cards: [], feedback: [] }
      }),
    )
  await db.destroy()
}, 240_000)

afterAll(async () => {
  for (const server of servers) await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true })
})

/** A server that answers any request with one question, but /none with no line; gives its address. */
async function serve(question: Question, parts: Partial<AuditorParts> = {}): Promise<string> {
  const auditors = makeAuditors({ settings, program: auditorEntry, heapMiB, ...parts })
  const app = express()
  app.use(openCall(() => undefined, Date.now))
  app.use(async (req: Request, res: Response) => {
    const place = auditors.enter()
    try {
      await place.answer(req.path === '/none' ? noLine : question, res)
    } finally {
      place.leave()
    }
  }, answerErrors())
  const server = createServer(app)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const metrics: Question = { ask: 'metrics', range: {}, mode: 'live', by: ['card', 'week'] }
const everyLine: Question = { ask: 'export', format: 'ndjson', range: {} }
const noLine: Question = { ask: 'export', format: 'ndjson', range: { to: 0 } }

test(`metrics over ${calls} calls need no more than ${heapMiB} MiB of heap`, async () => {
  const answer = await fetch(await serve(metrics))
  const { metrics: lines } = (await answer.json()) as { metrics: MetricLine[] }
  const [counted] = lines.filter(({ metric }) => metric === 'calls')
  const [encounters] = lines.filter(({ metric }) => metric === 'encounter-fire-rate')

  expect([counted?.value, encounters?.denominator]).toEqual([calls, calls])
}, 240_000)

test.each<[string, Question, (text: string) => unknown, unknown]>([
  [
    'an export of the records and their signed head',
    everyLine,
    (text) => text.trimEnd().split('\n').length,
    calls + 1,
  ],
  [
    'a de-identified export',
    { ...everyLine, format: 'deidentified' },
    (text) => text.trimEnd().split('\n').length,
    calls,
  ],
  [
    'a report',
    { ask: 'report', month: '2026-03', format: 'markdown' },
    (text) => text.includes(`| calls | ${calls} `),
    true,
  ],
  ['the chain', { ask: 'chain' }, (text) => (JSON.parse(text) as { records: number }).records, calls],
])(
  '%s needs no more either',
  async (_, question, found, expected) => {
    const answer = await fetch(await serve(question))

    expect(answer.status).toBe(200)
    expect(found(await answer.text())).toEqual(expected)
  },
  240_000,
)

test('during one question a second question is refused, and it is answered afterwards', async () => {
  const url = `${await serve(everyLine)}none`
  const answers = await Promise.all([fetch(url), fetch(url)])
  const busy = answers.find(({ status }) => status === 503)

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 503])
  expect(busy?.headers.get('retry-after')).toBe('10')
  await Promise.all(answers.map((answer) => answer.text()))
  expect(await answeredAtLast(url)).toBe(200)
})

test.each([
  ['time', { longestMs: 50 }],
  ['memory', { heapMiB: 4 }],
])(
  'a question over its limit of %s is refused, and the service goes on',
  async (_, parts) => {
    const url = await serve(metrics, parts)

    for (let time = 0; time < 2; time += 1) {
      const answer = await fetch(url)
      expect(answer.status).toBe(503)
      expect(await answer.text()).toContain('AUDIT_TOO_COSTLY')
    }
  },
  60_000,
)

test('a closed connection ends its question, and the next question is answered', async () => {
  const url = await serve(everyLine)
  await new Promise<void>((resolve) => {
    const asked = httpRequest(url, (answer) => {
      answer.once('data', () => {
        answer.destroy()
        resolve()
      })
    })
    asked.end()
  })

  expect(await answeredAtLast(`${url}none`)).toBe(200)
})

/** Asks until the place is free: the process before may take a moment to end. */
async function answeredAtLast(url: string): Promise<number> {
  for (let tries = 0; tries < 1_000; tries += 1) {
    const answer = await fetch(url)
    await answer.text()
    if (answer.status !== 503) return answer.status
  }
  return 503
}

test('a partial response is never mistaken for a complete one', async () => {
  const half = join(folder, 'half.mjs')
  const lines = [
    "process.once('message', () => {",
    "  process.send('found')",
    "  process.stdout.write('half of it', () => process.exit(1))",
    '})',
  ]
  writeFileSync(half, lines.join('\n'))
  const answer = await fetch(await serve(everyLine, { program: [half] }))

  await expect(answer.text()).rejects.toThrow()
})

test('a program that does not start leads to an error response, and the service goes on', async () => {
  const answer = await fetch(await serve(everyLine, { program: [join(folder, 'nowhere.mjs')] }))

  expect(answer.status).toBe(503)
})

test('when the system cannot start a process the response names a time to try again, and the next question is answered', async () => {
  const parts: Partial<AuditorParts> = { execPath: join(folder, 'no-node') }
  const url = await serve(everyLine, parts)
  for (let time = 0; time < 2; time += 1) {
    const answer = await fetch(url)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10'])
    expect(await answer.text()).toContain('LIMIT_OVERLOAD')
  }
})

test('no process is started for a connection that closed before the question', async () => {
  const auditors = makeAuditors({ settings, program: [join(folder, 'no-program.mjs')] })
  const left = new ServerResponse(new IncomingMessage(new Socket())) as Response
  left.destroy()

  await expect(auditors.enter().answer(everyLine, left)).resolves.toBeUndefined()
})

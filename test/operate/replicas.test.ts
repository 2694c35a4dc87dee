import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { newPostgresDatabase, postgresUrl } from '../audit/rig.js'
import { readAudit } from './audit-of.js'
import { accepted, aHospital, post, topicsOf, viewOf, viewPath } from './hospital.js'
import type { Answer, Hospital } from './hospital.js'
import { startService } from './process.js'
import type { RunningService } from './process.js'

const withServer = postgresUrl === undefined ? test.skip : test
if (postgresUrl === undefined)
  test.skip('three replicas and one PostgreSQL: skipped, because TEST_POSTGRES_URL names no server', () =>
    undefined)

let hospital: Hospital
let replicas: RunningService[] = []

beforeAll(async () => {
  if (postgresUrl === undefined) return
  hospital = await aHospital({ database: await newPostgresDatabase() })
  hospital.site(accepted)
  const { env } = hospital
  replicas = await Promise.all(
    [0, 1, 2].map((replica) => startService({ env: { ...env, CONFIG: ownConfig(replica) } })),
  )
})

afterAll(async () => {
  await Promise.all(replicas.map((replica) => replica.stop()))
  if (postgresUrl !== undefined) hospital.remove()
})

/** The settings of one replica: the hospital's, with a spool of its own. */
function ownConfig(replica: number): string {
  const path = join(hospital.folder, `config-${replica}.yaml`)
  const config = readFileSync(hospital.env['CONFIG'] ?? '', 'utf8')
  writeFileSync(path, config.replace('spoolDir: data/spool', `spoolDir: data/spool-${replica}`))
  return path
}

const feedbackPath = `${viewPath}/feedback`
const patient = 'antibiotic-48h-not-improving'

async function call(
  replica: number,
  body: unknown,
  path = viewPath,
): Promise<{ status: number; body: Answer }> {
  return post(`${baseOf(replica)}${path}`, body, await hospital.authorization(path))
}

const baseOf = (replica: number): string => replicas[replica]?.base ?? ''

withServer('SEC-008 a token that one replica has seen is refused by every replica', async () => {
  const token = await hospital.authorization(viewPath)
  const statuses: number[] = []
  for (const replica of [0, 0, 1, 2])
    statuses.push((await post(baseOf(replica) + viewPath, viewOf(patient), token)).status)

  expect(statuses).toEqual([200, 401, 401, 401])
})

withServer('SEC-008 of one token sent to all replicas at once, one is taken', async () => {
  const token = await hospital.authorization(viewPath)
  const answers = await Promise.all(
    [0, 1, 2].map((replica) => post(baseOf(replica) + viewPath, viewOf(patient), token)),
  )

  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
})

withServer('a card overridden at one replica is suppressed at another', async () => {
  const { cards = [] } = (await call(0, viewOf(patient))).body
  const overridden = cards.find(({ source }) => source.topic.code === 'ultrasound')
  expect(overridden).toBeDefined()
  const feedback = {
    feedback: [
      {
        card: overridden?.uuid,
        outcome: 'overridden',
        outcomeTimestamp: new Date().toISOString(),
        overrideReason: { reason: { code: 'patient-declines' } },
      },
    ],
  }
  expect((await call(1, feedback, feedbackPath)).status).toBe(200)

  const after = topicsOf((await call(2, viewOf(patient))).body)
  expect(topicsOf({ cards })).toContain('ultrasound')
  expect(after).not.toContain('ultrasound')
})

withServer(
  'the chain of each replica verifies, and every call of every replica is in the one store',
  async () => {
    const calls = await Promise.all(
      Array.from({ length: 30 }, (_, place) =>
        call(place % 3, { ...viewOf(patient), hookInstance: randomUUID() }),
      ),
    )
    expect(calls.every(({ status }) => status === 200)).toBe(true)
    expect(await Promise.all(replicas.map((replica) => replica.stop()))).toEqual([0, 0, 0])

    const { records, faults } = await readAudit(hospital.env['AUDIT_DATABASE'])
    const invocations = records.filter(({ type }) => type === 'invocation')
    expect(faults).toEqual([])
    expect(new Set(invocations.map(({ stream }) => stream)).size).toBe(3)
    expect(invocations).toHaveLength(1 + 1 + 2 + 30)
  },
  30_000,
)

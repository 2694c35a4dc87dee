import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { cardsIn, faultsIn } from '../operate/audit-of.js'
import { post, topicsOf, viewOf, viewPath } from '../operate/hospital.js'
import { startService } from '../operate/process.js'
import type { RunningService } from '../operate/process.js'
import { startFaultyFhir } from './faulty-fhir.js'
import type { FaultyFhir, FhirMood } from './faulty-fhir.js'
import { emptyDisk, fillDisk, giveHandles, handlesOf, takeHandles } from './limits-of.js'

const { SOAK_MINUTES = '0' } = process.env
const soakMs = Number(SOAK_MINUTES) * 60_000
const soaking = soakMs > 0 ? test : test.skip
if (soakMs === 0) test.skip('soak with faults: skipped, SOAK_MINUTES=10 runs it', () => undefined)

const folder = mkdtempSync(join(tmpdir(), 'soak-'))
const database = `file:${join(folder, 'audit.db')}`
const sick = 'abscess-diagnosed-no-ultrasound'
const well = 'healthy-lactating'
const callers = 4
const faultEveryMs = 3_000
/** Some 40 of its own, and sockets to a server that hangs: 64 in use, as many that are being given up. */
const mostHandles = 40 + 2 * 64 + 20
const moods: readonly FhirMood[] = ['hangs', 'resets', 'answers 500', 'answers HTML', 'well']

let service: RunningService
let fhir: FaultyFhir

const wait = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

const startAgain = async (): Promise<void> => {
  service = await startService({
    env: { AUDIT_DATABASE: database, CONFIG: join(folder, 'config.yaml') },
    nodeOptions: ['--max-old-space-size=256'], // as in production: what is kept for good would end it
  })
  fhir.behind(`${service.base}/fhir`)
}

const memoryMiB = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(service.child.pid)}/status`, 'utf8'))?.[1]) /
  1_024

/** The faults of the soak, one after the other; `kill -9` in the first half alone, so that memory can be watched in the second. */
const faults: readonly ((mayKill: boolean) => Promise<void>)[] = [
  async () => {
    fillDisk(service)
    await wait(700)
    emptyDisk(service)
  },
  async () => {
    takeHandles(service)
    await wait(500)
    giveHandles(service)
  },
  () => Promise.resolve(service.child.kill('SIGHUP')).then(() => undefined),
  async (mayKill) => {
    if (!mayKill) return
    service.child.kill('SIGKILL')
    await service.ended
    await startAgain()
  },
]

beforeAll(async () => {
  if (soakMs === 0) return
  fhir = await startFaultyFhir()
  writeFileSync(
    join(folder, 'config.yaml'),
    `mode: development\nauth: off\naudit: { spoolDir: spool }\nclients:\n  - id: soak\n    fhirServers: ["${fhir.base}"]\n`,
  )
  await startAgain()
})

afterAll(async () => {
  if (soakMs > 0) {
    await service.stop()
    fhir.close()
  }
  rmSync(folder, { recursive: true })
})

soaking(
  'SEC-109 SEC-110 faults every few seconds: no wrong card, no lost record, memory and handles flat',
  async () => {
    const expected = new Set(topicsOf((await post(service.base + viewPath, viewOf(sick))).body))
    const uuids: string[] = []
    const wrong: string[] = []
    const statuses = new Map<number, number>()
    const end = Date.now() + soakMs
    const half = Date.now() + soakMs / 2

    const callOverAndOver = async (caller: number): Promise<void> => {
      for (let turn = caller; Date.now() < end; turn += 1) {
        const patient = turn % 3 === 0 ? well : sick
        const byServer = turn % 2 === 0
        const { prefetch, ...bare } = viewOf(patient)
        const body = byServer ? { ...bare, fhirServer: fhir.base } : { ...bare, prefetch }
        const answer = await post(service.base + viewPath, body).catch(() => undefined)
        await wait(20)
        if (!answer) continue
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        if (answer.status !== 200) continue
        uuids.push(...(answer.body.cards ?? []).map(({ uuid }) => uuid))
        const topics = topicsOf(answer.body)
        const same = topics.length === expected.size && topics.every((topic) => expected.has(topic))
        const mayDiffer = byServer && topics.length > 0 // what could not be read changes what is said, never to silence
        if (patient === well ? topics.length > 0 : !same && !mayDiffer)
          wrong.push(`${patient}: ${topics.join()}`)
      }
    }

    const memory: number[] = []
    const handles: number[] = []
    const injectFaults = async (): Promise<void> => {
      for (let turn = 0; Date.now() < end - faultEveryMs; turn += 1) {
        fhir.mood(moods[turn % moods.length] ?? 'well')
        await faults[turn % faults.length]?.(Date.now() < half)
        await wait(faultEveryMs)
        if (Date.now() < half) continue
        memory.push(memoryMiB())
        handles.push(handlesOf(service))
      }
    }
    await Promise.all([
      injectFaults(),
      ...Array.from({ length: callers }, (_, caller) => callOverAndOver(caller)),
    ])
    expect(await service.stop()).toBe(0)

    const third = Math.ceil(memory.length / 3)
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length
    const recorded = await cardsIn(database)
    // eslint-disable-next-line no-console -- the figures of a long run are what it is run for
    console.info({ statuses: Object.fromEntries(statuses), cards: uuids.length, memory, handles })
    expect(wrong).toEqual([])
    expect(uuids.filter((uuid) => !recorded.has(uuid))).toEqual([])
    expect(await faultsIn(database)).toEqual([])
    expect(mean(memory.slice(-third))).toBeLessThan(mean(memory.slice(0, third)) * 1.3 + 20)
    expect(Math.max(...handles)).toBeLessThan(mostHandles)
  },
  soakMs + 120_000,
)

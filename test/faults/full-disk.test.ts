import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from '@jest/globals'
import { makeSpool, spoolFilesIn } from '../../src/audit/store/spool.js'
import { testInFull } from '../depth.js'
import { cardsIn, readAudit } from '../operate/audit-of.js'
import { accepted, aHospital, post, viewOf, viewPath } from '../operate/hospital.js'
import type { Answer, Hospital } from '../operate/hospital.js'
import { startService } from '../operate/process.js'
import type { RunningService } from '../operate/process.js'
import { canMount, smallDiskOn } from './small-disk.js'
import type { SmallDisk } from './small-disk.js'

/** One service of one hospital, with part of its data on a disk that can be filled. */
interface Place {
  hospital: Hospital
  disk: SmallDisk
  service: RunningService
  database: string
  spool: string
}

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** Starts a service with `data/`, or `data/` but for the spool, on a small disk; all of it is gone after the test. */
async function aService(onDisk: 'store-and-spool' | 'store'): Promise<Place> {
  const hospital = await aHospital()
  undo.push(hospital.remove)
  hospital.site(accepted)
  const data = join(hospital.folder, 'data')
  const folder = onDisk === 'store' ? join(data, 'store') : data
  mkdirSync(folder, { recursive: true })
  const disk = smallDiskOn(folder)
  undo.push(disk.remove)
  const database = `file:${join(folder, 'audit.db')}`
  const service = await startService({ env: { ...hospital.env, AUDIT_DATABASE: database } })
  undo.push(() => {
    service.child.kill('SIGKILL')
    return service.ended
  })
  return { hospital, disk, service, database, spool: join(data, 'spool') }
}

const body = viewOf('abscess-diagnosed-no-ultrasound')
const call = async ({ service, hospital }: Place): Promise<{ status: number; body: Answer }> =>
  post(service.base + viewPath, body, await hospital.authorization(viewPath))
const uuidsIn = ({ cards = [] }: Answer): readonly string[] => cards.map(({ uuid }) => uuid)
const probe = async ({ service }: Place, name: 'live' | 'ready'): Promise<number> =>
  (await fetch(`${service.base}/health/${name}`)).status

/** Longer than the audit looks after its store and spool, twice. */
const aWhile = 2_500

const withDisk = canMount ? testInFull : test.skip
if (!canMount) test.skip('a full disk: skipped, nobody may mount a disk here', () => undefined)

withDisk(
  'SEC-107 the disk of store and spool is full: 503 without cards, not ready, alive, however often it is asked; with room again it goes on, and no answered call is lost',
  async () => {
    const place = await aService('store-and-spool')
    const given = [...uuidsIn((await call(place)).body)]
    expect(given.length).toBeGreaterThan(0)

    place.disk.fill()
    const end = Date.now() + aWhile
    while (Date.now() < end) {
      const refused = await call(place)
      expect([refused.status, refused.body.cards, refused.body.resourceType]).toEqual([
        503,
        undefined,
        'OperationOutcome',
      ])
      expect([await probe(place, 'ready'), await probe(place, 'live')]).toEqual([503, 200])
    }

    const from = place.service.output().length
    place.disk.makeRoom()
    await place.service.logged('audit store works', from)
    expect(await probe(place, 'ready')).toBe(200)
    const after = await call(place)
    expect(after.status).toBe(200)
    given.push(...uuidsIn(after.body))

    expect(await place.service.stop()).toBe(0)
    expect([...(await cardsIn(place.database))].sort()).toEqual(given.sort())
    const { records, faults } = await readAudit(place.database)
    expect(faults).toEqual([])
    expect(records.filter(({ type }) => type === 'invocation')).toHaveLength(2)
  },
  60_000,
)

withDisk('SEC-107 a disk with less room than a few records take is no place for the spool', () => {
  const spoolOn = (size: string): boolean => {
    const folder = mkdtempSync(join(tmpdir(), 'spool-'))
    const disk = smallDiskOn(folder, size)
    try {
      return makeSpool(folder, 'a').works()
    } finally {
      disk.remove()
      rmdirSync(folder)
    }
  }

  expect([spoolOn('16k'), spoolOn('256k')]).toEqual([false, true])
})

withDisk(
  'only the disk of the store is full: calls are answered, their records wait in the spool and go into the store by themselves when there is room',
  async () => {
    const place = await aService('store')
    const given = [...uuidsIn((await call(place)).body)]

    place.disk.fill()
    const end = Date.now() + aWhile
    let calls = 1
    while (Date.now() < end) {
      const answered = await call(place)
      expect([answered.status, await probe(place, 'ready')]).toEqual([200, 200])
      given.push(...uuidsIn(answered.body))
      calls += 1
    }
    expect(spoolFilesIn(place.spool)).not.toEqual([])

    const from = place.service.output().length
    place.disk.makeRoom()
    await place.service.logged('audit store works', from)
    expect(spoolFilesIn(place.spool)).toEqual([])

    expect(await place.service.stop()).toBe(0)
    expect([...(await cardsIn(place.database))].sort()).toEqual(given.sort())
    const { records, faults } = await readAudit(place.database)
    expect(faults).toEqual([])
    expect(records.filter(({ type }) => type === 'invocation')).toHaveLength(calls)
  },
  60_000,
)

import { expect, test } from '@jest/globals'
import { LimitError } from '../../src/http/limit-error.js'
import { TokenBuckets } from '../../src/http/token-bucket.js'
import { WorkGate } from '../../src/http/work-gate.js'
import type { Release } from '../../src/http/work-gate.js'
import type { Answer } from './rig.js'
import { ask, bodies, codeOf, post, someSettings, start } from './rig.js'

const thrown = (act: () => unknown): unknown => {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}

test('SEC-102 a client may make calls up to its rate per minute, and the bucket refills evenly', () => {
  const buckets = new TokenBuckets(60)
  for (let call = 0; call < 60; call++) buckets.take('a', 0)

  expect(thrown(() => buckets.take('a', 999))).toMatchObject({ code: 'LIMIT_RATE', retryAfterSeconds: 1 })
  expect(thrown(() => buckets.take('a', 1_000))).toBeUndefined()
  expect(thrown(() => buckets.take('a', 1_500))).toBeInstanceOf(LimitError)
})

test('SEC-092 SEC-102 a client at its limit takes nothing from another', () => {
  const buckets = new TokenBuckets(1)
  buckets.take('a', 0)

  expect(thrown(() => buckets.take('a', 0))).toBeInstanceOf(LimitError)
  expect(thrown(() => buckets.take('b', 0))).toBeUndefined()
})

test('SEC-102 rate 0 is no limit, and a clock that goes back adds no calls', () => {
  const free = new TokenBuckets(0)
  for (let call = 0; call < 100; call++) free.take('a', 0)
  const buckets = new TokenBuckets(1)
  buckets.take('a', 60_000)

  expect(thrown(() => buckets.take('a', 0))).toBeInstanceOf(LimitError)
})

const entered = async (gate: WorkGate, client: string, limit?: number): Promise<Release> =>
  gate.enter(client, limit)

test('SEC-101 calls over the limit wait for a place, and get one that is given back', async () => {
  const gate = new WorkGate({ concurrent: 1, waiting: 10, waitMs: 10_000 })
  const release = await entered(gate, 'a')
  const waiting = entered(gate, 'a')
  release()
  release() // giving back twice frees one place

  expect(typeof (await waiting)).toBe('function')
  const third = entered(gate, 'a')
  ;(await waiting)()
  expect(typeof (await third)).toBe('function')
})

test('SEC-101 a call that waited too long is refused with 503', async () => {
  const gate = new WorkGate({ concurrent: 1, waiting: 10, waitMs: 5 })
  await entered(gate, 'a')

  await expect(entered(gate, 'a')).rejects.toMatchObject({ code: 'LIMIT_OVERLOAD' })
})

test('SEC-101 when too many calls wait the next one is refused at once', async () => {
  const gate = new WorkGate({ concurrent: 1, waiting: 1, waitMs: 1_000 })
  const release = await entered(gate, 'a')
  const waiting = entered(gate, 'a')

  await expect(entered(gate, 'b')).rejects.toMatchObject({ code: 'LIMIT_OVERLOAD' })
  release()
  await waiting
})

test('SEC-092 waiting clients take turns, however many calls one of them has waiting', async () => {
  const gate = new WorkGate({ concurrent: 1, waiting: 10, waitMs: 10_000 })
  const order: string[] = []
  const turn = async (client: string): Promise<void> => {
    const release = await entered(gate, client)
    order.push(client)
    release()
  }
  const first = await entered(gate, 'busy')
  const turns = ['busy', 'busy', 'busy', 'quiet'].map(turn)
  first()
  await Promise.all(turns)

  expect(order).toEqual(['busy', 'quiet', 'busy', 'busy'])
})

test('SEC-092 in a full waiting room the client with the most waiting calls makes room for a client with fewer', async () => {
  const gate = new WorkGate({ concurrent: 1, waiting: 4, waitMs: 10_000 })
  const release = await entered(gate, 'busy')
  const busy = [1, 2, 3, 4].map(() => entered(gate, 'busy'))
  const quiet = [entered(gate, 'quiet'), entered(gate, 'quiet')]
  await expect(busy[3]).rejects.toMatchObject({ code: 'LIMIT_OVERLOAD' })
  await expect(busy[2]).rejects.toMatchObject({ code: 'LIMIT_OVERLOAD' })
  await expect(entered(gate, 'quiet')).rejects.toMatchObject({ code: 'LIMIT_OVERLOAD' })
  await expect(entered(gate, 'busy')).rejects.toMatchObject({ code: 'LIMIT_OVERLOAD' })

  release()
  for (const next of [busy[0], quiet[0], busy[1], quiet[1]]) (await next)?.()
})

test('SEC-092 a client without a limit of its own has the limit of the gate', async () => {
  const gate = new WorkGate({ concurrent: 4, perClient: 3, waiting: 10, waitMs: 5 })
  for (let at = 0; at < 3; at++) await entered(gate, 'busy')

  await expect(entered(gate, 'busy')).rejects.toBeInstanceOf(LimitError)
  expect(typeof (await entered(gate, 'quiet'))).toBe('function')
})

test('SEC-092 a client with a limit of its own leaves places for others', async () => {
  const gate = new WorkGate({ concurrent: 2, waiting: 10, waitMs: 5 })
  await entered(gate, 'capped', 1)

  await expect(entered(gate, 'capped', 1)).rejects.toBeInstanceOf(LimitError)
  expect(typeof (await entered(gate, 'other'))).toBe('function')
})

test('SEC-102 E2 a client over its rate gets 429 with Retry-After', async () => {
  const settings = someSettings()
  const rig = await start({
    settings: { ...settings, limits: { ...settings.limits, perClientPerMinute: 2 } },
  })
  const view = `${rig.base}/cds-services/mastitis-patient-view`
  try {
    await post(view, bodies['patient-view']())
    await post(view, bodies['patient-view']())
    const answer = await post(view, bodies['patient-view']())

    expect([answer.status, codeOf(answer)]).toEqual([429, 'LIMIT_RATE'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  } finally {
    await rig.close()
  }
})

test('SEC-101 S1 under ten times its capacity the service refuses calls with 503 and stays alive', async () => {
  const settings = someSettings()
  let finish: () => void = () => undefined
  const held = new Promise<void>((resolve) => (finish = resolve))
  const rig = await start({
    settings: { ...settings, limits: { ...settings.limits, concurrent: 2 } },
    decide: async () => {
      await held
      return { invocationId: 'i', cards: [] }
    },
  })
  try {
    const answers: Answer[] = []
    const calls = Array.from({ length: 20 }, async () => {
      answers.push(await post(`${rig.base}/cds-services/mastitis-patient-view`, bodies['patient-view']()))
      if (answers.length === 18) finish()
    })
    await Promise.all(calls)
    const [shed] = answers

    expect(shed && [shed.status, codeOf(shed)]).toEqual([503, 'LIMIT_OVERLOAD'])
    expect(shed?.headers.get('retry-after')).toBe('1')
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(18).fill(503), 200, 200])
  } finally {
    await rig.close()
  }
})

test('SEC-104 a stopping process closes connections after its responses, and a refusing process answers 503', async () => {
  const lifecycle = { stopping: true, refusing: false }
  const rig = await start({ lifecycle })
  const view = `${rig.base}/cds-services/mastitis-patient-view`
  try {
    const answer = await post(view, bodies['patient-view']())
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
    lifecycle.refusing = true
    expect(codeOf(await post(view, bodies['patient-view']()))).toBe('SHUTTING_DOWN')
  } finally {
    await rig.close()
  }
})

test('SEC-105 liveness depends on nothing, readiness on everything that a call needs', async () => {
  const rig = await start({ ready: () => Promise.resolve(false) })
  try {
    expect((await ask(`${rig.base}/health/live`)).status).toBe(200)
    expect((await ask(`${rig.base}/health/ready`)).status).toBe(503)
  } finally {
    await rig.close()
  }
})

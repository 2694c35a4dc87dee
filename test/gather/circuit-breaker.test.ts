import type { RequestListener } from 'node:http'
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import {
  type CallOutcome,
  type CircuitBreaker,
  makeCircuitBreaker,
} from '../../src/gather/circuit-breaker.js'
import { makeEgress } from '../../src/gather/egress.js'
import { makeGather } from '../../src/gather/gather.js'
import type { HookRequest } from '../../src/protocol/hook-request.js'
import { answerJson, bundle, clientFor, condition, fullPrefetch, hookRequest, now } from './calls.js'
import { sourceOf, withGather, withServer } from './calls.js'

/** The library asks `Date.now` itself. */
let time = now
beforeEach(() => {
  time = now
  jest.spyOn(Date, 'now').mockImplementation(() => time)
})
afterEach(() => {
  jest.restoreAllMocks()
})
const pass = (ms: number): void => {
  time += ms
}

/** One whole call of client "one"; false where the server may not be asked. */
async function call(breaker: CircuitBreaker, server: string, outcome: CallOutcome): Promise<boolean> {
  const end = breaker.begin('one', server)
  await end?.(outcome)
  return end !== undefined
}

/** A breaker after this many calls to server "a" that got no answer. */
async function silentCalls(times: number): Promise<CircuitBreaker> {
  const breaker = makeCircuitBreaker()
  for (let n = 0; n < times; n += 1) await call(breaker, 'a', 'silent')
  return breaker
}

test('SEC-103 four silent calls in a row leave the circuit closed, five open it', async () => {
  expect((await silentCalls(4)).begin('one', 'a')).toBeDefined()
  expect((await silentCalls(5)).begin('one', 'a')).toBeUndefined()
})

test('SEC-103 five silent calls at the same time open the circuit', async () => {
  const breaker = makeCircuitBreaker()
  const ends = Array.from({ length: 5 }, () => breaker.begin('one', 'a'))
  for (const end of ends) await end?.('silent')

  expect(ends).not.toContain(undefined)
  expect(breaker.begin('one', 'a')).toBeUndefined()
})

test('SEC-103 another server keeps its closed circuit', async () => {
  expect((await silentCalls(5)).begin('one', 'b')).toBeDefined()
})

test('SEC-103 another client of the same server keeps its closed circuit', async () => {
  expect((await silentCalls(5)).begin('two', 'a')).toBeDefined()
})

test('SEC-103 the servers of one client do not push out the circuits of another client', async () => {
  const breaker = await silentCalls(5)
  for (let n = 0; n < 2_000; n += 1) await breaker.begin('two', `s${n}`)?.('silent')

  expect(breaker.begin('one', 'a')).toBeUndefined()
})

test('SEC-103 a response resets the count of silent calls', async () => {
  const breaker = await silentCalls(4)
  await call(breaker, 'a', 'answered')
  for (let n = 0; n < 4; n += 1) await call(breaker, 'a', 'silent')

  expect(await call(breaker, 'a', 'silent')).toBe(true)
  expect(await call(breaker, 'a', 'silent')).toBe(false)
})

test('SEC-103 a call without a request neither adds to the count nor resets it', async () => {
  const breaker = await silentCalls(4)
  for (let n = 0; n < 5; n += 1) expect(await call(breaker, 'a', 'nothing-asked')).toBe(true)
  await call(breaker, 'a', 'silent')

  expect(breaker.begin('one', 'a')).toBeUndefined()
})

test('SEC-103 after ten seconds one call tries the server, and the others wait for its result', async () => {
  const breaker = await silentCalls(5)
  pass(9_999)
  expect(breaker.begin('one', 'a')).toBeUndefined()
  pass(1)
  const end = breaker.begin('one', 'a')
  expect(end).toBeDefined()
  expect(breaker.begin('one', 'a')).toBeUndefined()

  await end?.('answered')
  expect(breaker.begin('one', 'a')).toBeDefined()
  expect(breaker.begin('one', 'a')).toBeDefined()
})

test('SEC-103 a response to the trial closes the circuit: it takes five calls to open again, not one', async () => {
  const breaker = await silentCalls(5)
  pass(10_000)
  await call(breaker, 'a', 'answered')
  for (let n = 0; n < 5; n += 1) expect(await call(breaker, 'a', 'silent')).toBe(true)

  expect(breaker.begin('one', 'a')).toBeUndefined()
})

test.each(['silent', 'nothing-asked'] as const)(
  'SEC-103 a trial that ends with %s keeps the circuit open for ten more seconds',
  async (outcome) => {
    const breaker = await silentCalls(5)
    pass(10_000)
    expect(await call(breaker, 'a', outcome)).toBe(true)
    pass(9_999)
    expect(breaker.begin('one', 'a')).toBeUndefined()
    pass(1)
    expect(breaker.begin('one', 'a')).toBeDefined()
  },
)

test('SEC-103 a call refused during a trial never becomes a trial later, however the clock jumps', async () => {
  const breaker = await silentCalls(5)
  pass(10_000)
  const end = breaker.begin('one', 'a')
  expect(breaker.begin('one', 'a')).toBeUndefined()
  jest.spyOn(Date, 'now').mockImplementation(() => (time += 10_000))
  await end?.('silent')

  expect(breaker.begin('one', 'a')).toBeDefined()
})

test('SEC-103 calls that began before the circuit opened and end afterwards change neither the open time nor the trial', async () => {
  const breaker = await silentCalls(3)
  const [first, second, late, later] = Array.from({ length: 4 }, () => breaker.begin('one', 'a'))
  await first?.('silent')
  await second?.('silent')
  pass(5_000)
  await late?.('silent')
  await later?.('answered')

  expect(breaker.begin('one', 'a')).toBeUndefined()
  pass(5_000)
  expect(breaker.begin('one', 'a')).toBeDefined()
})

test('SEC-103 at most a thousand servers are remembered; the server not called for the longest time is forgotten', async () => {
  const breaker = await silentCalls(5)
  const silent = async (from: number, to: number): Promise<void> => {
    for (let n = from; n < to; n += 1) await call(breaker, `s${n}`, 'silent')
  }
  await silent(0, 999)
  expect(breaker.begin('one', 'a')).toBeUndefined()
  await silent(999, 1_998)
  expect(breaker.begin('one', 'a')).toBeUndefined()
  await silent(1_998, 2_998)

  expect(breaker.begin('one', 'a')).toBeDefined()
})

test.each([
  ['500 opens it: the sixth call asks nothing', 500, 5 * 15, 'unreachable'],
  // beside the 15 keys: orders without their Medications, and breast signs by each of three categories
  ['403 is an answer: every call asks', 403, 6 * (15 + 1 + 3), 'no-token'],
])('SEC-103 a server that always answers %s', async (_, status, requests, why) => {
  const egress = makeEgress({ mode: 'development' })
  const gather = makeGather({ settings: { mode: 'development' }, clock: () => now, egress })
  let asked = 0
  await withServer(
    (__, res) => {
      asked += 1
      answerJson(res, bundle(), status)
    },
    async (base) => {
      const client = clientFor({ fhirServers: [base] })
      for (let n = 0; n < 5; n += 1) await gather(hookRequest({}, { fhirServer: base }), client)
      const chart = await gather(hookRequest({}, { fhirServer: base }), client)

      expect(asked).toBe(requests)
      expect(sourceOf(chart, 'conditions').why).toBe(why)
    },
  )
  await egress.close()
})

/** Calls a server from one gathering, and says after each call why the conditions could not be read. */
async function withCalls(
  server: RequestListener,
  use: (whyOfCall: (changes?: Partial<HookRequest>) => Promise<string | undefined>) => Promise<void>,
): Promise<void> {
  await withServer(server, (base) =>
    withGather(
      (gather) => {
        const client = clientFor({ fhirServers: [base] })
        return use(async (changes = {}) => {
          const chart = await gather(hookRequest({}, { fhirServer: base, ...changes }), client)
          return sourceOf(chart, 'conditions').why
        })
      },
      () => now,
    ),
  )
}

test('SEC-103 a recovered server is called again after ten seconds, and by every later call', async () => {
  let status = 500
  const server: RequestListener = (_, res) => {
    answerJson(res, bundle(), status)
  }
  await withCalls(server, async (whyOfCall) => {
    for (let n = 0; n < 5; n += 1) expect(await whyOfCall()).toBe('server-error')
    status = 200
    expect(await whyOfCall()).toBe('unreachable')
    pass(10_000)

    expect(await Promise.all([whyOfCall(), whyOfCall()])).toEqual([undefined, 'unreachable'])
    expect(await Promise.all([whyOfCall(), whyOfCall()])).toEqual([undefined, undefined])
  })
})

test('SEC-103 calls whose token has expired send no request, so they do not count as silent', async () => {
  const server: RequestListener = (_, res) => {
    answerJson(res, bundle())
  }
  await withCalls(server, async (whyOfCall) => {
    const expired = { fhirAuthorization: { accessToken: 'secret-1', expiresInSeconds: 1 } }
    for (let n = 0; n < 6; n += 1) expect(await whyOfCall(expired)).toBe('refused')

    expect(await whyOfCall()).toBeUndefined()
  })
})

test('SEC-103 a call with a response to its first page is not silent, whatever the second page brings', async () => {
  const server: RequestListener = (req, res) => {
    const next = { relation: 'next', url: `http://${req.headers.host ?? ''}/Condition?page=2` }
    if (req.url?.endsWith('page=2')) answerJson(res, bundle(), 500)
    else answerJson(res, { ...bundle(condition('c1')), link: [next] })
  }
  await withCalls(server, async (whyOfCall) => {
    const prefetch = new Map(Object.entries(fullPrefetch()))
    prefetch.delete('conditions')
    for (let n = 0; n < 6; n += 1) expect(await whyOfCall({ prefetch })).toBe('server-error')
  })
})

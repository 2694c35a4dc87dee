import { expect, test } from '@jest/globals'
import { makeCircuitBreaker } from '../../src/gather/circuit-breaker.js'
import { makeEgress } from '../../src/gather/egress.js'
import { makeGather } from '../../src/gather/gather.js'
import { answerJson, bundle, clientFor, hookRequest, now, sourceOf, withServer } from './calls.js'

function failing(times: number) {
  let time = 0
  const breaker = makeCircuitBreaker(() => time)
  for (let n = 0; n < times; n += 1) breaker.note('a', false)
  return {
    breaker,
    pass: (ms: number) => {
      time += ms
    },
  }
}

test('SEC-103 four calls in a row without an answer leave it closed, five open it', () => {
  expect(failing(4).breaker.mayAsk('a')).toBe(true)
  expect(failing(5).breaker.mayAsk('a')).toBe(false)
})

test('SEC-103 another server is not concerned', () => {
  expect(failing(5).breaker.mayAsk('b')).toBe(true)
})

test('SEC-103 an answer starts the count again', () => {
  const { breaker } = failing(4)
  breaker.note('a', true)
  breaker.note('a', false)

  expect(breaker.mayAsk('a')).toBe(true)
})

test('SEC-103 after ten seconds one call tries, the others wait for it', () => {
  const { breaker, pass } = failing(5)
  pass(9_999)
  expect(breaker.mayAsk('a')).toBe(false)
  pass(1)
  expect(breaker.mayAsk('a')).toBe(true)
  expect(breaker.mayAsk('a')).toBe(false)

  breaker.note('a', true)
  expect(breaker.mayAsk('a')).toBe(true)
})

test('SEC-103 a try that fails keeps it open for ten more seconds', () => {
  const { breaker, pass } = failing(5)
  pass(10_000)
  breaker.mayAsk('a')
  breaker.note('a', false)
  pass(9_999)
  expect(breaker.mayAsk('a')).toBe(false)
  pass(1)
  expect(breaker.mayAsk('a')).toBe(true)
})

test('SEC-103 no more than a thousand failing servers are remembered', () => {
  const { breaker } = failing(5)
  for (let n = 0; n < 1_000; n += 1) breaker.note(`s${n}`, false)

  expect(breaker.mayAsk('a')).toBe(true)
})

test.each([
  ['500 opens it: the sixth call asks nothing', 500, 5 * 15, 'unreachable'],
  ['403 is an answer: every call asks', 403, 6 * 15, 'refused'],
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

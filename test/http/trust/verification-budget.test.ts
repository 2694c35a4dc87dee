import { beforeEach, expect, test } from '@jest/globals'
import { LimitError } from '../../../src/http/limit-error.js'
import { VerificationBudget } from '../../../src/http/trust/verification-budget.js'

let now = 0
let verified = 0
let budget: VerificationBudget
beforeEach(() => {
  ;[now, verified] = [0, 0]
  budget = new VerificationBudget(3, () => now)
})

/** What becomes of a token of this caller: its signature is good or bad. */
async function token(signature: 'good' | 'bad', caller = 'a'): Promise<string> {
  try {
    return await budget.verify(caller, async () => {
      verified += 1
      await Promise.resolve()
      if (signature === 'bad') throw new Error('bad')
      return 'good'
    })
  } catch (error) {
    return error instanceof LimitError ? `wait ${error.retryAfterSeconds} s` : (error as Error).message
  }
}
const tokens = async (signature: 'good' | 'bad', times: number, caller?: string): Promise<string[]> =>
  Promise.all(Array.from({ length: times }, () => token(signature, caller)))

test('SEC-005 bad signatures up to the budget are verified; the next token is refused without verification, and so is a valid one', async () => {
  expect(await tokens('bad', 3)).toEqual(['bad', 'bad', 'bad'])
  expect([await token('bad'), await token('good')]).toEqual(['wait 20 s', 'wait 20 s'])
  expect(verified).toBe(3)
})

test('SEC-005 of a thousand bad tokens at once no more are verified than the budget allows', async () => {
  await tokens('bad', 1_000)

  expect(verified).toBe(3)
})

test('SEC-005 valid tokens cost nothing of the budget', async () => {
  expect(new Set(await tokens('good', 1_000))).toEqual(new Set(['good']))
  expect(await tokens('bad', 2)).toEqual(['bad', 'bad'])
  expect(await token('good')).toBe('good')
})

test('SEC-005 another address or another key has a separate budget', async () => {
  await tokens('bad', 4)

  expect(await token('good', 'b')).toBe('good')
})

test('SEC-005 failures are forgiven evenly over a minute', async () => {
  await tokens('bad', 3)
  now = 19_999
  expect(await token('good')).toBe('wait 1 s')
  now = 20_000
  expect([await token('good'), await token('bad'), await token('good')]).toEqual(['good', 'bad', 'wait 20 s'])
  now = 80_000
  expect(await tokens('bad', 4)).toEqual(['bad', 'bad', 'bad', 'wait 20 s'])
})

test('SEC-005 a clock that goes back forgives no failure and refuses nobody for longer', async () => {
  now = 60_000
  await tokens('bad', 3)
  now = 0
  expect(await token('good')).toBe('wait 20 s')
  now = 20_000
  expect(await token('good')).toBe('good')
})

test('SEC-005 ten thousand pairs of address and key are remembered; with one more the oldest is forgotten', async () => {
  await tokens('bad', 3)
  for (let at = 1; at < 10_000; at += 1) await token('bad', `${at}`)
  expect(await token('good')).toBe('wait 20 s')
  await token('bad', 'one more')
  expect(await token('good')).toBe('good')
})

test('SEC-101 waiting tokens are refused in separate turns of the event loop, not all at once', async () => {
  await tokens('bad', 3)
  let refused = 0
  const all = Array.from({ length: 100 }, () => token('bad').then(() => (refused += 1)))
  await new Promise((turn) => setImmediate(turn))
  expect(refused).toBeLessThan(5)
  await Promise.all(all)

  expect(refused).toBe(100)
})

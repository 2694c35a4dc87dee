import { expect, test } from '@jest/globals'
import { MemoryReplayStore } from '../../../src/http/trust/replay-store.js'

const minute = 60_000

test('SEC-008 a token is fresh once, for each client on its own', () => {
  const store = new MemoryReplayStore()

  expect(store.remember('a', 'j', 5 * minute, 0)).toBe('fresh')
  expect(store.remember('a', 'j', 5 * minute, 1)).toBe('seen')
  expect(store.remember('a', 'j', 9 * minute, 1)).toBe('seen')
  expect(store.remember('b', 'j', 5 * minute, 1)).toBe('fresh')
})

test('SEC-008 a token is remembered to the end of its life, also when others live longer', () => {
  const store = new MemoryReplayStore()
  store.remember('a', 'long', 90 * minute, 0)
  store.remember('a', 'short', 5 * minute, 0)

  expect(store.remember('a', 'short', 5 * minute, 5 * minute)).toBe('seen')
  expect(store.remember('a', 'short', 20 * minute, 6 * minute)).toBe('fresh')
  expect(store.remember('a', 'long', 90 * minute, 90 * minute)).toBe('seen')
})

test('SEC-008 a full store refuses new tokens rather than forget old ones, until some expire', () => {
  const store = new MemoryReplayStore(2)
  store.remember('a', '1', 5 * minute, 0)
  store.remember('a', '2', 5 * minute, 0)

  expect(store.remember('a', '3', 5 * minute, 0)).toBe('full')
  expect(store.remember('a', '1', 5 * minute, 0)).toBe('seen')
  expect(store.remember('a', '3', 12 * minute, 7 * minute)).toBe('fresh')
})

test('SEC-008 a million tokens stay within bounds', () => {
  const store = new MemoryReplayStore(100_000)
  let full = 0
  for (let at = 0; at < 200_000; at++) if (store.remember('a', `${at}`, 5 * minute, 0) === 'full') full++

  expect(full).toBe(100_000)
})

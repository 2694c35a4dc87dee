import { expect, test } from '@jest/globals'
import { SeenTokens, storedKey, tokenKey } from '../../src/audit/seen-tokens.js'
import type { Remembered } from '../../src/audit/seen-tokens.js'

const minute = 60_000

const remember = (tokens: SeenTokens, name: string, expiresAt: number, now: number): Remembered => {
  const [client = '', jti = ''] = name.split(' ')
  return tokens.remember({ client, jti, expiresAt }, now)
}

test('SEC-008 a token is fresh once, for each client separately', () => {
  const tokens = new SeenTokens()

  expect(tokens.has('a', 'j', 1)).toBe(false)
  expect(remember(tokens, 'a j', 5 * minute, 0)).toBe('fresh')
  expect(tokens.has('a', 'j', 1)).toBe(true)
  expect(remember(tokens, 'a j', 5 * minute, 1)).toBe('seen')
  expect(remember(tokens, 'a j', 9 * minute, 1)).toBe('seen')
  expect(tokens.has('b', 'j', 1)).toBe(false)
  expect(remember(tokens, 'b j', 5 * minute, 1)).toBe('fresh')
})

test('SEC-008 a token is remembered until it expires, also when other tokens live longer', () => {
  const tokens = new SeenTokens()
  remember(tokens, 'a long', 90 * minute, 0)
  remember(tokens, 'a short', 5 * minute, 0)

  expect(remember(tokens, 'a short', 5 * minute, 5 * minute)).toBe('seen')
  expect(remember(tokens, 'a short', 20 * minute, 6 * minute)).toBe('fresh')
  expect(remember(tokens, 'a long', 90 * minute, 90 * minute)).toBe('seen')
})

test('SEC-008 a full memory refuses new tokens and forgets no old token, until some expire', () => {
  const tokens = new SeenTokens({ ofClient: 2, ofAll: 9 })
  remember(tokens, 'a 1', 5 * minute, 0)
  remember(tokens, 'a 2', 5 * minute, 0)

  expect(remember(tokens, 'a 3', 5 * minute, 0)).toBe('full')
  expect(remember(tokens, 'a 1', 5 * minute, 0)).toBe('seen')
  expect(remember(tokens, 'a 3', 12 * minute, 7 * minute)).toBe('fresh')
})

test('SEC-008 a client that fills its share leaves room for the other clients, as long as there is any', () => {
  const tokens = new SeenTokens({ ofClient: 2, ofAll: 3 })
  const answers = ['a 1', 'a 2', 'a 3', 'b 1', 'b 2'].map((name) => remember(tokens, name, 5 * minute, 0))

  expect(answers).toEqual(['fresh', 'fresh', 'full', 'fresh', 'full'])
  expect(remember(tokens, 'b 2', 12 * minute, 7 * minute)).toBe('fresh')
})

test('SEC-008 two hundred thousand tokens stay within the memory limit', () => {
  const tokens = new SeenTokens({ ofClient: 100_000, ofAll: 1_000_000 })
  let full = 0
  for (let at = 0; at < 200_000; at++) if (remember(tokens, `a ${at}`, 5 * minute, 0) === 'full') full++

  expect(full).toBe(100_000)
})

test('a token that an older version stored by its jti is found by its key; a stored key stays unchanged', () => {
  expect(storedKey('a-token')).toBe(tokenKey('a-token'))
  expect(storedKey(tokenKey('a-token'))).toBe(tokenKey('a-token'))
})

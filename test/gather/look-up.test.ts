import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { EventEmitter, once } from 'node:events'
import { makeEgress } from '../../src/gather/egress.js'
import { makeLookups, type Resolve } from '../../src/gather/look-up.js'
import { refusalCode } from '../../src/gather/refusal.js'
import { answerJson, withServer } from './calls.js'

type Done = Parameters<Resolve>[1]

const address = [{ address: '127.0.0.1', family: 4 }]

/** A resolver that answers when told, and what it was asked so far. */
function silentResolver() {
  const asked: string[] = []
  const pending: Done[] = []
  const resolve: Resolve = (name, done) => {
    asked.push(name)
    pending.push(done)
  }
  return { asked, resolve, answer: (error: Error | null = null) => pending.shift()?.(error, address) }
}

/** What becomes of a lookup: nothing yet, addresses, or why not. */
function outcomes(lookup: Resolve, ...names: string[]): string[] {
  const told = names.map(() => '')
  names.forEach((name, place) => {
    lookup(name, (error, found) => {
      told[place] = error ? error.message : (found?.[0]?.address ?? 'none')
    })
  })
  return told
}

describe('SEC-028 the lookups of one client', () => {
  beforeEach(() => {
    jest.useFakeTimers()
  })
  afterEach(() => {
    jest.useRealTimers()
  })

  test('one lookup runs at a time, requests for the same name share its result, and other names follow', () => {
    const { asked, resolve, answer } = silentResolver()
    const told = outcomes(makeLookups(resolve), 'a', 'a', 'b')

    expect(asked).toEqual(['a'])
    answer()
    expect(told).toEqual(['127.0.0.1', '127.0.0.1', ''])
    expect(asked).toEqual(['a', 'b'])
    answer()
    expect(told[2]).toBe('127.0.0.1')
  })

  test.each([
    [29_999, 1],
    [30_000, 2],
  ])('addresses are cached for half a minute: after %i ms the name was looked up %i times', (ms, times) => {
    const { asked, resolve, answer } = silentResolver()
    const lookup = makeLookups(resolve)
    outcomes(lookup, 'a')
    answer()
    jest.advanceTimersByTime(ms)
    outcomes(lookup, 'a')

    expect(asked).toHaveLength(times)
  })

  test('a failure is told to all waiting requests and is not cached', () => {
    const { asked, resolve, answer } = silentResolver()
    const lookup = makeLookups(resolve)
    const told = outcomes(lookup, 'a', 'a')
    answer(new Error('no such name'))
    outcomes(lookup, 'a')

    expect(told).toEqual(['no such name', 'no such name'])
    expect(asked).toEqual(['a', 'a'])
  })

  test('a silent name server is waited for up to five seconds; then all names fail at once until the resolver returns', () => {
    const { asked, resolve, answer } = silentResolver()
    const lookup = makeLookups(resolve)
    const told = outcomes(lookup, 'a', 'b')
    jest.advanceTimersByTime(4_999)
    expect(told).toEqual(['', ''])
    jest.advanceTimersByTime(1)

    expect(told).toEqual(['not read: timeout', 'not read: timeout'])
    expect(outcomes(lookup, 'a', 'c')).toEqual(['not read: timeout', 'not read: timeout'])
    expect(asked).toEqual(['a'])
    answer()
    expect(outcomes(lookup, 'a', 'c')).toEqual(['127.0.0.1', ''])
    expect(asked).toEqual(['a', 'c'])
  })

  test('beyond the limit of names the oldest is forgotten', () => {
    const { asked, resolve, answer } = silentResolver()
    const lookup = makeLookups(resolve)
    const names = Array.from({ length: 101 }, (_, n) => `n${n}`)
    outcomes(lookup, ...names)
    for (const _ of names) answer()
    outcomes(lookup, 'n1', 'n0')

    expect(asked.slice(101)).toEqual(['n0'])
  })
})

test('SEC-028 a client whose name server is silent makes one lookup, and another client gets its result meanwhile', async () => {
  const asked: string[] = []
  const resolve: Resolve = (name, done) => {
    asked.push(name)
    if (name === 'good.example.org') done(null, address)
  }
  const egress = makeEgress({ mode: 'development', resolve })
  const rules = { allowNetworks: [], maxBytes: 1_000, jsonOnly: true }
  const ends = new AbortController()
  await withServer(
    (_, res) => answerJson(res, {}),
    async (base) => {
      const slow = ['slow', 'slow', 'slower'].map((name) =>
        egress
          .fetch(base.replace('127.0.0.1', name), { signal: ends.signal }, { ...rules, clientId: 'b' })
          .catch(refusalCode),
      )
      const { status } = await egress.fetch(
        base.replace('127.0.0.1', 'good.example.org'),
        {},
        { ...rules, clientId: 'a' },
      )

      expect(status).toBe(200)
      expect(asked.sort()).toEqual(['good.example.org', 'slow'])
      ends.abort()
      await Promise.all(slow)
    },
  )
  await egress.close()
})

test('SEC-028 a client that uses all its connections to a host leaves another client its own', async () => {
  const egress = makeEgress({ mode: 'development' })
  const rules = { allowNetworks: [], maxBytes: 1_000, jsonOnly: true }
  const ends = new AbortController()
  let hanging = 0
  const full = new EventEmitter()
  await withServer(
    (req, res) => {
      if (req.url !== '/hang') answerJson(res, {})
      else if ((hanging += 1) === 64) full.emit('full')
    },
    async (base) => {
      const isFull = once(full, 'full')
      const held = Array.from({ length: 65 }, () =>
        egress.fetch(`${base}/hang`, { signal: ends.signal }, { ...rules, clientId: 'b' }).catch(refusalCode),
      )
      await isFull
      const { status } = await egress.fetch(base, {}, { ...rules, clientId: 'a' })

      expect(status).toBe(200)
      expect(hanging).toBe(64)
      ends.abort()
      await Promise.all(held)
    },
  )
  await egress.close()
})

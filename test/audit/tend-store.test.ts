import { expect, test } from '@jest/globals'
import { makeTending } from '../../src/audit/tend-store.js'
import type { TendParts } from '../../src/audit/tend-store.js'

/** A store that works, whose spool is empty, and what is done with it. */
function storeWith(changes: Partial<TendParts> = {}): TendParts & { done: string[] } {
  const done: string[] = []
  const notes = (what: string) => () => {
    done.push(what)
    return Promise.resolve()
  }
  return {
    owned: { isLost: () => false },
    writer: { storeWorks: () => true, drain: () => notes('drain')().then(() => true) },
    spool: { isEmpty: () => true },
    migrateRecords: notes('migrate'),
    keeper: { make: notes('checkpoint') },
    tokens: { tend: notes('tokens') },
    clock: () => 0,
    log: { warn: (message) => done.push(message) },
    ...changes,
    done,
  }
}

test('a round that hangs is the only round, and the next begins when it ends', async () => {
  let end: (empty: boolean) => void = () => undefined
  let drains = 0
  const drain = () => {
    drains += 1
    return new Promise<boolean>((resolve) => (end = resolve))
  }
  const tending = makeTending(
    storeWith({ writer: { storeWorks: () => true, drain }, spool: { isEmpty: () => false } }),
  )

  const rounds = [tending.round(), tending.round(), tending.round()]
  expect(drains).toBe(1)
  end(true)
  await Promise.all(rounds)
  void tending.round()
  expect(drains).toBe(2)
})

test('for a failing store only the tokens are tended, and the next round is complete', async () => {
  let fails = true
  const make = () => (fails ? Promise.reject(new Error('no store')) : Promise.resolve())
  const store = storeWith({ keeper: { make } })
  const tending = makeTending(store)
  await tending.round()
  expect(store.done).toEqual(['migrate', 'audit store not tended', 'tokens'])

  fails = false
  await tending.round()
  expect(store.done.slice(3)).toEqual(['migrate', 'tokens'])
})

test.each([
  ['lost', { owned: { isLost: () => true } }, []],
  [
    'down',
    { writer: { storeWorks: () => false, drain: () => Promise.resolve(false) } },
    [], // the spool has all that would be tended
  ],
])('nothing is tended for a store that is %s', async (_, changes, done) => {
  const store = storeWith(changes)
  await makeTending(store).round()

  expect(store.done).toEqual(done)
})

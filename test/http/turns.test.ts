import { beforeEach, expect, test } from '@jest/globals'
import { makeTurns } from '../../src/http/turns.js'
import type { TakeTurn } from '../../src/http/turns.js'

let now = 0
let happened: string[] = []
let takeTurn: TakeTurn

beforeEach(() => {
  now = 0
  happened = []
  takeTurn = makeTurns(() => now, 5)
})

/** A call that begins when it may, and works for so long. */
async function call(name: string, workMs: number): Promise<void> {
  const turn = takeTurn()
  if (turn) await turn
  await Promise.resolve() // work that waits for nothing outside is still of its turn
  now += workMs
  happened.push(name)
}

/** Marks the end of this turn of the event loop, and of the next ones. */
async function markTurns(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve))
    happened.push('|')
  }
}

test.each<[string, number, readonly string[]]>([
  ['short ones begin at once', 1, ['a', 'b', 'c', 'd', '|', '|']],
  ['of longer ones so many begin in a turn as its time allows', 3, ['a', 'b', '|', 'c', 'd', '|']],
  ['of long ones each has a turn', 9, ['a', '|', 'b', '|', 'c', '|', 'd']],
])('of calls that come together %s, in their order', async (_, workMs, expected) => {
  const calls = [markTurns(expected.filter((mark) => mark === '|').length)]
  for (const name of ['a', 'b', 'c', 'd']) {
    calls.push(call(name, workMs))
    await new Promise<void>((resolve) => process.nextTick(resolve)) // each is read from its own connection
  }
  await Promise.all(calls)

  expect(happened).toEqual(expected)
})

test('a newcomer waits behind those who wait already, also when there would be time for it', async () => {
  const calls = [call('a', 10)]
  await calls[0]
  calls.push(call('b', 1))
  now = 0
  calls.push(call('c', 1))
  await Promise.all(calls)

  expect(happened).toEqual(['a', 'b', 'c'])
})

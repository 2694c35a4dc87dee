import { beforeEach, expect, test } from '@jest/globals'
import { makeTurns } from '../../src/http/turns.js'
import type { TakeTurn } from '../../src/http/turns.js'

let now = 0
let happened: string[] = []
let takeTurn: TakeTurn

beforeEach(() => {
  now = 0
  happened = []
  takeTurn = makeTurns(() => now, { longestMs: 5, sharedMs: 3 })
})

/** A call that begins when it may, and works for so long. */
async function call(name: string, workMs: number): Promise<void> {
  const turn = takeTurn()
  if (turn) await turn
  await Promise.resolve() // work that waits for nothing outside is still of its turn
  now += workMs
  happened.push(name)
}

/** Calls that arrive in one turn, each from its own connection. */
async function together(names: readonly string[], begin: (name: string) => Promise<void>): Promise<void> {
  const calls: Promise<void>[] = []
  for (const name of names) {
    calls.push(begin(name))
    await new Promise<void>((resolve) => process.nextTick(resolve))
  }
  await Promise.all(calls)
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
  await Promise.all([
    markTurns(expected.filter((mark) => mark === '|').length),
    together(['a', 'b', 'c', 'd'], (name) => call(name, workMs)),
  ])

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

test('what the calls of a turn have left for the next one comes before its calls begin', async () => {
  const recorded = async (name: string): Promise<void> => {
    await call(name, 3)
    await new Promise<void>((resolve) => setImmediate(resolve))
    happened.push(`${name} recorded`)
  }
  await together(['a', 'b', 'c', 'd', 'e', 'f'], recorded)

  expect(happened).toEqual([
    ...['a', 'b', 'a recorded', 'b recorded'],
    ...['c', 'd', 'c recorded', 'd recorded'],
    ...['e', 'f', 'e recorded', 'f recorded'],
  ])
})

test('between two calls of a turn that is done which cannot wait for its end', async () => {
  takeTurn = makeTurns(() => now, { longestMs: 5, between: () => happened.push('taken in') })
  await together(['a', 'b', 'c'], (name) => call(name, 1))

  expect(happened).toEqual(['a', 'taken in', 'b', 'taken in', 'c'])
})

test.each<[string, number, readonly string[]]>([
  ['share it when those before were few', 2, ['a', 'b', '|', 'c', 'e', 'f', 'g', '|']],
  ['wait for the next one when those before were not', 3, ['a', 'b', '|', 'c', '|', 'e', 'f', '|', 'g']],
])('calls that came a turn later %s, and are not divided to fill it', async (_, workMs, expected) => {
  const later: Promise<void>[] = []
  const first = [call('a', 3)]
  setImmediate(() => {
    for (const name of ['e', 'f', 'g']) later.push(call(name, workMs))
  })
  const marks = markTurns(expected.filter((mark) => mark === '|').length)
  await new Promise<void>((resolve) => process.nextTick(resolve))
  first.push(call('b', 3))
  await new Promise<void>((resolve) => process.nextTick(resolve))
  first.push(call('c', workMs))
  await Promise.all([...first, marks])
  await Promise.all(later)

  expect(happened).toEqual(expected)
})

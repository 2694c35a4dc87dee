import { expect, test } from '@jest/globals'
import { makeWorkLine } from '../../src/service/work-line.js'

/** A line whose time is what its work says it takes, and the order in which work was done. */
function aLine() {
  let now = 0
  const done: string[] = []
  const takes = (ms: number, name: string) => (): string => {
    now += ms
    done.push(name)
    return name
  }
  return { line: makeWorkLine(() => now), done, takes }
}

const nextTurn = (): Promise<void> => new Promise(setImmediate)

test('work is done in a later turn, and gives what it found or throws', async () => {
  const { line, done, takes } = aLine()
  const found = line.begin('a', takes(1, 'one'))
  expect(done).toEqual([])

  expect(await found).toBe('one')
  await expect(line.begin('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await expect(
    line.goOn('a', () => {
      throw new Error('wrong')
    }),
  ).rejects.toThrow('wrong')
  expect(await line.goOn('a', takes(1, 'two'))).toBe('two')
})

test('SEC-101 a caller with much work lets another one in after each piece', async () => {
  const { line, done, takes } = aLine()
  const many = ['m1', 'm2', 'm3', 'm4'].map((name) => line.begin('many', takes(100, name)))
  await Promise.all([...many, line.begin('few', takes(1, 'f1')), line.begin('few', takes(1, 'f2'))])

  expect(done).toEqual(['m1', 'f1', 'f2', 'm2', 'm3', 'm4'])
})

test('SEC-101 who comes late waits for one piece at most, and gets no more than the others for having been away', async () => {
  const { line, done, takes } = aLine()
  const many = ['m1', 'm2', 'm3', 'm4'].map((name) => line.begin('many', takes(100, name)))
  await many[1]
  const late = ['l1', 'l2', 'l3'].map((name) => line.begin('late', takes(100, name)))
  await Promise.all([...many, ...late])

  expect(done.slice(2, 6).map((name) => name[0])).toEqual(['l', 'm', 'l', 'm'])
})

test('of one caller a call that was begun is done to its end before the next one begins', async () => {
  const { line, done, takes } = aLine()
  const call = async (name: string): Promise<void> => {
    await line.begin('a', takes(1, `${name} read`))
    await line.goOn('a', takes(1, `${name} judged`))
  }
  await Promise.all([call('first'), call('second')])

  expect(done).toEqual(['first read', 'first judged', 'second read', 'second judged'])
})

test.each([
  ['five milliseconds', 5, 1],
  ['less', 4, 2],
])('after work of %s what has arrived is looked at', async (_, ms, pieces) => {
  const { line, done, takes } = aLine()
  for (const name of ['1', '2', '3']) void line.begin('a', takes(ms, name))
  await nextTurn()

  expect(done).toHaveLength(pieces)
})

import { expect, test } from '@jest/globals'
import { type AskedForLess, makeFormMemory } from '../../src/gather/form-memory.js'

function memory() {
  const notes: AskedForLess[] = []
  return { notes, ...makeFormMemory((change) => notes.push(change)) }
}

test('a form is known to its client, server and key alone', () => {
  const { of } = memory()
  of('one', 'https://a').keep('conditions', 'without _sort')

  expect(of('one', 'https://a').known('conditions')).toBe('without _sort')
  expect(of('one', 'https://a').known('reports')).toBeUndefined()
  expect(of('one', 'https://b').known('conditions')).toBeUndefined()
  expect(of('two', 'https://a').known('conditions')).toBeUndefined()
})

test('each change is told once, without the address of the server', () => {
  const { of, notes } = memory()
  const forms = of('one', 'https://secret.example')
  forms.keep('conditions', 'as written')
  forms.keep('conditions', 'without _sort')
  forms.keep('conditions', 'without _sort')
  forms.keep('conditions', 'as written')

  expect(notes).toEqual([
    { client: 'one', key: 'conditions', form: 'without _sort' },
    { client: 'one', key: 'conditions', form: 'as written' },
  ])
})

test('servers are counted while one of their keys is asked for less', () => {
  const { of, serversAskedForLess } = memory()
  of('one', 'https://a').keep('conditions', 'as written')
  expect(serversAskedForLess()).toBe(0)
  of('one', 'https://a').keep('conditions', 'without _sort')
  of('one', 'https://a').keep('reports', 'without _sort')
  of('two', 'https://a').keep('reports', 'without _sort')
  expect(serversAskedForLess()).toBe(2)
  of('two', 'https://a').forget('reports')
  expect(serversAskedForLess()).toBe(1)
})

test('a client has a hundred servers at most; the server not used for the longest time is forgotten', () => {
  const { of, serversAskedForLess } = memory()
  const use = (n: number) => of('one', `https://s${n}`)
  for (let n = 0; n < 100; n += 1) use(n).keep('conditions', 'without _sort')
  use(0)
  use(100).keep('conditions', 'without _sort')

  expect(serversAskedForLess()).toBe(100)
  expect(use(0).known('conditions')).toBe('without _sort')
  expect(use(1).known('conditions')).toBeUndefined()
})

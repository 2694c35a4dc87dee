import { expect, test } from '@jest/globals'
import { callTexts } from '../../src/facts/call-texts.js'

const most = 100
const first = 'x'.repeat(60)

test.each([
  ['as many characters as are left', 40, true],
  ['one character more', 41, false],
] as const)('of %s: the text is whole, or empty and named as unread', (_, characters, isRead) => {
  const texts = callTexts(most)
  const second = 'y'.repeat(characters)

  expect(texts.whole(first)).toBe(first)
  expect(texts.takeUnread()).toBe(false)
  expect(texts.whole(second)).toBe(isRead ? second : '')
  expect(texts.takeUnread()).toBe(!isRead)
})

test('after the first text that no longer fits none is read, however short', () => {
  const texts = callTexts(most)

  expect(texts.whole('y'.repeat(101))).toBe('')
  expect(texts.whole('red')).toBe('')
  expect(texts.work()).toBe(0)
})

test('a text that was read before is read again at no cost, also when nothing is left', () => {
  const texts = callTexts(most)

  texts.whole(first)
  expect(texts.whole(first)).toBe(first)
  expect(texts.work()).toBe(60)
  expect(texts.whole('y'.repeat(41))).toBe('')
  expect(texts.whole(first)).toBe(first)
})

test('a text is paid once for each question about it', () => {
  const texts = callTexts(most)

  expect(texts.whole('red', 'exam')).toBe('red')
  expect(texts.whole('red', 'report')).toBe('red')
  expect(texts.whole('red', 'report')).toBe('red')
  expect(texts.work()).toBe(6)
})

test('a text left out is told of once', () => {
  const texts = callTexts(0)

  texts.whole('red')
  expect(texts.takeUnread()).toBe(true)
  expect(texts.takeUnread()).toBe(false)
  texts.whole('red')
  expect(texts.takeUnread()).toBe(true)
})

test('the answer to a question about a text is worked out once, and costs nothing', () => {
  const texts = callTexts(0)
  let asked = 0
  const ask = (question: string, text: string): number => texts.once(question, text, () => (asked += 1))

  expect(ask('side', 'left')).toBe(1)
  expect(ask('side', 'left')).toBe(1)
  expect(ask('side', 'right')).toBe(2)
  expect(ask('growth', 'left')).toBe(3)
  expect(texts.takeUnread()).toBe(false)
})

test('a look costs nothing of the budget and is a quarter of the work of reading, once for each text', () => {
  const texts = callTexts(100)
  const looks = [1, 2].map((answer) => texts.look('a text of 20 signs..', () => answer))

  expect(looks).toEqual([1, 1])
  expect(texts.work()).toBe(5)
  expect(texts.whole('x'.repeat(100))).toHaveLength(100)
})

import { expect, test } from '@jest/globals'
import { budgets } from '../../../src/protocol/limits.js'
import { testCodeBook } from '../../terminology/test-code-book.js'

/** A text of one short sentence of ours, and a second one that makes it so long. */
const ours = (characters: number): string => `Hot. ${'red '.repeat(characters)}`.slice(0, characters)
const { most } = budgets.textCharacters
const half = most / 2 + 10

test.each([
  ['as many characters of free text as are read', most - half, 1, false],
  ['one character more', most - half + 1, 0, true],
])('of %s: the text is read, or named as unread', (_, characters, sentences, unread) => {
  const { texts } = testCodeBook().forCall(most)

  expect(texts.prose(ours(half)).sentences).toHaveLength(1)
  expect(texts.takeUnread()).toBe(false)
  expect(texts.prose(ours(characters)).sentences).toHaveLength(sentences)
  expect(texts.takeUnread()).toBe(unread)
})

test('a text that was read before is read again at no cost, and one without words of ours has none', () => {
  const { texts } = testCodeBook().forCall(most)
  const first = texts.prose(ours(most))

  expect(texts.prose(ours(most))).toBe(first)
  expect(texts.prose('Slept well. '.repeat(10_000)).sentences).toEqual([])
  expect(texts.takeUnread()).toBe(false)
})

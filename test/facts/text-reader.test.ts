import { expect, test } from '@jest/globals'
import { callTexts } from '../../src/facts/call-texts.js'
import type { NoteReading } from '../../src/facts/text-read.js'
import { callReader } from '../../src/facts/text-reader.js'
import { budgets } from '../../src/protocol/limits.js'
import { textWords } from '../reading/word-files.js'

const makeTexts = (): ReturnType<typeof callTexts> => callTexts(budgets.textCharacters.most)

/** How an examination with this text is read, by a call that has read nothing else. */
const read = (text: string, texts = makeTexts()): NoteReading =>
  callReader(textWords(), texts, [])('Observation/note')({ kind: 'exam', text })

const signsOf = ({ readings }: NoteReading): readonly string[] => readings.map(({ term }) => term)

/** Sentences without a word of ours, up to so many characters. */
const others = (length: number): string => 'Sodium 141. '.repeat(length).slice(0, length)

test('the last sentence within the longest text is read; one character more and the text is partly read', () => {
  const { most } = budgets.textLength
  const end = 'Left breast red. '
  const whole = read(others(most - end.length) + end)
  const longer = read(`${others(most - end.length)} ${end}`)

  expect([signsOf(whole), whole.partial]).toEqual([['erythema'], false])
  expect([signsOf(longer), longer.partial]).toEqual([[], true])
})

test('a long text costs the budget of a call no more than what is read of it', () => {
  const texts = makeTexts()
  for (let at = 0; at < 5; at++) read(`Left breast red. ${others(60_000)} ${at}`, texts)

  expect(signsOf(read('Right breast red.', texts))).toEqual(['erythema'])
})

test('a text without a word of ours is passed over; one character longer than is looked through, and it is partly read', () => {
  const { most } = budgets.lookLength

  expect(read(others(most)).partial).toBe(false)
  expect(read(others(most + 1)).partial).toBe(true)
})

test('a long text that is one sentence is not read at all, for its end could turn its meaning round', () => {
  expect(read('red breast and '.repeat(1_000))).toMatchObject({ readings: [], partial: true })
})

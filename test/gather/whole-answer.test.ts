import { expect, test } from '@jest/globals'
import type { Dispatcher } from 'undici'
import { makeUnpackAnswer } from '../../src/gather/unpack-answers.js'
import { wholeAnswer } from '../../src/gather/whole-answer.js'
import { makeWorkLine } from '../../src/service/work-line.js'

const reading = { line: makeWorkLine(), unpack: makeUnpackAnswer() }
const limits = { clientId: 'test', maxBytes: 1_000, jsonOnly: true }

/** A server that answers each request with an empty object. */
const dispatch: Dispatcher.Dispatch = (_, handler) => {
  const controller = {} as Dispatcher.DispatchController
  handler.onResponseStart?.(controller, 200, { 'content-type': 'application/json' })
  handler.onResponseData?.(controller, Buffer.from('{}'))
  handler.onResponseEnd?.(controller, {})
  return true
}

/** What a reader of one answer is told in the end; `failing` readers throw when the answer begins. */
const asked = (failing: boolean): Promise<string> =>
  new Promise((told) => {
    wholeAnswer(limits, reading)(dispatch)(
      { path: '/', method: 'GET' },
      {
        onResponseStart() {
          if (failing) throw new TypeError('no such header')
        },
        onResponseEnd: () => told('answered'),
        onResponseError: (_, error: Error) => told(error.message),
      },
    )
  })

test('an error in the reader of one response reaches that reader, the process stays alive, and later responses are passed on', async () => {
  expect(await Promise.all([asked(false), asked(true), asked(false)])).toEqual([
    'answered',
    'no such header',
    'answered',
  ])
})

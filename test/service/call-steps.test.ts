import { expect, test } from '@jest/globals'
import { stepsOfCall } from '../../src/service/call-steps.js'
import type { InTurn } from '../../src/service/call-steps.js'
import { makeWorkLine } from '../../src/service/work-line.js'
import { makeDecide } from '../../src/decide.js'
import type { DecideParts } from '../../src/decide.js'
import { DeadlinePassed } from '../../src/errors.js'
import type { Chart } from '../../src/gather/chart.js'
import { budgets } from '../../src/protocol/limits.js'
import { libraryWith } from '../cases/ask.js'
import { aClient, codeOf, bodies, post, start } from '../http/rig.js'

const deadlineMs = 2_500
/** A turn of its own in the event loop for each step. */
const inTurn: InTurn = async (work) => {
  await new Promise(setImmediate)
  return work()
}
const latest = deadlineMs + budgets.afterDeadlineMs.most

test.each([
  [latest, 'goes on', undefined],
  [latest + 1, 'is given up', DeadlinePassed],
])('SEC-100 a call that is at %i ms when a step of it is done %s', async (ms, _, thrown) => {
  let now = 7_000
  const { step } = stepsOfCall(deadlineMs, () => now, inTurn)
  const done = step('facts', () => {
    now += ms
    return 'found'
  })

  await (thrown ? expect(done).rejects.toThrow(thrown) : expect(done).resolves.toBe('found'))
})

test('SEC-100 gathering ends by itself; however late it was, judging has the time after the deadline', async () => {
  let now = 0
  const { step } = stepsOfCall(deadlineMs, () => now, inTurn)
  await step('gather', () => (now = 60_000))
  await step('facts', () => (now += budgets.afterDeadlineMs.most))

  await expect(step('assess', () => (now += 1))).rejects.toThrow(DeadlinePassed)
})

test('SEC-100 time that others take between two steps counts too, and a step that is too late is not done', async () => {
  let now = 0
  let done = false
  const { step } = stepsOfCall(deadlineMs, () => now, inTurn)
  await step('gather', () => 'chart')
  setImmediate(() => (now = latest + 1))

  await expect(step('facts', () => (done = true))).rejects.toThrow(DeadlinePassed)
  expect(done).toBe(false)
})

test('each step waits for its turn, and is timed without that', async () => {
  let now = 0
  let turned = 0
  const { step, timings } = stepsOfCall(
    deadlineMs,
    () => now,
    (work) => {
      turned += 1
      now += 1_000
      return Promise.resolve(work())
    },
  )
  const takes = (ms: number) => () => (now += ms)
  await step('facts', takes(3))
  await step('cards', takes(4))
  await step('cards', takes(5))

  expect(turned).toBe(3)
  expect(timings).toEqual({ gather: 0, facts: 3, assess: 0, cards: 9 })
})

test('SEC-100 a call past its deadline is answered 503 with when to come back, and nothing is recorded', async () => {
  let now = 0
  const library = libraryWith()
  const slowChart: Chart = {
    ...{ hook: 'patient-view', patientId: 'pat-1', userId: 'Practitioner/p1' },
    ...{
      named: new Map(),
      medications: new Map(),
      sources: [],
      unreadChecks: [],
      droppedForeign: 0,
      draftOrders: [],
      selections: [],
    },
    get resources() {
      now = latest + 1
      return []
    },
  }
  const rooms = {
    gather: () => Promise.resolve(slowChart),
    library: () => library,
    audit: {
      earlier: () => Promise.resolve([]),
      record: () => Promise.reject(new Error('recorded')),
    },
    line: makeWorkLine(),
    clock: () => now,
  } as unknown as DecideParts
  const client = aClient({ deadlineMs })
  const rig = await start({ decide: (request, _, ...rest) => makeDecide(rooms)(request, client, ...rest) })
  const answer = await post(`${rig.base}/cds-services/mastitis-patient-view`, bodies['patient-view']())

  expect([answer.status, codeOf(answer), answer.headers.get('retry-after')]).toEqual([
    503,
    'DEADLINE_PASSED',
    '1',
  ])
  await rig.close()
})

import { expect, test } from '@jest/globals'
import { makeLoopWatch, watchMs } from '../../src/http/loop-guard.js'
import { ask, bodies, codeOf, post, start } from './rig.js'

const onTime = watchMs.tick + watchMs.late
const late = onTime + 1

test.each([
  ['nothing yet', [], false],
  ['one late tick, such as of a reload', [late], false],
  ['two late ticks in a row', [late, late], true],
  ['two ticks that are just not late', [onTime, onTime], false],
  ['two late ticks with one on time between', [late, onTime, late], false],
  ['late for long, then on time once', [late, late, late, onTime], false],
])('SEC-101 %s: the loop is late, or is not', (_, ticks, isLate) => {
  const watch = makeLoopWatch()
  for (const since of ticks) watch.ticked(since)

  expect(watch.isLate()).toBe(isLate)
})

test('SEC-101 while the event loop is late calls get 503 with Retry-After, and health checks are answered', async () => {
  let isLate = true
  const rig = await start({ isLate: () => isLate })
  const call = () => post(`${rig.base}/cds-services/mastitis-patient-view`, bodies['patient-view']())
  try {
    const shed = await call()
    expect([shed.status, codeOf(shed), shed.headers.get('retry-after')]).toEqual([503, 'LIMIT_OVERLOAD', '1'])
    expect((await ask(`${rig.base}/openapi.json`)).status).toBe(503)
    expect((await ask(`${rig.base}/health/live`)).status).toBe(200)

    isLate = false
    expect((await call()).status).toBe(200)
  } finally {
    await rig.close()
  }
})

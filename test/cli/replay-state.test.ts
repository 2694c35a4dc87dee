import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { emptyReport } from '../../src/audit/replay/replay-tally.js'
import type { RecordRange } from '../../src/audit/store/record-reader.js'
import { forgetState, keepState, replayedSoFar } from '../../src/cli/replay-state.js'

const pack = { version: '1.0.0', hash: 'a' }
const march: RecordRange = { from: Date.UTC(2026, 2), to: Date.UTC(2026, 3), types: ['invocation'] }
const halfDone = { ...emptyReport(pack), calls: 7, identical: 7, after: { stream: 's', seq: 9 } }

let folder = ''
let file = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-state-'))
  file = join(folder, 'state.json')
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each<[string, RecordRange, typeof pack, number]>([
  ['the same range and content', march, pack, 7],
  ['other content', march, { version: '1.0.0', hash: 'b' }, 0],
  ['another range', { ...march, to: Date.UTC(2026, 2, 15) }, pack, 0],
  ['one client alone', { ...march, tenant: 'hospital-a' }, pack, 0],
])('a replay goes on where it stopped with the same range and content alone: %s', (_, range, by, calls) => {
  keepState(file, { range: march, report: halfDone })

  expect(replayedSoFar(file, range, by)).toEqual(calls === 7 ? halfDone : emptyReport(by))
})

test('without a state a replay begins anew, and one that is done leaves none', () => {
  keepState(file, { range: march, report: halfDone })
  const mode = statSync(file).mode & 0o777
  forgetState(file)

  expect([mode, existsSync(file)]).toEqual([0o600, false])
  expect(replayedSoFar(file, march, pack)).toEqual(emptyReport(pack))
  expect(replayedSoFar(undefined, march, pack)).toEqual(emptyReport(pack))
})

test.each(['', 'minutes of the committee', '{"calls":7}', '[]', 'null'])(
  'a file that is no state is refused and left as it is: %j',
  (text) => {
    writeFileSync(file, text)

    expect(() => replayedSoFar(file, march, pack)).toThrow('is no state of a replay')
    expect(readFileSync(file, 'utf8')).toBe(text)
  },
)

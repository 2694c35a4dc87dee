import { expect, test } from '@jest/globals'
import { nodeProblem } from '../../src/service/node-version.js'

test.each(['20.19.0', '20.19.9', '20.20.1'])(
  'SEC-101 node %s is named as open to hash flooding',
  (version) => {
    expect(nodeProblem(version)).toMatchObject({
      says: expect.stringContaining(version),
      fix: expect.stringContaining('20.20.2'),
    })
  },
)

test.each(['20.20.2', '20.21.0', '22.12.0', '24.0.0'])('node %s is not', (version) => {
  expect(nodeProblem(version)).toBeUndefined()
})

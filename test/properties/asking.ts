import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { readKeys } from '../../src/gather/chart.js'
import type { ReadKey } from '../../src/gather/chart.js'
import type { Asking } from './ask.js'

const orderNames = readdirSync('fhir-fixtures/orders').map((name) => name.replace('.json', ''))

const noKeys: fc.Arbitrary<readonly ReadKey[]> = fc.constant([])
const someKeys: fc.Arbitrary<readonly ReadKey[]> = fc.oneof(
  { weight: 10, arbitrary: noKeys },
  { weight: 3, arbitrary: fc.subarray([...readKeys], { minLength: 1, maxLength: 2 }) },
  { weight: 1, arbitrary: fc.subarray([...readKeys]) },
)

const orders = fc.subarray(orderNames, { minLength: 1, maxLength: 2 })

/** Every hook, with every pattern of data that could not be had. */
export const anyAsking: fc.Arbitrary<Asking> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      hook: fc.constant('patient-view' as const),
      orders: fc.constant([]),
      failed: someKeys,
      left: someKeys,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      hook: fc.constantFrom('order-select' as const, 'order-sign' as const),
      orders,
      failed: someKeys,
      left: someKeys,
    }),
  },
)

/** Every hook, with everything read. */
export const readAsking: fc.Arbitrary<Asking> = anyAsking.map((asking) => ({
  ...asking,
  failed: [],
  left: [],
}))

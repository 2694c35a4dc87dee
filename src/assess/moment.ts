import type { Facts } from '../facts/facts.js'
import type { Instant } from '../units/units.js'
import type { Parameters } from './parameters.js'

/** Every rule works on these three: the facts that are valid at `now`, the parameters, and the time of the call. */
export interface Moment {
  facts: Facts
  parameters: Parameters
  now: Instant
}

import type { Medicine } from '../../../facts/facts.js'
import type { Instant } from '../../../units/units.js'

/** A stretch of time under one antibiotic, from one resource. */
export interface Exposure {
  medicine: Medicine
  from: Instant
  /** The recorded or assumed end, which may lie after now. */
  to: Instant
  /** The order was stopped without an end: the stretch counts for `hoursAny` but not for `hoursApt` (clinical 4.2). */
  anyOnly: boolean
}

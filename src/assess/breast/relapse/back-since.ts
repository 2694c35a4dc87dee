import type { Instant } from '../../../units/units.js'
import type { Workup } from '../workup.js'

/** Since when is the illness back: worse again in its course, or ill again after one? Undefined when it is neither. */
export const backSince = ({ relapse, worseAgain }: Workup): Instant | undefined =>
  worseAgain?.first ?? relapse?.ill

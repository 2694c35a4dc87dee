import type { ImagingReading } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { absent, verdict, type Finding } from '../finding.js'
import { ofImaging } from './describe.js'
import { isCollection, ultrasoundsSince } from './imaging.js'
import { abscess } from './stage.js'
import type { Workup } from './workup.js'

/**
 * EXPLAINED: an abscess can explain that antibiotics do not help (clinical 5.1).
 *
 * Edge: an ultrasound since `A1` with any result but abscess or collection ends the explanation.
 */
export function explained(workup: Workup): Finding {
  const other = ultrasoundsSince(workup.imaging, workup.clocks.firstAny, (reading) => !isCollection(reading))
  return other.length > 0 ? absent('an ultrasound shows no abscess or collection') : abscess(workup)
}

/** An ultrasound since that moment with one of these readings raises the suspicion. */
export function scanForCancer(
  { imaging }: Workup,
  since: Instant | undefined,
  wanted: readonly ImagingReading[],
): Finding {
  const found = ultrasoundsSince(imaging, since, (reading) => wanted.includes(reading))
  return verdict(
    found.length > 0,
    'no abscess or collection on ultrasound',
    'no ultrasound since then',
    found.map(({ fact }) => ofImaging(fact)),
  )
}

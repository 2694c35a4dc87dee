import type { ImagingReading } from '../../facts/facts.js'
import type { Instant } from '../../units/units.js'
import { absent, verdict, type Finding } from '../finding.js'
import { ofImaging } from './describe.js'
import { isCollection, ultrasoundsSince } from './imaging.js'
import type { Suspicion } from './ibc.js'
import type { Workup } from './workup.js'

/**
 * EXPLAINED: an abscess can explain that antibiotics do not help (clinical 5.1).
 *
 * Edge: an ultrasound since `A1` with any result but abscess or collection ends the explanation.
 */
export function explained({ imaging, clocks, stages }: Suspicion): Finding {
  const other = ultrasoundsSince(imaging, clocks.firstAny, (reading) => !isCollection(reading))
  const abscess = stages.rows.get('abscess')
  return abscess && other.length === 0 ? abscess : absent('an ultrasound shows no abscess or collection')
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

import type { ImagingReading } from '../../../facts/facts.js'
import type { Instant } from '../../../units/units.js'
import { absent, verdict, type Finding } from '../../finding.js'
import { ofImaging } from '../describe.js'
import { isSmall, showsNoCollection, ultrasoundsSince } from '../imaging/imaging.js'
import { drainableAbscess } from '../stage/stage-abscess.js'
import type { CancerContext } from './cancer-context.js'
import type { Workup } from '../workup.js'

/**
 * EXPLAINED: an abscess can explain that antibiotics do not help (clinical 5.1).
 *
 * Edge: an ultrasound since `A1` that shows no abscess or collection ends the explanation; a collection too small to
 *       drain explains nothing.
 */
export function explained(context: CancerContext): Finding {
  const { imaging, cover, stages } = context
  const other = ultrasoundsSince(imaging, cover.firstAny, showsNoCollection)
  if (other.length > 0) return absent('an ultrasound shows no abscess or collection')
  const hasSmall = imaging.current.some(({ fact }) => isSmall(fact))
  return (hasSmall ? undefined : stages.rows.get('abscess')) ?? drainableAbscess(context)
}

/** Does the newest ultrasound since `A1` show a collection that is too small to drain? Then R3 is at most a warning. */
export const isSmallSince = ({ imaging, cover }: Workup): boolean => {
  const newest = ultrasoundsSince(imaging, cover.firstAny, () => true).at(-1)
  return newest !== undefined && isSmall(newest.fact)
}

/** Does an ultrasound since this moment with one of these readings raise the suspicion? */
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

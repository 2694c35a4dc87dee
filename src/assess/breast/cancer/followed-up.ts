import type { Instant } from '../../../units/units.js'
import type { CancerContext } from './cancer-context.js'

/**
 * Is a breast referral on record from this moment on, active or completed?
 *
 * Edge: a referral at that moment counts, and so does one without a side.
 */
export const referredSince = ({ timeline, breast }: CancerContext, since: Instant): boolean =>
  timeline.care.some(
    ({ fact, at }) =>
      at >= since &&
      fact.need === 'referral' &&
      (fact.status === 'active' || fact.status === 'completed') &&
      breast.includesUnspecifiedSide(fact.side),
  )

/** Is a tissue result of this breast on record from this moment on? A result at that moment counts. */
export const tissueSince = ({ imaging }: CancerContext, since: Instant): boolean =>
  imaging.biopsies.some(({ at }) => at >= since)

import type { ImagingReading } from '../../../facts/facts.js'
import { hoursSince } from '../../stretches.js'
import { ultrasoundsSince } from '../imaging/imaging.js'
import type { Workup } from '../workup.js'

/** An ultrasound that shows one of these answers the question whether an abscess made the breast worse again. */
const answers: ReadonlySet<ImagingReading> = new Set(['normal', 'suspicious', 'phlegmon'])

/**
 * The hours of cover that rules R3, R3b and R4 count.
 *
 * Units:  hours.
 *
 * Edge:   in a breast that got worse after recovery they count from the first such value of the episode, until an ultrasound later than
 *         that is normal, suspicious or a phlegmon: an abscess is likelier than cancer until then.
 * Source: clinical changes C18
 */
export function ruleHours({ cover, worseAgain, imaging }: Workup): { any: number; apt: number } {
  const first = worseAgain?.first
  const answered = ultrasoundsSince(imaging, first, (reading) => answers.has(reading)).length > 0
  if (first === undefined || answered) return { any: cover.hoursAny, apt: cover.hoursApt }
  return { any: hoursSince(cover.stretches.any, first), apt: hoursSince(cover.stretches.apt, first) }
}

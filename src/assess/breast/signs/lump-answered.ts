import type { ImagingResult } from '../../../facts/facts.js'
import type { Instant } from '../../../units/units.js'
import { absent, present, type Finding } from '../../finding.js'
import { signReading } from '../antibiotics/sign-reading.js'
import { ofImaging, ofSign } from '../describe.js'
import { courseOf } from './sign-finding.js'
import type { Workup } from '../workup.js'

/** Does the ultrasound say what the lump is, and that it is harmless? */
function isAnswer({ birads, harmlessLesion, reading, malignantText }: ImagingResult): boolean {
  if (malignantText || (birads !== undefined && (birads === 0 || birads > 3))) return false
  if (reading === 'abscess' || reading === 'collection' || reading === 'phlegmon') return false
  return birads !== undefined || (harmlessLesion === true && reading !== 'suspicious')
}

/**
 * Is a lump of this breast, first recorded then, still without an answer by ultrasound?
 *
 * Shape:  BI-RADS 1 to 3, a galactocele, a cyst or a lymph node is an answer.
 * Edge:   an ultrasound at the moment of the first record counts. A lump that has grown since, by the steps of clinical 4.3, or that is
 *         called new or spreading, asks anew.
 * Source: clinical changes C24
 */
export function withoutAnswer({ imaging, breast }: Workup, first: Instant): Finding {
  const answer = imaging.ultrasounds.findLast(({ fact, at }) => at >= first && isAnswer(fact))
  if (!answer) return present('')
  const records = courseOf(breast.courses, 'lump').run
  const baseline = records.findLast(({ at }) => at <= answer.at)
  const grown = records.find(
    (newest) =>
      newest.at > answer.at &&
      signReading({ newest, evaluates: false, ...(baseline && { baseline }) }) === 'worse',
  )
  return grown
    ? present('larger since the ultrasound', ofSign(grown.fact))
    : absent('an ultrasound since then says what it is', ofImaging(answer.fact))
}

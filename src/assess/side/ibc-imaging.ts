import type { ImagingResult } from '../../facts/facts.js'
import { daysInMs } from '../../units/units.js'
import { absent, present, type Finding } from '../finding.js'
import { ofImaging } from './describe.js'
import { lactationFits } from './lactation-fits.js'
import type { Suspicion } from './ibc.js'
import type { Dated } from './timeline.js'

/**
 * R6: suspicious imaging, and neither a tissue result nor a breast referral since.
 *
 * Edge:    imaging exactly `ibc.imagingOpenDays` old is open; a result or referral at the same moment answers it.
 * Missing: biopsies and referrals that could not be read do not answer it.
 */
export function suspiciousUnanswered(suspicion: Suspicion): Finding {
  const { timeline, imaging, patient, stages } = suspicion
  const oldest = timeline.now - daysInMs(timeline.parameters['ibc.imagingOpenDays'])
  const open = imaging.all.filter(({ fact, at }) => at >= oldest && isSuspicious(fact))
  const unanswered = open.filter((image) => !isAnswered(suspicion, image))
  if (unanswered.length === 0) {
    return absent(open.length > 0 ? 'tissue result or referral since the imaging' : 'no suspicious imaging')
  }
  const reason = stages.stage === 'none' ? lactationFits(patient) : present('a breast illness is on record')
  if (reason.verdict !== 'present') return reason
  return present(
    'suspicious imaging without a tissue result or referral since',
    ...unanswered.map(({ fact }) => ofImaging(fact)),
  )
}

const isSuspicious = ({ birads, malignantText }: ImagingResult): boolean =>
  malignantText || (birads !== undefined && birads >= 4)

function isAnswered({ timeline, breast, imaging }: Suspicion, image: Dated<ImagingResult>): boolean {
  if (imaging.biopsies.some(({ at }) => at >= image.at)) return true
  return timeline.care.some(
    ({ fact, at }) =>
      at >= image.at &&
      fact.need === 'referral' &&
      (fact.status === 'active' || fact.status === 'completed') &&
      breast.hears(fact.side),
  )
}

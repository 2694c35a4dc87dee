import type { ImagingResult } from '../../../facts/facts.js'
import { daysInMs } from '../../../units/units.js'
import { inputs, type FindingDefinition, type Inputs } from '../../definition.js'
import { dayWords } from '../../day-words.js'
import { absent, present, type Finding } from '../../finding.js'
import { ofImaging } from '../describe.js'
import { lactationFits } from '../../patient/lactation-fits.js'
import type { CancerContext, OfRules } from './cancer-context.js'
import { referredSince, tissueSince } from './followed-up.js'
import { stasisInputs } from '../stage/stage-inputs.js'
import type { Dated } from '../../dating.js'

/** The inputs that decide whether a suspicious image was followed up. */
const tissueInputs: Inputs = {
  facts: ['results', 'care'],
  sets: ['mammogram', 'skin-biopsy', 'breast-biopsy', 'referral'],
  parameters: ['ibc.imagingOpenDays'],
}

/**
 * R6: suspicious imaging, and since then neither a tissue result nor a breast referral.
 *
 * Edge:    imaging exactly `ibc.imagingOpenDays` old still counts; a result or referral at the same moment is a
 *          follow-up.
 * Missing: unread biopsies and referrals are no follow-up.
 */
export function suspiciousUnanswered(context: CancerContext): Finding {
  const { patient, stages } = context
  const open = openSuspicion(context)
  const unanswered = open.filter((image) => !isAnswered(context, image))
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

/** The suspicious imaging that is not yet too old. */
function openSuspicion({ timeline, imaging }: CancerContext): readonly Dated<ImagingResult>[] {
  const oldest = timeline.now - daysInMs(timeline.parameters['ibc.imagingOpenDays'])
  return imaging.all.filter(({ fact, at }) => at >= oldest && isSuspicious(fact))
}

/** The newest suspicious imaging without an answer in words: "BI-RADS 4 on 9 Nov", "Suspicious imaging on 9 Nov"; else "". */
export function suspiciousWords(context: CancerContext): string {
  const image = openSuspicion(context).findLast((one) => !isAnswered(context, one))
  if (!image) return ''
  const what = image.fact.birads === undefined ? 'Suspicious imaging' : `BI-RADS ${image.fact.birads}`
  return `${what} on ${dayWords(context.timeline, image.fact.when, image.at)}`
}

const isSuspicious = ({ birads, malignantText }: ImagingResult): boolean =>
  malignantText || (birads !== undefined && birads >= 4)

const isAnswered = (context: CancerContext, image: Dated<ImagingResult>): boolean =>
  tissueSince(context, image.at) || referredSince(context, image.at)

/** Rule R6 of suspected inflammatory breast cancer (clinical 5.3). */
export const ibcR6 = {
  name: 'ibc-r6',
  scope: 'side',
  means:
    'R6: suspicious imaging without a tissue result or breast referral since, in a woman who is or was lactating or has a ' +
    'breast stage?',
  ...inputs(tissueInputs, stasisInputs),
  edge: 'BI-RADS 4, 5 or 6, or a malignancy that the report affirms; a doubt is none. Imaging exactly the limit old is open.',
  missing: 'Results and referrals that could not be read do not answer it.',
  find: ({ breast }) => breast.ibc.r6,
} as const satisfies FindingDefinition<OfRules>

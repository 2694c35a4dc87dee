import { inputs, type FindingDefinition } from '../../definition.js'
import { present, verdict, type Finding } from '../../finding.js'
import { coverUnread, untreatedInputs, windowNone } from './antibiotic-window.js'
import { hasLasted } from '../episode.js'
import { allOf } from '../../logic.js'
import { temperatureInputs } from '../signs/temperature.js'
import type { Workup } from '../workup.js'

/**
 * Row 11: no antibiotic, and ill for 24 h or with fever values 24 h apart.
 *
 * Edge: exactly 24 h counts.
 */
function untreated({ episode, timeline, systemicSigns, cover }: Workup): Finding {
  const ill = hasLasted(episode.start, timeline.now)
    ? present('ill for 24 h or more')
    : verdict(
        systemicSigns.feverADayApart,
        'fever values 24 h or more apart',
        'less than 24 h on record, and no fever values 24 h apart',
        systemicSigns.feverADayApart ? systemicSigns.fever.evidence : [],
      )
  return allOf(windowNone.find({ breast: { cover } }), ill)
}

/** No antibiotic after 24 hours of illness (clinical 6.1 row 11). */
export const noAntibiotic24h = {
  name: 'no-antibiotic-24h',
  scope: 'side',
  means: 'Is there no antibiotic although she has been ill for 24 hours, or has fever values 24 hours apart?',
  ...inputs(untreatedInputs, temperatureInputs),
  edge: 'Exactly 24 hours counts.',
  missing: coverUnread,
  find: ({ breast }) => untreated(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

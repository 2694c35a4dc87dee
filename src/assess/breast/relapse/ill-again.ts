import { inputs, unreadInputs, type FindingDefinition } from '../../definition.js'
import { absent, present, type Finding } from '../../finding.js'
import { inflamedStages } from '../../stages.js'
import { bacterialInputs } from '../stage/stage-inputs.js'
import type { Staging } from '../stage/stage-order.js'
import { relapseInputs, type Relapse } from './relapse.js'

/** The part of the context that this finding reads. */
interface OfRelapse {
  breast: { relapse?: Relapse; stages: Staging }
}

function illAgain({ relapse, stages }: OfRelapse['breast']): Finding {
  if (!relapse) return absent('not ill again within days of a course of antibiotics')
  return inflamedStages.has(stages.stage)
    ? present('ill again after a course of antibiotics and recovery')
    : absent('no mastitis or abscess now')
}

/** The finding that the illness came back shortly after a course (clinical 4.1). */
export const relapseOnRecord = {
  name: 'relapse',
  scope: 'side',
  means:
    'Is this breast ill, and did the illness come back within days of the end of a course of antibiotics from which the breast had recovered?',
  ...inputs(relapseInputs, bacterialInputs, unreadInputs),
  edge: 'At most the gap after the end of the course; exactly the gap counts. Illness before that end is no relapse, later it is a recurrence.',
  missing: 'A recovery that is not charted is none: then absent.',
  find: ({ breast }) => illAgain(breast),
} as const satisfies FindingDefinition<OfRelapse>

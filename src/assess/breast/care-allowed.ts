import type { SideContext } from '../context.js'
import { inputs, type FindingDefinition } from '../definition.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import { ibcR1ToR5 } from './cancer/ibc.js'
import { fluctuance } from './signs/signs.js'
import type { PatientView } from '../views.js'
import { lactationStatusInputs } from '../patient/lactation-status.js'
import { lossInputs } from '../patient/loss.js'
import { drivingInputs } from './current-diagnoses.js'
import { infectionSets } from './diagnosis-sets.js'
import { infected } from './infected.js'

/** Is the patient recorded as not lactating, without a loss on record? */
const heldBack = ({ lactation, loss }: PatientView): boolean =>
  lactation.status === 'not-lactating' && loss.verdict !== 'present'

function allowed({ patient, side, timeline }: SideContext): Finding {
  if (!heldBack(patient)) return present(patient.lactation.because, ...patient.lactation.evidence)
  if (infected(side)) return present('not lactating, with a current mastitis or abscess')
  if (timeline.facts.reads.conditions.state === 'unreadable')
    return cannotTell('conditions could not be read')
  return absent('not lactating, without a current mastitis or abscess', ...patient.lactation.evidence)
}

/** Are breast care cards allowed, or does a red flag open the ultrasound card outside lactation too? */
function allowedOrFlagged(context: SideContext): Finding {
  const care = allowed(context)
  if (care.verdict === 'present') return care
  const flags = [fluctuance.find(context), ibcR1ToR5.find(context)]
  const held = flags.find((flag) => flag.verdict === 'present')
  if (held) return present(`not lactating, but ${held.because}`, ...held.evidence)
  const unclear = flags.find((flag) => flag.verdict === 'cannot-tell')
  return unclear ? cannotTell(unclear.because) : care
}

/** The inputs of what the lactation status allows. */
const allowedInputs = inputs(lactationStatusInputs, lossInputs, drivingInputs(infectionSets))

/** The finding that the lactation status allows cards on breast care (clinical 1.2). */
export const careAllowed = {
  name: 'care-allowed',
  scope: 'side',
  means: 'Does her lactation status allow reassessment, culture and drainage cards for this breast?',
  ...allowedInputs,
  edge: 'Every status does, but for not lactating: then only a driving mastitis or abscess of this breast.',
  missing:
    'An unknown status is never read as not lactating. Cannot be told when not lactating and conditions were not read.',
  find: allowed,
} as const satisfies FindingDefinition<SideContext>

/** The finding that the lactation status or a red flag allows the ultrasound card. */
export const ultrasoundAllowed = {
  name: 'ultrasound-allowed',
  scope: 'side',
  means: 'Does her lactation status allow an ultrasound card for this breast?',
  ...inputs(allowedInputs, fluctuance, ibcR1ToR5),
  edge: 'As care-allowed; for a woman who is not lactating also fluctuance or any of R1 to R5.',
  missing: 'As care-allowed; also cannot be told when a flag could not be told.',
  find: allowedOrFlagged,
} as const satisfies FindingDefinition<SideContext>

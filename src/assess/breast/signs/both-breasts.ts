import type { Finding } from '../../finding.js'
import { absent, present } from '../../finding.js'
import { daysInMs } from '../../../units/units.js'
import { measureEvidence } from '../../evidence.js'
import type { PatientView, SideView } from '../../views.js'
import type { Moment } from '../../moment.js'
import { allOf, withReason } from '../../logic.js'
import type { PatientContext } from '../../context.js'
import type { FindingDefinition } from '../../definition.js'
import { inflammationInputs } from './inflammation.js'

/**
 * BOTH-FEBRILE: are both breasts inflamed, with a temperature that fullness alone does not explain? (clinical 5.2)
 *
 * Edge:    up to `engorgement.days` after delivery the limit is `engorgement.feverLimit`, otherwise `fever.threshold`;
 *          a temperature at the limit counts.
 * Missing: as for the inflammation of each breast and for the temperature.
 */
function bothInflamed(moment: Moment, patient: PatientView, sides: readonly SideView[]): Finding {
  const of = (side: string): SideView | undefined => sides.find((view) => view.side === side)
  const [left, right] = [of('left'), of('right')]
  if (!left || !right) return absent('signs are not on both sides')
  return withReason(
    allOf(left.evidence.inflamed, right.evidence.inflamed, hotEnough(moment, patient, left)),
    'both breasts inflamed with fever',
  )
}

function hotEnough(
  { parameters, now }: Moment,
  { deliveredAt }: PatientView,
  { evidence: { newestTemperature: newest, fever } }: SideView,
): Finding {
  if (fever.verdict !== 'present') return fever
  if (!newest) return absent('fever recorded without a temperature')
  const recent = deliveredAt !== undefined && now - deliveredAt <= daysInMs(parameters['engorgement.days'])
  const limit = parameters[recent ? 'engorgement.feverLimit' : 'fever.threshold']
  return newest.value >= limit ? present('fever', measureEvidence(newest)) : absent('no high fever')
}

/** BOTH-FEBRILE of clinical 5.2. */
export const bothBreastsFebrile = {
  name: 'both-breasts-febrile',
  scope: 'patient',
  means: 'Are both breasts inflamed, with a temperature that fullness alone does not explain?',
  ...inflammationInputs,
  edge: 'Soon after delivery the higher limit applies, otherwise the fever threshold; exactly the limit counts.',
  missing:
    'Fever charted only in words has no degree and is absent. Cannot be told when signs or temperatures cannot.',
  find: ({ timeline, patient, sides }) => bothInflamed(timeline, patient, sides),
} as const satisfies FindingDefinition<PatientContext>

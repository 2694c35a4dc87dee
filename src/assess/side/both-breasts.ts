import type { Finding } from '../finding.js'
import { absent, present } from '../finding.js'
import { daysInMs } from '../../units/units.js'
import { measureEvidence } from '../evidence.js'
import type { Moment, PatientView, SideView } from '../views.js'
import { allOf, worded } from './logic.js'

/**
 * BOTH-FEBRILE: both breasts inflamed, with a temperature that fullness alone does not explain (clinical 5.2).
 *
 * Edge:    up to `engorgement.days` after delivery from `engorgement.feverLimit`, otherwise from `fever.threshold`;
 *          both limits count.
 * Missing: as the inflammation of each breast and the temperature.
 */
export function bothBreastsFebrile(
  moment: Moment,
  patient: PatientView,
  sides: readonly SideView[],
): Finding {
  const of = (side: string): SideView | undefined => sides.find((view) => view.side === side)
  const [left, right] = [of('left'), of('right')]
  if (!left || !right) return absent('signs are not on both sides')
  return worded(
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

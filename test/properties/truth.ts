import type { Asking } from './ask.js'
import type { PatientPlan } from './patient-plan.js'
import type { ReadKey } from '../../src/gather/chart.js'

/** Could this key be read as asked? */
export const wasRead = ({ failed, left }: Asking, key: ReadKey): boolean =>
  !failed.includes(key) && !left.includes(key)

/** Rule R1 as planned: peau d'orange, dated, at most 30 days old, never denied, in a chart that can be read. */
export function hasStrongSign({ signs, prose, knownIbc }: PatientPlan, asking: Asking): boolean {
  const strong = signs.filter(({ kind }) => kind === 'peau-d-orange')
  const clear = strong.every(({ says, written }) => says === 'present' && written === 'instant')
  const recent = strong.some(({ hoursAgo }) => hoursAgo <= 30 * 24)
  const denied = prose.some(({ text }) => text.includes('peau'))
  return (
    clear && recent && !denied && !knownIbc && wasRead(asking, 'breastSigns') && wasRead(asking, 'patient')
  )
}

/** Nothing on record that answers a need for biopsy, which alone may silence R1 (clinical 8). */
export const hasBiopsy = ({ care }: PatientPlan): boolean =>
  care === 'biopsy-ordered' || care === 'biopsy-benign'

/** A loss as planned: stillborn within 180 days, dated (clinical 1.2). */
export const hasLoss = ({ birth }: PatientPlan, asking: Asking): boolean =>
  birth?.kind === 'stillbirth' &&
  birth.daysAgo < 180 &&
  birth.written !== 'undated' &&
  wasRead(asking, 'conditions')

const infersLactation = new Set(['lactational', 'puerperal', 'abscess', 'engorgement'])

/** Nothing at all says whether she breastfeeds: no answer, no birth, no diagnosis of lactation. */
export const isLactationUnknown = ({ lactation, birth, diagnoses }: PatientPlan): boolean =>
  (lactation === undefined || lactation.says === 'unknown' || lactation.says === 'not-obtained') &&
  birth === undefined &&
  diagnoses.every(({ kind }) => !infersLactation.has(kind))

/** Milk may be unsafe for the infant, or it could not be looked up: no card may say "continue" (clinical 1.4). */
export const mayNotContinue = (plan: PatientPlan, asking: Asking): boolean =>
  plan.milkRow !== undefined ||
  hasLoss(plan, asking) ||
  !wasRead(asking, 'conditions') ||
  !wasRead(asking, 'medicationRequests')

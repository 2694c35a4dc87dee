import { absent, present, type Finding } from '../../finding.js'
import type { ExaminedBreast } from '../examined-breast.js'

/**
 * Does another infection explain the fever? Neither breast then has a sign or diagnosis of its own that the infection does not explain.
 *
 * Edge:    pain or swelling of one breast alone is a sign of its own; of both breasts it is not.
 * Missing: what cannot be told explains nothing, so the fever still counts for the breast.
 * Source:  clinical 5.1
 */
export function feverExplained(otherInfection: Finding, breasts: readonly ExaminedBreast[]): Finding {
  if (otherInfection.verdict !== 'present') return absent('no other infection explains the fever')
  const own = breasts.flatMap(({ signs, diagnoses }) => [
    signs.skin,
    signs.lump,
    signs.fluctuance,
    diagnoses.any,
  ])
  const explained =
    own.every(({ verdict }) => verdict === 'absent') &&
    isOnBothOrNone(breasts.map(({ signs }) => signs.sidedPain)) &&
    isOnBothOrNone(breasts.map(({ signs }) => signs.sidedSwelling))
  return explained
    ? present('another infection explains the fever', ...otherInfection.evidence)
    : absent('the breast has signs or a diagnosis beside the other infection')
}

/** Is a sign present on left and right, or on neither? */
function isOnBothOrNone(sign: readonly Finding[]): boolean {
  const held = sign.filter(({ verdict }) => verdict === 'present').length
  return held === 2 || sign.every(({ verdict }) => verdict === 'absent')
}

import { absent, type Finding } from '../finding.js'
import type { Breast } from './breasts.js'
import type { Driving } from './driving.js'
import { allOf, anyOf, not, worded } from './logic.js'
import { sidelessSignFinding } from './sign-finding.js'
import { skinSigns } from './signs-of-breast.js'
import type { BreastSigns } from './signs.js'
import type { Illness } from './temperature.js'
import type { Timeline } from './timeline.js'

/**
 * FULLNESS of clinical 5.1: signs on both sides, focal on neither, and no fever too high for it.
 *
 * Edge:    up to `engorgement.days` after delivery the limit is `engorgement.feverLimit`, later `fever.threshold`.
 * Missing: no temperature counts as below; temperatures that could not be read are cannot-tell. A focal sign without
 *          a side may belong to either breast, so it ends fullness.
 */
export function fullness(
  breastsAndSigns: readonly (readonly [Breast, BreastSigns])[],
  sick: Illness,
): Finding {
  const of = (side: string): BreastSigns | undefined =>
    breastsAndSigns.find(([breast]) => breast.side === side)?.[1]
  const [left, right] = [of('left'), of('right')]
  if (!left || !right) return absent('signs are not on both sides')
  return worded(
    allOf(
      worded(left.anySign, 'signs on the left', 'no sign on the left'),
      worded(right.anySign, 'signs on the right', 'no sign on the right'),
      ...breastsAndSigns.map(([, signs]) => not(signs.focal, 'no focal sign', 'a sign is focal')),
      not(sick.tooHotForFullness, 'no temperature above the limit of fullness'),
    ),
    'both breasts are full without focal signs',
  )
}

/** PAIN with redness, colour change or warmth: one of the two may be charted without a side. */
function painAndSkin(timeline: Timeline, breast: Breast, signs: BreastSigns): Finding {
  const own = allOf(signs.pain, signs.skin)
  if (breast.joined || own.verdict === 'present') return own
  const sidelessPain = sidelessSignFinding(timeline, breast, 'breast-pain')
  const sidelessSkin = anyOf(
    'no skin change without a side',
    ...skinSigns.map((name) => sidelessSignFinding(timeline, breast, name)),
  )
  return anyOf(own.because, own, allOf(signs.pain, sidelessSkin), allOf(sidelessPain, signs.skin))
}

/**
 * INFLAM of clinical 5.1: the breast looks inflamed, by any of four combinations; none needs redness.
 *
 * Edge:    does not hold in fullness of both breasts.
 * Missing: as its parts; one combination that holds is enough.
 */
export function inflamed(
  timeline: Timeline,
  breast: Breast,
  signs: BreastSigns,
  sick: Illness,
  dx: Driving,
  full: Finding,
): Finding {
  const combinations = anyOf(
    'no combination of signs of inflammation recorded',
    painAndSkin(timeline, breast, signs),
    allOf(signs.sidedPain, signs.sidedSwelling),
    allOf(
      sick.systemic,
      anyOf('no pain with a side, lump or blocked duct', signs.sidedPain, signs.lump, dx.blockedDuct),
    ),
    allOf(sick.highFever, dx.engorgement),
    allOf(signs.sidedSkin, sick.fever),
  )
  return worded(allOf(combinations, not(full, 'not fullness of both breasts')), 'signs of inflammation')
}

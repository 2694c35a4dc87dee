import { absent, type Finding } from '../../finding.js'
import type { Breast } from '../breasts.js'
import type { ExaminedBreast } from '../examined-breast.js'
import { drivingInputs, type CurrentDiagnoses } from '../current-diagnoses.js'
import { allOf, anyOf, not, withReason } from '../../logic.js'
import { otherInfectionInputs } from '../../patient/other-infection.js'
import { breastSets } from '../diagnosis-sets.js'
import { sidelessSignFinding } from './sign-finding.js'
import { skinSigns } from './signs-of-breast.js'
import type { BreastSigns } from './signs.js'
import type { SystemicSigns } from './temperature.js'
import type { Timeline } from '../../timeline.js'
import { inputOf, inputs } from '../../definition.js'
import { signInputs } from './signs.js'
import { temperatureInputs } from './temperature.js'

/**
 * The inputs of INFLAM and FULLNESS in a woman without fever.
 *
 * Edge: the days after delivery are not among them: they choose between two limits that are both fever.
 */
export const afebrileInputs = inputs(
  signInputs,
  temperatureInputs,
  drivingInputs(breastSets),
  otherInfectionInputs,
  inputOf('engorgement.feverLimit'),
)

/** The inputs of INFLAM and FULLNESS. */
export const inflammationInputs = inputs(afebrileInputs, {
  facts: ['births'],
  sets: [],
  parameters: ['engorgement.days'],
})

/**
 * FULLNESS of clinical 5.1: signs on both sides, focal on neither side, and no fever above the limit of fullness.
 *
 * Edge:    up to `engorgement.days` after delivery the limit is `engorgement.feverLimit`, later `fever.threshold`.
 * Missing: without a temperature there is no fever; unread temperatures are cannot-tell. A focal sign without a side
 *          may belong to either breast, so it ends fullness.
 */
export function fullness(
  breasts: readonly Pick<ExaminedBreast, 'breast' | 'signs'>[],
  systemicSigns: SystemicSigns,
): Finding {
  const of = (side: string): BreastSigns | undefined =>
    breasts.find(({ breast }) => breast.side === side)?.signs
  const [left, right] = [of('left'), of('right')]
  if (!left || !right) return absent('signs are not on both sides')
  return withReason(
    allOf(
      withReason(left.anySign, 'signs on the left', 'no sign on the left'),
      withReason(right.anySign, 'signs on the right', 'no sign on the right'),
      ...breasts.map(({ signs }) => not(signs.focal, 'no focal sign', 'a sign is focal')),
      not(systemicSigns.tooHotForFullness, 'no temperature above the limit of fullness'),
    ),
    'both breasts are full without focal signs',
  )
}

/** PAIN with redness, colour change or warmth; one of the two may be charted without a side. */
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

/** The parts of INFLAM; `fullness` is FULLNESS of both breasts, `feverExplained` says that another infection explains the fever. */
interface InflammationParts {
  signs: BreastSigns
  systemicSigns: SystemicSigns
  diagnoses: CurrentDiagnoses
  fullness: Finding
  feverExplained: Finding
}

/**
 * INFLAM of clinical 5.1: does the breast look inflamed, by any of four combinations? None of them needs redness.
 *
 * Edge:    absent when both breasts are full, and when another infection explains the fever: then no breast has a skin sign, and the
 *          other three combinations do not hold.
 * Missing: as for the parts; one combination that holds is enough.
 */
export function inflamed(
  timeline: Timeline,
  breast: Breast,
  { signs, systemicSigns, diagnoses, fullness, feverExplained }: InflammationParts,
): Finding {
  if (feverExplained.verdict === 'present') return absent(feverExplained.because)
  const combinations = anyOf(
    'no combination of signs of inflammation recorded',
    painAndSkin(timeline, breast, signs),
    allOf(signs.sidedPain, signs.sidedSwelling),
    allOf(
      systemicSigns.systemic,
      anyOf('no pain with a side, lump or blocked duct', signs.sidedPain, signs.lump, diagnoses.blockedDuct),
    ),
    allOf(systemicSigns.highFever, diagnoses.engorgement),
    allOf(signs.sidedSkin, systemicSigns.fever),
  )
  return withReason(
    allOf(combinations, not(fullness, 'not fullness of both breasts')),
    'signs of inflammation',
  )
}

import type { SignName } from '../../../terminology/concepts.js'
import { daysInMs, hoursInMs, type Instant } from '../../../units/units.js'
import type { Parameters } from '../../parameters.js'

/** The signs of an ill breast; fever and malaise are not among them (clinical 2.2). */
export const breastSigns: readonly SignName[] = [
  'breast-pain',
  'erythema',
  'colour-change',
  'warmth',
  'lump',
  'swelling',
  'fluctuance',
  'peau-d-orange',
  'skin-thickening',
  'nipple-retraction',
  'axillary-node',
  'bloody-discharge',
  'nipple-fissure',
  'enlarged',
  'phlegmon-text',
]

/** Signs that every breast which makes milk can have, also beside an infection elsewhere. */
export const unspecificSigns: ReadonlySet<SignName> = new Set(['breast-pain', 'swelling', 'nipple-fissure'])

/** The strong signs of breast cancer: VS-STRONG of clinical 2.2. */
export const strongSigns: readonly SignName[] = ['peau-d-orange', 'skin-thickening']

/**
 * Redness, colour change and warmth: inflammation on skin of any colour, so that no rule needs redness itself
 * (clinical 5.1).
 */
export const skinSigns: readonly SignName[] = ['erythema', 'colour-change', 'warmth']

const lasting = new Set<SignName>([...strongSigns, 'nipple-retraction', 'lump'])

/** The signs that raise doubt even without a date, because missing them is dangerous. */
export const redFlagSigns: ReadonlySet<SignName> = new Set<SignName>([...strongSigns, 'fluctuance'])

/** The earliest moment at which a record of this sign still counts as current (clinical 3.4). */
export const currentSince = (sign: SignName, parameters: Parameters, now: Instant): Instant =>
  lasting.has(sign)
    ? now - daysInMs(parameters['currency.skinSignDays'])
    : now - hoursInMs(parameters['currency.signHours'])

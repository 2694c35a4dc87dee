import type { FindingDefinition } from '../../definition.js'
import { measureNumber } from '../../words.js'
import { temperatureInputs } from '../signs/temperature.js'
import type { JudgedBreast } from '../judged-breast.js'

interface OfBreast {
  breast: JudgedBreast
}

const isStasis = ({ stages: { stage } }: JudgedBreast): boolean =>
  stage === 'blocked-duct' || stage === 'engorgement'

/**
 * The fever of a breast at stage 7 or 8, in the words of a card: "T 38.2 °C", "fever"; empty without one.
 *
 * Source: clinical 5.2, fever with engorgement
 */
export function stasisFeverWords(judged: JudgedBreast): string {
  const { fever: febrile, newest } = judged.systemicSigns
  if (!isStasis(judged) || febrile.verdict !== 'present') return ''
  return newest ? `T ${measureNumber(newest.fact)} °C` : 'fever'
}

/** The finding of fever, whatever the stage (clinical 5.1). */
export const fever = {
  ...temperatureInputs,
  name: 'fever',
  scope: 'side',
  means: 'Is there fever?',
  edge: 'Exactly the threshold is fever.',
  missing: 'Cannot be told when temperatures could not be read.',
  find: ({ breast }) => breast.systemicSigns.fever,
} as const satisfies FindingDefinition<OfBreast>

/** The finding of fever or of feeling ill: chills, myalgia (clinical 5.1). */
export const systemic = {
  ...temperatureInputs,
  name: 'systemic',
  scope: 'side',
  means: 'Is there fever, malaise, chills or muscle pain?',
  edge: 'As fever; malaise counts within `currency.signHours`.',
  missing: 'Cannot be told when temperatures could not be read.',
  find: ({ breast }) => breast.systemicSigns.systemic,
} as const satisfies FindingDefinition<OfBreast>

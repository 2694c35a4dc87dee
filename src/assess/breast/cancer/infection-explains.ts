import { inputs, type FindingDefinition } from '../../definition.js'
import type { Finding } from '../../finding.js'
import { infectionInputs } from '../current-diagnoses.js'
import { inflammationInputs } from '../signs/inflammation.js'
import { allOf, anyOf } from '../../logic.js'
import type { Workup } from '../workup.js'

/** Row 17: a diagnosis of infection, or inflammation with fever, explains the signs. */
export const infectionExplains = ({ diagnoses, inflamed, systemicSigns }: Workup): Finding =>
  anyOf(
    'no diagnosis of infection, and no inflammation with fever',
    diagnoses.infection,
    allOf(inflamed, systemicSigns.fever),
  )

/** The finding that an infection explains the signs (clinical 6.1 row 17). */
export const infectionExplainsSigns = {
  name: 'infection-explains-signs',
  scope: 'side',
  means: 'Does an infection explain the signs: a driving mastitis or abscess, or inflammation with fever?',
  ...inputs(infectionInputs, inflammationInputs),
  edge: 'Fever is the newest current temperature at or above the threshold.',
  missing: 'Cannot be told when conditions, signs or temperatures that could show it could not be read.',
  find: ({ breast }) => infectionExplains(breast),
} as const satisfies FindingDefinition<{ breast: Workup }>

import { severeSoftTissueSigns } from '../../terminology/breast-conditions.js'
import type { PatientContext } from '../context.js'
import { inputs, type FindingDefinition } from '../definition.js'
import { absent, present } from '../finding.js'
import { levelInputs } from './sepsis-findings.js'
import { severeSigns } from './severe-signs.js'

const missing = 'Not charted, charted without a date or as unknown is absent.'

/** The finding of a sign of a severe soft-tissue infection (clinical 5.4, group A streptococcus). */
export const severeSoftTissue = {
  name: 'severe-soft-tissue',
  scope: 'patient',
  means: 'Is a sign of a severe soft-tissue infection on record now?',
  facts: ['signs'],
  sets: [...severeSoftTissueSigns],
  parameters: ['currency.signHours'],
  edge: 'A record exactly as old as the sign window counts; a later "absent" ends it.',
  missing,
  find: ({ timeline }) => {
    const signs = severeSigns(timeline)
    return signs.length > 0
      ? present(
          'a sign of a severe soft-tissue infection is on record',
          ...signs.map(({ evidence }) => evidence),
        )
      : absent('no sign of a severe soft-tissue infection on record')
  },
} as const satisfies FindingDefinition<PatientContext>

/** The finding that such a sign stands beside a measured criterion of the sepsis screen (clinical 5.4). */
export const severeWithCriteria = {
  ...inputs(levelInputs, { facts: ['signs'], sets: [], parameters: [] }),
  name: 'severe-soft-tissue-with-criteria',
  scope: 'patient',
  means: 'Does a sign of a severe soft-tissue infection stand beside a criterion of the sepsis screen?',
  edge: 'One criterion or organ value is enough.',
  missing,
  find: ({ patient: { sepsis } }) =>
    sepsis.severe
      ? present('a severe sign with sepsis criteria', sepsis.severe.evidence)
      : absent('no severe sign beside sepsis criteria'),
} as const satisfies FindingDefinition<PatientContext>

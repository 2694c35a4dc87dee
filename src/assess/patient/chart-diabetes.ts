import type { FindingDefinition } from '../definition.js'
import { problemOnRecord, type OfProblems } from './chart-problem.js'

/** The finding that the patient has diabetes (clinical 1.5). */
export const chartDiabetes = {
  name: 'chart-diabetes',
  scope: 'patient',
  means: 'Is diabetes on record, apart from diabetes of pregnancy?',
  facts: ['problems', 'reads', 'unreadable'],
  sets: ['diabetes'],
  parameters: [],
  edge: 'An active diagnosis counts whatever its date; diabetes of pregnancy alone does not, since it ends with the pregnancy.',
  missing: 'Cannot be told when conditions could not be read; no card then names diabetes.',
  find: (context) => problemOnRecord(context, 'diabetes'),
} as const satisfies FindingDefinition<OfProblems>

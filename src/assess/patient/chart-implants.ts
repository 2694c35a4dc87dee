import type { FindingDefinition } from '../definition.js'
import { problemOnRecord, type OfProblems } from './chart-problem.js'

/** The finding that the patient has breast implants (clinical 1.5). */
export const chartImplants = {
  name: 'chart-implants',
  scope: 'patient',
  means: 'Are breast implants on record?',
  facts: ['problems', 'reads', 'unreadable'],
  sets: ['breast-implant'],
  parameters: [],
  edge: 'An active entry counts whatever its date, also "history of breast implants"; implants that were removed do not.',
  missing: 'Cannot be told when conditions could not be read; no card then names implants.',
  find: (context) => problemOnRecord(context, 'breast-implant'),
} as const satisfies FindingDefinition<OfProblems>

import type { FindingDefinition } from '../definition.js'

/** What is known of the patient that is no matter of feeding. */
export const recordFindings: readonly FindingDefinition[] = [
  {
    name: 'known-ibc',
    means: 'Is inflammatory breast cancer already known?',
    facts: ['problems', 'reads', 'unreadable'],
    sets: ['inflammatory-breast-cancer'],
    parameters: [],
    edge: 'An active diagnosis counts whatever its date; a resolved one does not.',
    missing: 'Cannot be told when conditions could not be read; it then silences no card.',
    find: ({ patient }) => patient.knownIbc,
  },
]

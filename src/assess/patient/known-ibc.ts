import type { FindingDefinition } from '../definition.js'
import { evidenceOf, problemEvidence } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../moment.js'
import type { ProblemIndex } from './problem-index.js'
import { activeIn } from './problem-index.js'

/**
 * Is inflammatory breast cancer already known?
 *
 * Edge:    an active diagnosis counts whatever its date.
 * Missing: `cannot-tell` when conditions could not be read; cannot-tell silences no card.
 * Source:  clinical 5.3
 */
export function knownCancer({ facts }: Moment, problems: ProblemIndex): Finding {
  const known = activeIn(problems, 'inflammatory-breast-cancer')
  if (known.length > 0) {
    const evidence = known.map((problem) => problemEvidence(problem, 'inflammatory-breast-cancer'))
    return present('inflammatory breast cancer is on record', ...evidence)
  }
  if (facts.reads.conditions.state === 'unreadable') return cannotTell('conditions could not be read')
  const unreadable = facts.unreadable.find(({ subject }) => subject === 'inflammatory-breast-cancer')
  if (unreadable) return cannotTell(unreadable.why, evidenceOf(unreadable, 'inflammatory breast cancer'))
  return absent('inflammatory breast cancer is not on record')
}

/** The finding that inflammatory breast cancer is known (clinical 5.3). */
export const knownIbc = {
  name: 'known-ibc',
  scope: 'patient',
  means: 'Is inflammatory breast cancer already known?',
  facts: ['problems', 'reads', 'unreadable'],
  sets: ['inflammatory-breast-cancer'],
  parameters: [],
  edge: 'An active diagnosis counts whatever its date; a resolved one does not.',
  missing: 'Cannot be told when conditions could not be read; it then silences no card.',
  find: ({ patient }) => patient.knownIbc,
} as const satisfies FindingDefinition<{ patient: { knownIbc: Finding } }>

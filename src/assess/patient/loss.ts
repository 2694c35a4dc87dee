import type { BirthFact } from '../../facts/facts.js'
import type { Inputs } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../moment.js'
import { standingEntries } from './births.js'

/** The inputs of LOSS. */
export const lossInputs: Inputs = {
  facts: ['births'],
  sets: ['infant-loss', 'infant-elsewhere', 'living-infant', 'some-infants-lost'],
  parameters: ['loss.days'],
}

/** Whether the patient has lost the infant or the infant lives elsewhere, and which of the two. */
export interface Loss {
  loss: Finding
  lossKind?: 'infant-loss' | 'infant-elsewhere'
}

const isLoss = ({ kind }: BirthFact): boolean => kind === 'infant-loss' || kind === 'infant-elsewhere'

/**
 * LOSS: has an infant died or does an infant live elsewhere, without a living infant born since?
 *
 * Edge:    exactly `loss.days` ago counts; a death outranks an infant elsewhere.
 * Missing: `cannot-tell` when conditions could not be read, or an entry has no date. The words on feeding never treat
 *          cannot-tell as no loss (clinical 1.4 is then at most conditional).
 * Source:  clinical 1.2
 */
export function lossOf(moment: Moment): Loss {
  const lost = standingEntries(moment, 'infant-loss')
  if (lost.length > 0) {
    const evidence = lost.map((entry) => evidenceOf(entry, 'loss of an infant'))
    return { loss: present('a loss is on record', ...evidence), lossKind: 'infant-loss' }
  }
  const elsewhere = standingEntries(moment, 'infant-elsewhere')
  if (elsewhere.length > 0) {
    const evidence = elsewhere.map((entry) => evidenceOf(entry, 'infant not with her'))
    return {
      loss: present('an infant who is not with her is on record', ...evidence),
      lossKind: 'infant-elsewhere',
    }
  }
  const { births, reads, unreadable } = moment.facts
  const undated = births.find((entry) => isLoss(entry) && !entry.when)
  if (undated) return { loss: cannotTell('a loss is on record without a date', evidenceOf(undated, 'loss')) }
  if (reads.conditions.state === 'unreadable') return { loss: cannotTell('conditions could not be read') }
  if (unreadable.some(({ subject }) => subject === 'infant-loss' || subject === 'infant-elsewhere')) {
    return { loss: cannotTell('an entry about the infant could not be read') }
  }
  return { loss: absent('no loss is on record') }
}

import type { BirthFact } from '../../facts/facts.js'
import { lossByWeeks } from '../../terminology/gestation.js'
import { inputs, unreadInputs, type Inputs } from '../definition.js'
import { evidenceOf } from '../evidence.js'
import type { Finding } from '../finding.js'
import { absent, cannotTell, present } from '../finding.js'
import type { Moment } from '../moment.js'
import { livingInfants, standingEntries } from './births.js'
import { chartedInputs, type Lactation } from './lactation-status.js'

/** The inputs of LOSS. */
export const lossInputs: Inputs = inputs(chartedInputs, unreadInputs, {
  facts: ['births'],
  sets: ['infant-loss', 'loss-in-pregnancy', 'infant-elsewhere', 'living-infant', 'some-infants-lost'],
  parameters: ['loss.days', 'loss.minWeeks'],
})

/** The days for which a loss told as history may be one of now, fixed in clinical 1.2. */
const historyDays = 42

/** Whether the patient has lost the infant or the infant lives elsewhere, and which of the two. */
export interface Loss {
  loss: Finding
  lossKind?: 'infant-loss' | 'infant-elsewhere'
}

/** What the loss is asked of; whether the patient breastfeeds decides a loss in pregnancy without weeks. */
interface LossQuestion extends Moment {
  lactation: Pick<Lactation, 'charted'>
}

/**
 * LOSS: has an infant died or does an infant live elsewhere, without a living infant born since?
 *
 * Edge:    exactly `loss.days` ago counts; a death outranks an infant elsewhere. A loss in pregnancy counts from
 *          `loss.minWeeks` weeks; one whose weeks are not told counts unless the patient is charted as breastfeeding. A loss told as
 *          history counts if it was charted within 42 days, with no living infant and no breastfeeding on record.
 * Missing: `cannot-tell` when conditions could not be read, an entry has no date, or a loss turns on a lactation status that
 *          could not be read. The words on feeding never treat cannot-tell as no loss (clinical 1.4 is then at most
 *          conditional).
 * Source:  clinical 1.2; clinical changes C13
 */
export function lossOf(question: LossQuestion): Loss {
  const { certain, uncertain } = lossesOf(question)
  const { verdict, because } = question.lactation.charted
  const lost = verdict === 'absent' ? [...certain, ...uncertain] : certain
  if (lost.length > 0) {
    const evidence = lost.map((entry) => evidenceOf(entry, wordsFor(entry)))
    return { loss: present('a loss is on record', ...evidence), lossKind: 'infant-loss' }
  }
  const elsewhere = standingEntries(question, 'infant-elsewhere')
  if (elsewhere.length > 0) {
    const evidence = elsewhere.map((entry) => evidenceOf(entry, 'infant not with her'))
    return {
      loss: present('an infant who is not with her is on record', ...evidence),
      lossKind: 'infant-elsewhere',
    }
  }
  if (uncertain.length > 0 && verdict === 'cannot-tell') {
    return { loss: cannotTell(because, ...uncertain.map((entry) => evidenceOf(entry, wordsFor(entry)))) }
  }
  return unreadLoss(question)
}

/** The losses that count whatever else is on record, and those that count only where nobody breastfeeds. */
function lossesOf(question: LossQuestion): {
  certain: readonly BirthFact[]
  uncertain: readonly BirthFact[]
} {
  const { facts, parameters, now } = question
  const weeksOf = (entry: BirthFact): 'late' | 'early' | undefined =>
    lossByWeeks(entry, parameters['loss.minWeeks'])
  const inPregnancy = standingEntries(question, 'loss-in-pregnancy')
  const asHistory =
    livingInfants(facts.births, now).length > 0
      ? []
      : [
          ...standingEntries(question, 'infant-loss-history', historyDays),
          ...standingEntries(question, 'loss-in-pregnancy-history', historyDays).filter(
            (entry) => weeksOf(entry) !== 'early',
          ),
        ]
  return {
    certain: [
      ...standingEntries(question, 'infant-loss'),
      ...inPregnancy.filter((entry) => weeksOf(entry) === 'late'),
    ],
    uncertain: [...inPregnancy.filter((entry) => weeksOf(entry) === undefined), ...asHistory],
  }
}

const wordsFor = ({ kind }: BirthFact): string =>
  kind.startsWith('loss-in-pregnancy') ? 'loss in pregnancy' : 'loss of an infant'

/** No loss that counts is on record: could one that was not read, or has no date, be one? */
function unreadLoss({ facts, parameters, lactation }: LossQuestion): Loss {
  const { births, reads, unreadable } = facts
  const mayCount = (entry: BirthFact): boolean => {
    if (entry.kind !== 'loss-in-pregnancy') return isLoss(entry)
    const weeks = lossByWeeks(entry, parameters['loss.minWeeks'])
    return weeks === 'late' || (weeks === undefined && lactation.charted.verdict !== 'present')
  }
  const undated = births.find((entry) => mayCount(entry) && !entry.when)
  if (undated) return { loss: cannotTell('a loss is on record without a date', evidenceOf(undated, 'loss')) }
  if (reads.conditions.state === 'unreadable') return { loss: cannotTell('conditions could not be read') }
  if (unreadable.some(({ subject }) => lossSubjects.has(subject))) {
    return { loss: cannotTell('an entry about the infant could not be read') }
  }
  return { loss: absent('no loss is on record') }
}

const isLoss = ({ kind }: BirthFact): boolean => kind === 'infant-loss' || kind === 'infant-elsewhere'

const lossSubjects: ReadonlySet<string> = new Set(['infant-loss', 'loss-in-pregnancy', 'infant-elsewhere'])
